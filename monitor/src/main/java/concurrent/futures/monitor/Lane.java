// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import concurrent.futures.Future;
import concurrent.futures.TaskEvent;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The place of a worker: who is there, what it runs, and what it has done. */
final class Lane {
    /**
     * A task that runs.
     *
     * @param id its number
     * @param submitted when it was submitted
     * @param started when it was told to begin
     * @param worker who runs it; null if nobody knows
     * @param future its future; null once the recording has ended
     * @param task what is counted of its name
     * @param outer the task that waits for it on the same worker, or was sent there before; null if there is none
     */
    record Running(
            long id,
            long submitted,
            long started,
            @Nullable String worker,
            @Nullable Future<?> future,
            TaskCount task,
            @Nullable Running outer) {
        static Running of(TaskEvent event, TaskCount task, @Nullable Running outer) {
            return new Running(
                    event.id(), event.submitted(), event.started(), event.worker(), event.future(), task, outer);
        }

        int depth() {
            int depth = 0;
            for (Running each = outer; each != null; each = each.outer) {
                depth++;
            }
            return depth;
        }

        /** These tasks without their futures. */
        Running withoutFutures() {
            return with(/* future= */ null, outer == null ? null : outer.withoutFutures());
        }

        private Running with(@Nullable Future<?> future, @Nullable Running outer) {
            return new Running(id, submitted, started, worker, future, task, outer);
        }

        /** These tasks without one of them. */
        @Nullable
        Running without(Running ended) {
            if (this == ended) {
                return outer;
            }
            return outer == null ? this : with(future, outer.without(ended));
        }
    }

    /** Whether tasks are sent ahead, so that those which have been told to run wait for each other. */
    private final boolean sentAhead;

    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder busyNanos = new LongAdder();

    /** Whoever was here last. Written by its worker. */
    private volatile @Nullable String worker;

    /** Whether somebody else comes for each task, as with virtual threads. */
    private volatile boolean shared;

    /** Whether workers of this lane are told of. */
    private volatile boolean told;

    /** Whether there is a worker, as far as it was told. */
    private volatile boolean up;

    /** Whether there is none any more. */
    private volatile boolean ended;

    /** The innermost task, or that which was sent last. Written by any thread that tells of a task of this lane. */
    private final AtomicReference<@Nullable Running> running = new AtomicReference<>();

    /** When the last task ended, if tasks are sent ahead. */
    private volatile long lastEnd;

    Lane(boolean sentAhead) {
        this.sentAhead = sentAhead;
        this.lastEnd = System.nanoTime();
    }

    void workerStarted(String name) {
        worker = name;
        told = true;
        up = true;
        ended = false;
    }

    void workerEnded() {
        up = false;
        ended = true;
        running.set(null);
    }

    void started(TaskEvent event, TaskCount task) {
        String name = event.worker();
        String before = worker;
        if (name != null && !name.equals(before)) {
            shared = shared || (before != null && !told);
            worker = name;
        }
        if (!up) {
            up = true;
            ended = false;
        }
        running.updateAndGet(outer -> Running.of(event, task, outer));
    }

    /** When a task that ends really began: not before the one that was sent before it had ended. */
    long begin(long started) {
        long last = lastEnd;
        return sentAhead && last - started > 0 ? last : started;
    }

    /** A task has ended that really began then. Returns how many tasks of this worker wait for it to end. */
    int finished(TaskEvent event, long begin, int outcome) {
        done.increment();
        if (outcome == Span.FAILED) {
            failed.increment();
        }
        Running ended = remove(event.id());
        if (ended == null) {
            return 0; // it began before anybody listened
        }
        if (sentAhead) {
            lastEnd = event.ended();
        } else if (ended.outer != null) {
            return ended.depth();
        }
        busyNanos.add(event.ended() - begin);
        return 0;
    }

    /** Removes a task from those that run; null if it is not one of them. */
    private @Nullable Running remove(long id) {
        while (true) {
            Running innermost = running.get();
            Running ended = innermost;
            while (ended != null && ended.id != id) {
                ended = ended.outer;
            }
            if (innermost == null || ended == null) {
                return null;
            }
            if (running.compareAndSet(innermost, innermost.without(ended))) {
                return ended;
            }
        }
    }

    /** The innermost task; of those that were sent ahead the first, which the others wait for. */
    @Nullable
    Running running() {
        Running innermost = running.get();
        return sentAhead ? outermost(innermost) : innermost;
    }

    private static @Nullable Running outermost(@Nullable Running innermost) {
        Running outermost = innermost;
        while (outermost != null && outermost.outer != null) {
            outermost = outermost.outer;
        }
        return outermost;
    }

    /** Lets the futures of what runs go. */
    void letGo() {
        running.updateAndGet(innermost -> innermost == null ? null : innermost.withoutFutures());
    }

    @Nullable
    String worker() {
        return worker;
    }

    /** What the lane is called: as its worker, unless that is another one all the time. */
    String label(int number) {
        String name = worker;
        return name == null || name.isEmpty() || shared ? "#" + number : name;
    }

    boolean isUp() {
        return up;
    }

    boolean hasEnded() {
        return ended;
    }

    long done() {
        return done.sum();
    }

    long failed() {
        return failed.sum();
    }

    /** For how long it has run tasks until now. */
    long busyNanos(long now) {
        Running outermost = outermost(running.get());
        return busyNanos.sum() + (outermost == null ? 0 : Math.max(0, now - begin(outermost.started)));
    }
}
