// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bound on what an executor holds: as many tasks as it has places, plus as many as may wait in its queue.
 *
 * <p>Counting both together makes the answer depend on what has been submitted and has ended, not on how far the
 * workers have come in taking tasks off the queue.
 */
final class Capacity {
    /** So many tasks deep a caller runs them itself; further ones are queued beyond the limit instead of its stack. */
    private static final int MAX_NESTED = 32;

    private final WhenFull whenFull;
    private final int waiting;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition vacancy = lock.newCondition();

    /** How many tasks there may be; guarded by the lock. */
    private int limit;

    /** How many tasks there are, those beyond the limit included; guarded by the lock. */
    private int held;

    /** Whether nobody waits for room any more; guarded by the lock. */
    private boolean closed;

    /** The capacity that a builder asks for; null if there is to be no bound. */
    static @Nullable Capacity of(@Nullable Integer waiting, WhenFull whenFull, int maxWorkers) {
        return waiting == null ? null : new Capacity(waiting, whenFull, maxWorkers);
    }

    Capacity(int waiting, WhenFull whenFull, int maxWorkers) {
        this.waiting = waiting;
        this.whenFull = whenFull;
        this.limit = limit(maxWorkers);
    }

    private int limit(int running) {
        return (int) Math.min(Integer.MAX_VALUE, (long) running + waiting);
    }

    /** There are more or fewer places than before; looked up here, so that the last of several to tell is right. */
    void resize(Places places) {
        lock.lock();
        try {
            limit = limit(places.mostNow());
            vacancy.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What is to become of a task that has been counted, or not. */
    enum Admission {
        QUEUE,
        RUN_IN_CALLER,
        OUT_OF_TIME
    }

    /**
     * Counts one more task, when there is room for it; nothing is counted when the time is over.
     *
     * @throws RejectedExecutionException if there is no room and there should be no wait
     */
    Admission admit(Engine engine, Deadline deadline) throws InterruptedException {
        if (whenFull != WhenFull.BLOCK || Runner.isInside(engine)) {
            return admitNow(engine);
        }
        boolean admitted = admitBefore(Deadline.OVER)
                || (!deadline.isOver() && Wait.during(Awaited.SOMETHING_ELSE, deadline, this::admitBefore));
        return admitted ? Admission.QUEUE : Admission.OUT_OF_TIME;
    }

    private Admission admitNow(Engine engine) {
        lock.lock();
        try {
            boolean full = held >= limit && !closed;
            if (full && whenFull == WhenFull.REJECT) {
                throw new RejectedExecutionException(
                        "the queue of " + engine.name() + " is full; its capacity is " + waiting);
            }
            held++;
            boolean run = full && whenFull == WhenFull.CALLER_RUNS && Runner.currentDepth() < MAX_NESTED;
            return run ? Admission.RUN_IN_CALLER : Admission.QUEUE;
        } finally {
            lock.unlock();
        }
    }

    private boolean admitBefore(Deadline deadline) throws InterruptedException {
        lock.lock();
        try {
            boolean room = awaitVacancy(deadline);
            held += room ? 1 : 0;
            return room;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitVacancy(Deadline deadline) throws InterruptedException {
        while (held >= limit && !closed) {
            if (deadline.never()) {
                vacancy.await();
            } else if (vacancy.awaitNanos(deadline.remaining()) <= 0) {
                return held < limit || closed;
            }
        }
        return true;
    }

    /** A task has been run or cancelled. */
    void vacate() {
        lock.lock();
        try {
            held--;
            if (held < limit) {
                vacancy.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets everybody through who waits for room: the executor has been shut down and turns them away itself. */
    void close() {
        lock.lock();
        try {
            closed = true;
            vacancy.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
