// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import concurrent.futures.TaskEvent;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The place of a worker: who is there, what it runs, and what it has done. */
final class Lane {
    /**
     * A task that runs.
     *
     * @param event its begin
     * @param task what is counted of its name
     * @param outer the task that waits for it on the same worker; null if none does
     */
    record Running(
            TaskEvent event, TaskCount task, @Nullable Running outer) {
        int depth() {
            int depth = 0;
            for (Running each = outer; each != null; each = each.outer) {
                depth++;
            }
            return depth;
        }
    }

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

    /** The innermost task. Written by the worker, which runs one at a time; read by anybody. */
    private volatile @Nullable Running running;

    void workerStarted(String name) {
        worker = name;
        told = true;
        up = true;
        ended = false;
    }

    void workerEnded() {
        up = false;
        ended = true;
        running = null;
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
        running = new Running(event, task, running);
    }

    /** A task has ended. Returns how many tasks of this worker wait for it to end. */
    int finished(TaskEvent event, int outcome) {
        done.increment();
        if (outcome == Span.FAILED) {
            failed.increment();
        }
        Running last = running;
        if (last == null || last.event.id() != event.id()) {
            return 0; // it began before anybody listened
        }
        Running outer = last.outer;
        running = outer;
        if (outer != null) {
            return last.depth();
        }
        busyNanos.add(event.ended() - event.started());
        return 0;
    }

    @Nullable
    Running running() {
        return running;
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
        Running outermost = running;
        while (outermost != null && outermost.outer != null) {
            outermost = outermost.outer;
        }
        return busyNanos.sum() + (outermost == null ? 0 : Math.max(0, now - outermost.event.started()));
    }
}
