// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.util.concurrent.TimeUnit;

/** How long tasks take of late, and so how many a thread of a worker is given before it has ended the last one. */
final class Pace {
    /** What is sent ahead should take about as long as a message on its way there and the answer back. */
    static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private static final int MOST = 256;

    /** The last task counts as one of so many. */
    private static final int WEIGHT = 8;

    /** What a task takes, of late. Guarded by the crew's lock. */
    private long typical = AHEAD_NANOS;

    /** Written with the crew's lock held. */
    private volatile int ahead;

    /** How many tasks a thread may have beyond the one that it runs. */
    int ahead() {
        return ahead;
    }

    /** A task has taken so long. With the lock held. */
    void ended(long nanos) {
        typical += (Math.clamp(nanos, 0, 2 * AHEAD_NANOS) - typical) / WEIGHT;
        ahead = typical >= AHEAD_NANOS / 2 ? 0 : Math.clamp(AHEAD_NANOS / Math.max(1, typical), 1, MOST);
    }

    /** A task takes so long that others should not have been sent behind it. With the lock held. */
    void stuck() {
        typical = AHEAD_NANOS;
        ahead = 0;
    }
}
