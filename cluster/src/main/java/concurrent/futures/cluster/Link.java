// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import concurrent.futures.codec.Loaders;
import concurrent.futures.codec.Wording;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The driver's side of all conversations: greets workers, sends what the crew has for them, and notices that they go. */
final class Link implements Carrier.Watcher {
    private static final Logger LOG = System.getLogger("concurrent.futures");

    /** So often it is looked whether this has been forgotten. */
    private static final long ABANDONED_MILLIS = 250;

    /**
     * Whether the thread tells a future of what it has heard, and so sends later what it submits: as long as it is its turn,
     * since whoever has the turn sends before it waits.
     */
    private static final ThreadLocal<BooleanSupplier> HOLDING_BACK = new ThreadLocal<>();

    /** Set on a thread that must not wait, and so has others tell futures what has become of them. */
    private static final ThreadLocal<Boolean> HURRYING = new ThreadLocal<>();

    /** Whoever has the executor. */
    interface Owner {
        /** The workers have that many threads now. */
        void resized(int threads);

        /** A worker at that address is used from now on. */
        void joined(String address);

        /** It is not used any more. */
        void left(String address);

        /** There will be no workers any more. */
        void cutOff(Throwable cause);

        /** Nobody is left who could use this. */
        void abandoned();
    }

    final Loaders loaders = new Loaders(Link.class.getPackageName());
    final Crew crew = new Crew(this::flush, Link::tellHere);

    private final Carrier carrier;
    private final boolean rerunsLost;
    private final Owner owner;
    private final ScheduledExecutorService clock = Daemons.clock("concurrent-futures-driver");
    private final Map<Remote, Receiver> receivers = new ConcurrentHashMap<>();

    private final Greeter greeter;

    private final Ticker ticker = new Ticker("concurrent-futures-watch", Receiver.MOMENT_NANOS, this::look);

    private final Leftover leftover;

    private volatile boolean closed;

    /** Whether there is no way to the cluster any more. */
    private volatile boolean cutOff;

    Link(Carrier carrier, Seal key, boolean rerunsLost, Owner owner) {
        this.carrier = carrier;
        this.greeter = new Greeter(this, carrier, key, clock);
        this.rerunsLost = rerunsLost;
        this.owner = owner;
        this.leftover = new Leftover(carrier.threads());
    }

    /**
     * Greets the workers that there are, and waits for a while until they have answered.
     *
     * @throws IllegalStateException if all of them have refused because of their key or version
     */
    void open(long nanos) {
        ticker.start();
        carrier.watch(this);
        var unused = clock.scheduleWithFixedDelay(
                this::lookAround, ABANDONED_MILLIS, ABANDONED_MILLIS, TimeUnit.MILLISECONDS);
        greeter.awaitFirst(nanos);
        warnIfDeserted();
    }

    /* ---------------- Workers come ---------------- */

    @Override
    public void joined(Peer peer) {
        greeter.joined(peer);
    }

    /** Whether a conversation with that worker is to begin. */
    boolean wants(Peer peer) {
        return !closed && crew.remote(peer) == null;
    }

    /** A worker has answered, and is used from now on. Called by the clock's thread alone. */
    void begin(Peer peer, Conversation.Welcome welcome) {
        Remote remote = new Remote(peer, welcome, loaders);
        Receiver receiver = new Receiver(this, remote);
        receivers.put(remote, receiver);
        try {
            owner.joined(peer.address());
            crew.add(remote);
            receiver.start();
            resized();
            if (!carrier.has(peer)) {
                // It has left while it answered, and nobody will say so again.
                left(peer);
            }
            flush();
        } catch (Throwable thrown) {
            lose(remote, thrown);
        }
    }

    /** Tells the owner, which may hand out tasks, but must not have this thread tell futures. */
    private void resized() {
        HURRYING.set(true);
        try {
            int told;
            do {
                // Whoever tells last has told what is true then.
                told = crew.threads();
                owner.resized(told);
            } while (told != crew.threads());
        } finally {
            HURRYING.remove();
        }
    }

    /* ---------------- Workers go ---------------- */

    @Override
    public void left(Peer peer) {
        greeter.left(peer);
        Remote remote = crew.remote(peer);
        if (remote != null) {
            lose(remote, new IllegalStateException("it has left the cluster"));
        }
    }

    @Override
    public void cutOff(Throwable cause) {
        if (!closed) {
            cutOff = true;
            tell(() -> {
                owner.cutOff(cause);
                crew.remotes().forEach(remote -> lose(remote, cause));
                crew.breakDown(cause).forEach(job -> job.fail(Crew.refusal(cause)));
            });
        }
    }

    /** Tells futures something on a thread of its own: their callbacks may take long, or wait for what others hear. */
    private static void tell(Runnable telling) {
        try {
            Daemons.newThread("concurrent-futures-cluster-failures", telling).start();
        } catch (OutOfMemoryError e) {
            // No thread can be had. A callback that takes long is better than a future that hears of nothing.
            telling.run();
        }
    }

    /** Tells a future something on this thread, unless that must not wait. */
    private static void tellHere(Runnable telling) {
        if (HURRYING.get() == null) {
            telling.run();
        } else {
            tell(telling);
        }
    }

    /** As {@link #lose}, for a thread that must not wait. */
    void loseSoon(Remote remote, Throwable why) {
        later(0, () -> lose(remote, why));
    }

    /** A worker is not used any more. What was sent to it is lost. */
    void lose(Remote remote, Throwable why) {
        if (closed) {
            return;
        }
        List<Job<?>> lost = crew.lose(remote, why, rerunsLost);
        if (lost == null) {
            return;
        }
        Receiver receiver = receivers.remove(remote);
        if (receiver != null) {
            receiver.stop();
        }
        LOG.log(Level.WARNING, "lost the worker " + remote.peer + ": " + Wording.message(why));
        resized();
        owner.left(remote.peer.address());
        warnIfDeserted();
        pushAll();
        String message = "the worker " + remote.peer + " was lost while it had this task: " + Wording.message(why);
        if (!lost.isEmpty()) {
            tell(() -> lost.forEach(job -> job.fail(new WorkerLostException(message, remote.peer.toString(), why))));
        }
        greeter.greetAgain(remote.peer);
    }

    private void lookAround() {
        if (leftover.isLeft()) {
            owner.abandoned();
        }
    }

    private void warnIfDeserted() {
        if (crew.threads() == 0 && !cutOff) {
            LOG.log(Level.WARNING, "there is no worker in the cluster; what is submitted waits until one joins");
        }
    }

    /* ---------------- Sending ---------------- */

    /** Sends what there is, unless whoever has the turn of this thread will do that soon. */
    private void flush() {
        BooleanSupplier isItsTurn = HOLDING_BACK.get();
        if (isItsTurn == null || !isItsTurn.getAsBoolean()) {
            pushAll();
        }
    }

    void pushAll() {
        crew.remotes().forEach(this::push);
    }

    private void push(Remote remote) {
        Remote.Push push = crew.beginToPush(remote);
        if (push == null) {
            return;
        }
        try {
            if (push.isCall()) {
                call(remote, push.turn(), remote.conversation.call(push.turn(), push.notes()));
            } else {
                send(remote, remote.conversation.push(push.turn(), push.notes()));
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            unsent(remote, push, e);
        }
    }

    private void send(Remote remote, byte[] request) {
        try {
            var unused = carrier.ask(remote.peer, request)
                    .whenCompleteAsync((answer, failure) -> pushed(remote, failure), clock);
        } catch (RuntimeException | OutOfMemoryError e) {
            loseSoon(remote, e);
        }
        watch();
    }

    private void call(Remote remote, long turn, byte[] request) {
        Receiver receiver = receivers.get(remote);
        if (receiver != null) {
            await(remote, request, (answer, failure) -> receiver.called(turn, answer, failure));
        }
    }

    /**
     * Fails the tasks that could not be made ready to be sent; the worker, which waits for that turn, gets an empty one. It
     * is lost if anything else was in it: what waits for a class, or is to be interrupted, would do so for ever.
     */
    private void unsent(Remote remote, Remote.Push push, Throwable why) {
        try {
            List<Job<?>> unsent = crew.unsent(remote, push);
            if (!unsent.isEmpty()) {
                tell(() -> unsent.forEach(job -> job.fail(new IOException("the task could not be sent: " + why, why))));
            }
            if (push.hasTasksAlone()) {
                send(remote, remote.conversation.push(push.turn(), List.of()));
            } else {
                loseSoon(remote, why);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            loseSoon(remote, e);
        }
    }

    private void pushed(Remote remote, @Nullable Throwable failure) {
        if (failure != null) {
            lose(remote, failure);
        } else {
            crew.pushed(remote);
            push(remote);
        }
    }

    /* ---------------- Hearing ---------------- */

    /** Asks a worker something; the answer comes on any thread, which must not wait. */
    void await(Remote remote, byte[] request, BiConsumer<byte @Nullable [], @Nullable Throwable> then) {
        try {
            var unused = carrier.await(remote.peer, request).whenCompleteAsync(then, Runnable::run);
        } catch (RuntimeException | OutOfMemoryError e) {
            then.accept(null, e);
        }
    }

    List<Runnable> heard(Remote remote, List<Note> notes) {
        List<Note> about = new ArrayList<>();
        List<Runnable> tellings = new ArrayList<>();
        for (Note note : notes) {
            switch (note.kind()) {
                case CLASS_WANTED -> crew.tell(remote, Note.of(Note.Kind.CLASS, note.id(), bytesOf(note)));
                case LEAVING -> {
                    tellings.addAll(crew.leave(remote));
                    resized();
                }
                default -> about.add(note);
            }
        }
        tellings.addAll(crew.heard(remote, about));
        pushAll();
        return tellings;
    }

    /** The bytes of a class that a worker lacks; none if there are none, or the loaders of the user fail. */
    private byte[] bytesOf(Note wanted) {
        try {
            return loaders.bytesOf(new String(wanted.payload(), StandardCharsets.UTF_8));
        } catch (Throwable thrown) {
            LOG.log(Level.ERROR, "failed to find a class that a worker lacks", thrown);
            return Note.EMPTY;
        }
    }

    /** Tells a future something, and has what this thread submits meanwhile sent later, as long as it is its turn. */
    void holdBack(Runnable telling, BooleanSupplier isItsTurn) {
        HOLDING_BACK.set(isItsTurn);
        try {
            telling.run();
        } catch (Throwable thrown) {
            LOG.log(Level.ERROR, "failed to tell a future what has become of it", thrown);
        } finally {
            HOLDING_BACK.remove();
        }
    }

    /* ---------------- Watching ---------------- */

    /** Something may take too long. */
    void watch() {
        ticker.wake();
    }

    /** Has those who are held up relieved, and what is behind long tasks run elsewhere; whether to look again. */
    private boolean look() {
        long now = System.nanoTime();
        boolean again = crew.recall();
        for (Receiver receiver : receivers.values()) {
            receiver.relieve(now);
            again |= receiver.isTelling();
        }
        pushAll();
        return again;
    }

    private void later(long seconds, Runnable action) {
        Daemons.later(clock, seconds, action);
    }

    /* ---------------- The end ---------------- */

    /** Takes leave of the workers, for a while at most. */
    void close(long nanos) {
        closed = true;
        leftover.end();
        new Farewell(carrier, crew).say(receivers, nanos);
        receivers.keySet().forEach(remote -> owner.left(remote.peer.address()));
        receivers.clear();
        // In this order: this may be the clock's thread, which is interrupted then.
        carrier.close();
        ticker.close();
        clock.shutdownNow();
    }
}
