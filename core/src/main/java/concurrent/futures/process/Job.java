// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import concurrent.futures.WorkItem;
import concurrent.futures.codec.Codec;
import concurrent.futures.codec.Encoded;
import concurrent.futures.codec.Wording;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledFuture;
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

    /** Kills the worker if interrupting this does not help in time; null if nobody has wanted that. */
    private @Nullable ScheduledFuture<?> alarm;

    /** Whether the item has been told that it runs. Written by the thread that sends this, or fails it. */
    private volatile boolean started;

    /** Whether the item has said that there is nothing to run, and needs no end. Written as the field before. */
    private volatile boolean refused;

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
        if (alarm != null) {
            // The clock would hold on to this, and to its result, for as long as it is set to.
            alarm.cancel(/* mayInterruptIfRunning= */ false);
            alarm = null;
        }
    }

    /** Its worker, which has this, is not waited for any longer than that. */
    void setAlarm(ScheduledFuture<?> set) {
        alarm = set;
    }

    /** Whether it must not be sent before it can begin. */
    boolean isTimed() {
        return item.isTimed();
    }

    /** Whether it has been cancelled before it was sent to anybody. */
    boolean isUnwanted() {
        return !started && item.isDone();
    }

    /** Why there is nothing to send; null if there is something. */
    @Nullable
    Throwable failure() {
        return encoded().failure();
    }

    private Encoded<?> encoded() {
        if (item.task() instanceof Encoded<?> encoded) {
            return encoded;
        }
        throw new IllegalStateException("not the task of a process: " + item);
    }

    boolean isInterrupted() {
        return interrupted.get();
    }

    @Nullable
    String name() {
        return item.taskName();
    }

    /** Says that this begins to run there; the bytes to send, or null if nobody wants it: then it is to be dropped. */
    byte @Nullable [] begin(String place) {
        boolean wanted = started ? !item.isDone() : start(place);
        return wanted ? encoded().bytes() : null;
    }

    private boolean start(@Nullable String place) {
        started = true;
        boolean runs = item.start(this, place);
        refused = !runs;
        return runs;
    }

    /** The worker tells what has become of this. */
    @SuppressWarnings({"unchecked", "NullAway"}) // The task says what its result is, and whether it may be null.
    void end(Frame frame, Codec.Source source) {
        Object decoded;
        try {
            decoded = Codec.decode(frame.bytes(), source);
        } catch (Throwable thrown) {
            item.fail(new IOException("the result cannot be read: " + Wording.message(thrown), thrown));
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

    /** Ends this, which has been cancelled and never begun. */
    void drop() {
        fail(new CancellationException("cancelled before it began"));
    }

    /** Ends this, whether it has begun or not. */
    void fail(Throwable exception) {
        if (started ? !refused : start(null)) {
            item.fail(exception);
        }
    }

    @Override
    public void cancelled(boolean mayInterrupt) {
        if (mayInterrupt && interrupted.compareAndSet(false, true)) {
            pool.cancellations.interrupt(this);
        }
    }

    @Override
    public String toString() {
        return item.toString();
    }
}
