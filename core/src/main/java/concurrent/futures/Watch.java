// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import concurrent.futures.Watchers.Hearing;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Tells of the steps of one task. Used by one thread at a time, by whoever takes the next step. */
final class Watch {
    private final Watchers watchers;
    private final Journal journal;

    /** Those who listened when the task was submitted; null if nobody did. */
    private final Hearing @Nullable [] audience;

    private final long id;

    /** When the task was submitted; 0 if it has not been. */
    private volatile long submitted;

    /** When it began; 0 if it has not. */
    private volatile long started;

    /** When its body ended; 0 if it has not. */
    private volatile long returned;

    /** Where it is run; null if it is not. Written before {@link #started} is. */
    private @Nullable Seat seat;

    /** Whether it has taken a lane for itself. */
    private boolean inLane;

    /** The task, while it runs. Written before {@link #started} is. */
    private @Nullable WorkItem<?> item;

    /** What Flight Recorder is told about it when it has ended; null if nothing. */
    private @Nullable Object flight;

    Watch(Watchers watchers, Journal journal, Hearing @Nullable [] audience) {
        this.watchers = watchers;
        this.journal = journal;
        this.audience = audience;
        this.id = journal.nextId();
    }

    /** The time, but for 0, which stands for none. */
    private static long now() {
        long now = System.nanoTime();
        return now == 0 ? 1 : now;
    }

    /** For how long the task has been there. */
    long age() {
        return now() - submitted;
    }

    /** For how long it has run. */
    long runningFor() {
        return now() - started;
    }

    long id() {
        return id;
    }

    /** The task, as long as it runs. */
    @Nullable
    WorkItem<?> item() {
        return started == 0 ? null : item;
    }

    @Nullable
    Seat seat() {
        return seat;
    }

    /* ---------------- Steps ---------------- */

    /** The task is about to be queued. */
    void submitted(WorkItem<?> task) {
        submitted = now();
        tell(ExecutorListener::submitted, task);
    }

    /**
     * The task is about to be called.
     *
     * @param frame where; null if it is run elsewhere
     * @param worker by whom, in that case; null if nobody knows
     */
    void started(WorkItem<?> task, @Nullable ThreadFrame frame, @Nullable String worker) {
        try {
            item = task;
            seat = frame == null ? new Seat(watchers, worker, takeLane()) : seatIn(frame);
            if (Flight.isOn()) {
                flight = Flight.begin();
            }
            started = now();
            journal.running.add(this);
        } catch (Throwable thrown) {
            Log.error("failed to note that a task of an executor begins", thrown);
        }
        tell(ExecutorListener::started, task);
    }

    private Seat seatIn(ThreadFrame frame) {
        Seat taken = frame.runner.seat;
        if (taken != null && taken.watchers() == watchers) {
            return taken;
        }
        Seat fresh = new Seat(watchers, frame.thread().getName(), frame.holdsPlace ? takeLane() : -1);
        if (inLane && taken == null) {
            // For what is run inside of it.
            frame.runner.seat = fresh;
        }
        return fresh;
    }

    private int takeLane() {
        inLane = true;
        return journal.lanes.take();
    }

    /** The body has ended. */
    void returned() {
        Object begun = flight;
        if (begun != null) {
            Flight.end(begun);
        }
        returned = now();
    }

    /** The future is done, and the body has ended, if it has ever begun. */
    void finished(WorkItem<?> task, @Nullable ThreadFrame frame) {
        if (returned == 0) {
            returned();
        }
        if (started != 0) {
            journal.running.remove(this);
            journal.add(Math.max(0, started - submitted), Math.max(0, returned - started));
        }
        tell(ExecutorListener::finished, task);
        Seat left = seat;
        if (inLane && left != null) {
            journal.lanes.giveBack(left.slot());
            if (frame != null && frame.runner.seat == left) {
                frame.runner.seat = null;
            }
        }
    }

    private void tell(BiConsumer<ExecutorListener, TaskEvent> step, WorkItem<?> task) {
        try {
            boolean recorded = returned != 0 && (flight != null || (started == 0 && Flight.isOn()));
            if (audience != null || recorded) {
                TaskEvent event = event(task);
                if (recorded) {
                    Flight.record(flight, event);
                }
                Watchers.tell(audience, step, event);
            }
        } catch (Throwable thrown) {
            Log.error("failed to tell of a task of an executor", thrown);
        }
    }

    private TaskEvent event(WorkItem<?> task) {
        Seat where = seat;
        return new TaskEvent(
                watchers.executor(),
                id,
                task.taskName(),
                where == null ? null : where.worker(),
                where == null ? -1 : where.slot(),
                returned == 0 ? null : TaskOutcome.of(task),
                submitted,
                started,
                returned,
                returned != 0 && task.word() instanceof Failed failed ? failed.peek() : null,
                task);
    }
}
