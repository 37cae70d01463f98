// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import concurrent.futures.WorkItem;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A task on its way to a worker and back.
 *
 * @param <T> the type of its result
 */
final class Job<T extends @Nullable Object> implements WorkItem.OnCancel {
    private final Pool pool;
    private final WorkItem<T> item;

    /** Whether somebody has wanted this to be interrupted. */
    private final AtomicBoolean interrupted = new AtomicBoolean();

    /* ---------------- Guarded by the pool's lock ---------------- */

    /** The worker that has this; null if none has. */
    private @Nullable Worker worker;

    /** Its number at its worker; later ones are greater. Also read by the thread that sends this. */
    private long id;

    /** Whether the sending is over, so that whoever buries the worker has to care for this. */
    private boolean sent;

    /** Whether the item has been told that it runs. Written by the thread that sends this, or fails it. */
    private volatile boolean started;

    Job(Pool pool, WorkItem<T> item) {
        this.pool = pool;
        this.item = item;
    }

    long id() {
        return id;
    }

    boolean isSent() {
        return sent;
    }

    void setSent() {
        sent = true;
    }

    @Nullable
    Worker worker() {
        return worker;
    }

    /** A worker gets this. */
    void assign(Worker to, long number) {
        worker = to;
        id = number;
        sent = false;
    }

    /** No worker has this. */
    void unassign() {
        worker = null;
    }

    /** Whether it must not be sent before it can begin. */
    boolean isTimed() {
        return item.isTimed();
    }

    /** Whether it has been cancelled before it was sent to anybody. */
    boolean isUnwanted() {
        return !started && item.isDone();
    }

    boolean isInterrupted() {
        return interrupted.get();
    }

    @Nullable
    String name() {
        return item.taskName();
    }

    /** Says that this begins to run; the bytes to send, or null if there is nothing to do. */
    byte @Nullable [] begin() {
        if (started) {
            // Sent before, to a worker that has not begun it.
            if (item.isDone()) {
                drop();
                return null;
            }
        } else if (!start()) {
            return null;
        }
        if (item.task() instanceof Encoded<?> encoded) {
            Throwable failure = encoded.failure();
            if (failure == null) {
                return encoded.bytes();
            }
            item.fail(failure);
            return null;
        }
        throw new IllegalStateException("not the task of a process: " + item);
    }

    private boolean start() {
        started = true;
        return item.start(this);
    }

    /** The worker tells what has become of this. */
    @SuppressWarnings({"unchecked", "NullAway"}) // The task says what its result is, and whether it may be null.
    void end(Frame frame, Codec.Source source) {
        Object decoded;
        try {
            decoded = Codec.decode(frame.bytes(), source);
        } catch (Throwable thrown) {
            item.fail(new IOException("the result cannot be read: " + thrown.getMessage(), thrown));
            return;
        }
        if (frame.kind() == Frame.Kind.RESULT) {
            item.complete((T) decoded);
        } else {
            item.fail(
                    decoded instanceof Throwable thrown
                            ? thrown
                            : new IllegalStateException("a worker failed with " + decoded));
        }
    }

    /** Ends this, which has been started, cancelled since, and never begun. */
    void drop() {
        item.fail(new CancellationException("cancelled before it began"));
    }

    /** Ends this, whether it has begun or not. */
    void fail(Throwable exception) {
        if (started || start()) {
            item.fail(exception);
        }
    }

    @Override
    public void cancelled(boolean mayInterrupt) {
        if (mayInterrupt && interrupted.compareAndSet(false, true)) {
            pool.interrupt(this);
        }
    }

    @Override
    public String toString() {
        return item.toString();
    }
}
