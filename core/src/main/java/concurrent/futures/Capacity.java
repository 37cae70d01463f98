// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bound on what an executor holds: as many tasks as it has workers, plus as many as may wait.
 *
 * <p>Counting both together makes the answer depend on what has been submitted and has ended, not on how far the
 * workers have come in taking tasks off the queue.
 */
final class Capacity {
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
        resize(maxWorkers);
    }

    void resize(int maxWorkers) {
        lock.lock();
        try {
            limit = (int) Math.min(Integer.MAX_VALUE, (long) maxWorkers + waiting);
            vacancy.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Counts one more task, when there is room for it.
     *
     * @return whether the task may be queued; otherwise the caller is to run it
     * @throws RejectedExecutionException if there is no room, or the wait for it was interrupted
     */
    boolean admit(Engine engine) {
        lock.lock();
        try {
            boolean queue = held < limit || closed || whenFull == WhenFull.BLOCK;
            if (held >= limit && whenFull == WhenFull.REJECT && !closed) {
                throw new RejectedExecutionException(
                        "the queue of " + engine.name() + " is full; its capacity is " + waiting);
            }
            if (whenFull == WhenFull.BLOCK && !ThreadFrame.isInside(engine)) {
                awaitVacancy(engine);
            }
            held++;
            return queue;
        } finally {
            lock.unlock();
        }
    }

    private void awaitVacancy(Engine engine) {
        try {
            while (held >= limit && !closed) {
                vacancy.await();
            }
        } catch (InterruptedException e) {
            throw Interrupts.restoredAs(
                    new RejectedExecutionException(
                            "interrupted while waiting for room in the queue of " + engine.name()),
                    e);
        }
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
