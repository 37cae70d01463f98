// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static java.util.Objects.requireNonNull;

import concurrent.futures.Action;
import concurrent.futures.codec.Appearance;
import concurrent.futures.codec.Codec;
import concurrent.futures.codec.Wording;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The thread of a worker that runs the tasks, one after the other. */
final class TaskThread implements Runnable {
    private final String name;
    private final Connection connection;
    private final StartMark.Pen mark;
    private final int limit;
    private final Codec.Source source;
    private final Thread thread;
    private final BlockingQueue<Frame> inbox = new LinkedBlockingQueue<>();

    /** What the thread is like when a task begins. Used by the thread alone, once it runs. */
    private Appearance appearance;

    /** Whether an error of this JVM has made it doubtful, so that it begins no other task. Used by the thread alone. */
    private boolean spoilt;

    private final ReentrantLock lock = new ReentrantLock();

    /** The number of the task that runs; 0 for none. Guarded by the lock. */
    private long running;

    /** The last one of the tasks that were to be interrupted, which may not have begun. Guarded by the lock. */
    private long interrupted;

    TaskThread(String name, Connection connection, StartMark.Pen mark, int limit, ClassLoader loader) {
        this.name = name;
        this.connection = connection;
        this.mark = mark;
        this.limit = limit;
        this.source = new Codec.Source(loader, /* lambdas= */ true, null);
        this.thread = new Thread(this, name);
        thread.setContextClassLoader(loader);
        this.appearance = Appearance.of(thread);
    }

    void start() {
        thread.start();
    }

    /** Has the initializer or a task run. */
    void add(Frame frame) {
        inbox.add(frame);
    }

    /** Interrupts a task when it runs; another one never. */
    void interrupt(long id) {
        lock.lock();
        try {
            // Requests may overtake each other, and the ones for earlier tasks are of no use then.
            interrupted = Math.max(interrupted, id);
            if (running == id) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                handle(next());
            }
        } catch (Throwable thrown) {
            // Nobody hears of this task but by the end of this process, and by what is printed here. A task may have
            // set handlers and streams that would keep this process from its end.
            try {
                print(thrown);
            } finally {
                WorkerMain.die();
            }
        }
    }

    private void print(Throwable thrown) {
        StringBuilder told = new StringBuilder(name).append(" ends because of ").append(Wording.text(thrown));
        for (StackTraceElement element : thrown.getStackTrace()) {
            told.append("\n\tat ").append(element);
        }
        try (FileOutputStream error = new FileOutputStream(FileDescriptor.err)) {
            error.write(told.append('\n').toString().getBytes(Output.charset()));
        } catch (IOException e) {
            // Then there is nobody who could read it.
        }
    }

    private Frame next() {
        while (true) {
            try {
                return inbox.take();
            } catch (InterruptedException e) {
                // Somebody has kept this thread, and interrupts it when his task is over.
            }
        }
    }

    private void handle(Frame frame) throws IOException {
        switch (frame.kind()) {
            case INIT -> initialize(frame);
            case REVOKED -> mark.passRevocation();
            case NAME -> thread.setName(name + ": " + new String(frame.bytes(), StandardCharsets.UTF_8));
            default -> {
                run(frame);
                appearance.giveTo(thread);
            }
        }
    }

    private void initialize(Frame frame) throws IOException {
        byte[] initializer = frame.bytes();
        try {
            if (initializer.length > 0 && Codec.decode(initializer, source) instanceof Action action) {
                action.perform();
            }
        } catch (Throwable thrown) {
            connection.send(Frame.Kind.REFUSED, 0, failure(thrown));
            return;
        }
        // What the initializer has made of the thread is meant for all tasks.
        appearance = Appearance.of(thread);
        if (!WorkerMain.isExiting()) {
            connection.send(Frame.Kind.READY, 0, Frame.EMPTY);
        }
    }

    private void run(Frame frame) throws IOException {
        long id = frame.id();
        Frame.Kind kind = Frame.Kind.RESULT;
        byte[] payload;
        Mishap.perhaps();
        // From here on, what was sent is not run by anybody else, whatever becomes of this process.
        if (spoilt || WorkerMain.isExiting() || !mark.begin(id)) {
            return;
        }
        Mishap.perhaps();
        begin(id);
        try {
            payload = Codec.encodeResult(call(frame.bytes()), limit);
        } catch (Throwable thrown) {
            spoilt = thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError);
            kind = spoilt ? Frame.Kind.FATAL : Frame.Kind.FAILURE;
            payload = failure(thrown);
        } finally {
            end();
        }
        Mishap.perhaps();
        connection.send(kind, id, payload);
    }

    private @Nullable Object call(byte[] task) throws Exception {
        Object decoded;
        try {
            decoded = Codec.decode(task, source);
        } catch (IOException e) {
            throw new IOException("the task cannot be read in its worker: " + Wording.message(e), e);
        }
        return ((Callable<?>) requireNonNull(decoded)).call();
    }

    private byte[] failure(Throwable thrown) throws IOException {
        try {
            return Codec.encodeResult(thrown, limit);
        } catch (Throwable failing) {
            // There may be no memory, or the copy may be too large as well.
            String what = thrown.getClass().getName() + ", which cannot be told because of "
                    + failing.getClass().getName();
            return Codec.encodeResult(new IllegalStateException(what), limit);
        }
    }

    private void begin(long id) {
        lock.lock();
        try {
            running = id;
            if (interrupted == id) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** From now on an interrupt of this task would reach the next one. */
    private void end() {
        lock.lock();
        try {
            running = 0;
            Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }
}
