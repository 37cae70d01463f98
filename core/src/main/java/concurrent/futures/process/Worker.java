// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static java.util.Objects.requireNonNull;

import concurrent.futures.BrokenExecutorException;
import concurrent.futures.codec.Codec;
import concurrent.futures.codec.Wording;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The pool's side of a worker: a thread that starts its process, reads what it says, and buries it in the end. Results
 * are told to the listeners of futures on that thread.
 */
final class Worker {
    /**
     * The states of a worker. Written with the pool's lock held.
     *
     * <pre>
     *   STARTING ─→ IDLE ⇄ BUSY: has tasks
     *      │          │      │
     *      │          ├──────┼─→ LEAVING: asked to end, gets no tasks
     *      │          ├──────┼─→ EXITING: ends by itself, or by a signal, and gets no tasks; may become the other two
     *      └──────────┴──────┴─→ DOOMED: about to be killed, gets no tasks
     *   each ─→ DEAD: buried
     * </pre>
     */
    enum State {
        STARTING,
        IDLE,
        BUSY,
        LEAVING,
        EXITING,
        DOOMED,
        DEAD;

        /** Whether a worker at that may get tasks, now or later. */
        boolean isInUse() {
            return this == STARTING || this == IDLE || this == BUSY;
        }
    }

    private final Pool pool;
    private final Settings settings;
    private final String name;
    private final CountDownLatch buried = new CountDownLatch(1);

    /** Whether somebody buries it, or has. */
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Those that kill it when it has had its time. */
    private final Queue<ScheduledFuture<?>> alarms = new ConcurrentLinkedQueue<>();

    /** Null before the process is started. Written by the thread that starts it. */
    private volatile @Nullable Child child;

    /* ---------------- Guarded by the pool's lock ---------------- */

    State state = State.STARTING;

    final Window window = new Window(this);

    /** Whether whoever sends to it is to take back, when that is over, what has not begun. */
    boolean recall;

    /** How many tasks it has ended. */
    int tasks;

    /** Whether an error of its JVM makes it doubtful. */
    boolean spoilt;

    /** Whether it is killed because the pool is broken, so that what it runs fails for that reason. */
    boolean condemned;

    /** Whether it has been able to run tasks. */
    boolean proven;

    /** When its oldest task became that, or since when it has none, by {@link System#nanoTime()}. */
    long since;

    /** Since when its thread tells listeners about an end, by {@link System#nanoTime()}; 0 if it does not. */
    long tellingSince;

    /** How it has died; null while it lives. */
    @Nullable
    Death death;

    /** The thread that reads from the process. */
    Thread reader;

    Worker(Pool pool, Settings settings, String name) {
        this.pool = pool;
        this.settings = settings;
        this.name = name;
        this.reader = newThread(this::live);
    }

    /** A thread for this worker. */
    Thread newThread(Runnable run) {
        Thread thread = new Thread(null, run, name, 0, /* inheritInheritableThreadLocals= */ false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }

    /* ---------------- What it is at; with the pool's lock held ---------------- */

    void enter(State next) {
        state = next;
        since = System.nanoTime();
    }

    /** What is to be sent, by the calling thread; null if nothing is, or another thread does that, or will. */
    @Nullable
    Parcel beginToSend() {
        boolean later = window.hasSent() && tellingSince != 0 && reader == Thread.currentThread();
        boolean pointless = state == State.EXITING || state == State.DOOMED || death != null;
        return window.isSending() || later || pointless ? null : window.nextParcel();
    }

    /** Keeps it from beginning any of its tasks; the number of the last one that it has begun. */
    long revoke() {
        return requireNonNull(child).mark().revoke();
    }

    /** Its thread tells listeners. */
    void beginToTell(long now) {
        tellingSince = now == 0 ? 1 : now;
    }

    /** Whether its thread tells listeners while it should hear of other tasks. */
    boolean isTellingTooLong(long now) {
        return tellingSince != 0 && !window.isEmpty() && now - tellingSince >= Pace.AHEAD_NANOS;
    }

    /** Whether it has tasks at hand that could be run elsewhere meanwhile. */
    boolean isStuck(long now) {
        return window.size() > 1 && tellingSince == 0 && !window.isSending() && now - since >= Pace.AHEAD_NANOS;
    }

    /* ---------------- Its life, on its own thread ---------------- */

    private void live() {
        try {
            startUp();
        } catch (Throwable thrown) {
            end(thrown);
            return;
        }
        pool.ready(this);
        serve();
    }

    /** Starts a thread that lives for this worker, or reads from it. Without one there is no worker. */
    void read(Thread thread) {
        try {
            thread.start();
        } catch (Throwable thrown) {
            // For lack of threads, or of memory.
            kill();
            end(thrown);
        }
    }

    /** It has died. Is called by whoever notices, and does what has to be done once. */
    private void end(@Nullable Throwable problem) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        try {
            pool.endings.buried(this, bury(problem));
        } finally {
            buried.countDown();
            alarms.forEach(alarm -> alarm.cancel(/* mayInterruptIfRunning= */ false));
        }
    }

    private void startUp() throws IOException, TimeoutException {
        Child started = Child.launch(settings, name);
        child = started;
        EndWatch.begin(started, ended::get, this::end);
        Alarm alarm = new Alarm(started);
        try {
            if (pool.endings.isDoomed(this)) {
                ProcessTree.kill(started.process());
            }
            started.tell(Frame.Kind.INIT, settings.maxMessage(), settings.initializer());
            awaitReady(started.connection());
        } catch (IOException e) {
            if (alarm.rung) {
                throw new TimeoutException(
                        "it was not ready within " + TimeUnit.NANOSECONDS.toMillis(settings.startNanos()) + " ms");
            }
            throw e;
        } finally {
            alarm.scheduled.cancel(/* mayInterruptIfRunning= */ false);
        }
    }

    /** Kills a process that takes too long to start. */
    private final class Alarm {
        final ScheduledFuture<?> scheduled;
        volatile boolean rung;

        Alarm(Child started) {
            scheduled = Clock.alarm(settings.startNanos(), () -> {
                rung = true;
                ProcessTree.kill(started.process());
            });
        }
    }

    private void awaitReady(Connection connection) throws IOException {
        for (Frame frame = connection.read(); frame != null; frame = connection.read()) {
            switch (frame.kind()) {
                case READY -> {
                    return;
                }
                case REFUSED -> throw refused(frame);
                case CLASS_WANTED -> answer(connection, frame);
                case EXITING -> leave();
                default -> throw new StreamCorruptedException("unexpected: " + frame.kind());
            }
        }
        throw new IOException("it ended before it was ready, as a JVM does that refuses its options");
    }

    private RuntimeException refused(Frame frame) throws IOException {
        Throwable thrown = (Throwable) requireNonNull(Codec.decode(frame.bytes(), source()));
        return new BrokenExecutorException("its initializer failed: " + Wording.text(thrown), thrown);
    }

    /** Reads until the process is gone, or another thread goes on with it. */
    void serve() {
        Throwable problem = null;
        try {
            Connection connection = requireNonNull(child).connection();
            for (Frame frame = connection.read(); frame != null; frame = connection.read()) {
                if (!handle(connection, frame)) {
                    return;
                }
                if (!connection.hasNext()) {
                    pool.flush(this);
                }
            }
        } catch (Throwable thrown) {
            problem = thrown;
        }
        end(problem);
    }

    /** False if this thread is to read no more. */
    private boolean handle(Connection connection, Frame frame) throws IOException {
        switch (frame.kind()) {
            case RESULT, FAILURE, FATAL -> {
                return taskEnded(frame);
            }
            case CLASS_WANTED -> answer(connection, frame);
            case EXITING -> {
                leave();
                pool.exiting(this);
            }
            default -> throw new StreamCorruptedException("unexpected: " + frame.kind());
        }
        return true;
    }

    /** A task has ended; false if this thread is to read no more. */
    private boolean taskEnded(Frame frame) throws IOException {
        Job<?> ended = pool.ended(this, frame);
        if (ended == null) {
            throw new StreamCorruptedException("it has ended a task that it did not have");
        }
        try {
            ended.end(frame, source());
        } catch (Throwable thrown) {
            // No worker has it any more, so that nobody else would end it.
            ended.fail(thrown);
        }
        return pool.goOn(this);
    }

    private void answer(Connection connection, Frame frame) throws IOException {
        byte[] bytes = pool.loaders.bytesOf(new String(frame.bytes(), StandardCharsets.UTF_8));
        connection.send(Frame.Kind.CLASS, frame.id(), bytes);
    }

    private Codec.Source source() {
        String place = "pid " + requireNonNull(child).process().pid();
        return new Codec.Source(
                pool.loaders,
                /* lambdas= */ false,
                new StackTraceElement("process", name, place, /* lineNumber= */ -1));
    }

    private Death bury(@Nullable Throwable problem) {
        Child started = child;
        if (started == null) {
            return Death.unborn(requireNonNull(problem));
        }
        // One that is not heard any more ends, if it has not; one that has broken the rules gets no time.
        boolean closed =
                problem == null || (problem instanceof IOException && !(problem instanceof StreamCorruptedException));
        try {
            started.awaitEnd(closed ? settings.graceNanos() : 0);
            return started.bury(problem);
        } catch (Throwable thrown) {
            // For lack of memory, or of files from which to load classes.
            started.process().toHandle().destroyForcibly();
            return Death.unknown(thrown);
        }
    }

    /* ---------------- What the pool has it do, on any thread ---------------- */

    /** Sends frames. */
    void send(List<Frame> frames) {
        try {
            requireNonNull(child).connection().send(frames);
        } catch (IOException e) {
            // It is gone, or about to be, and whoever reads from it notices; or it waits in vain for half a frame.
            killLater();
        }
    }

    /** Interrupts a task, if it is still the one that runs. Does not wait for a process that does not read. */
    void interrupt(long id) {
        if (child != null && id > 0) {
            Thread.startVirtualThread(() -> send(List.of(new Frame(Frame.Kind.INTERRUPT, id, Frame.EMPTY))));
        }
    }

    /** Has it end in an orderly way, and kills it if it does not in time. */
    void leave() {
        if (child != null) {
            killLater();
            send(List.of(new Frame(Frame.Kind.SHUTDOWN, ProcessTree.OWN, Frame.EMPTY)));
        }
    }

    /** Kills it when the grace time is over. Once it is buried, the clock must not hold on to it any longer. */
    private void killLater() {
        ScheduledFuture<?> alarm = Clock.alarm(settings.graceNanos(), this::kill);
        alarms.add(alarm);
        if (buried.getCount() == 0) {
            alarm.cancel(/* mayInterruptIfRunning= */ false);
        }
    }

    /** Kills the process, if there is one, with all those that it has started. */
    void kill() {
        Child started = child;
        if (started != null && started.process().isAlive()) {
            ProcessTree.kill(started.process());
        }
    }

    /** Has the process end as by the signal that asks for it, and kills it if it does not in time. */
    void terminate() {
        Child started = child;
        if (started != null) {
            ProcessTree.terminate(started.process());
            killLater();
        }
    }

    /** Waits until the process has ended; the thread that reads from it may be the one that waits. */
    void awaitEnd(boolean isReader) throws InterruptedException {
        Child started = child;
        if (isReader && started != null) {
            started.awaitEnd(settings.graceNanos());
        } else if (!buried.await(settings.graceNanos(), TimeUnit.NANOSECONDS)) {
            kill();
            buried.await();
        }
    }
}
