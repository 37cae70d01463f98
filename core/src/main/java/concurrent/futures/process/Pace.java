// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.util.concurrent.TimeUnit;

/** How long tasks take of late, and so how many a worker is given at a time. */
final class Pace {
    /*
     * Overview
     * --------
     * A worker that has to wait for its next task until its last answer has arrived idles for longer than a short task
     * takes. So it is sent some tasks ahead, as long as tasks are short: as many as make a millisecond. A task that has
     * been sent ahead is running as far as anybody can see, and cannot be overtaken; if the one before it is a long one
     * after all, it is taken back.
     */
    /** What is sent ahead should take about as long. */
    static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Tasks are short if they take less, on the way there and back included. */
    private static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(250);

    private static final int MOST = 16;

    /** The last task counts as one of so many. */
    private static final int WEIGHT = 4;

    /** What a task takes, of late. Guarded by the crew's lock. */
    private long typical = AHEAD_NANOS;

    /** How many tasks a worker may have. Written with the crew's lock held. */
    private volatile int depth = 1;

    int depth() {
        return depth;
    }

    /** A task has taken so long. With the lock held. */
    void ended(long nanos) {
        typical += (Math.min(nanos, AHEAD_NANOS) - typical) / WEIGHT;
        depth = typical > SHORT_NANOS ? 1 : Math.clamp(AHEAD_NANOS / Math.max(1, typical), 2, MOST);
    }

    /** A task takes so long that others should not have been sent behind it. With the lock held. */
    void stuck() {
        typical = AHEAD_NANOS;
        depth = 1;
    }
}
