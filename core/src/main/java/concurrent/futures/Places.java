// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many items an engine runs at the same time. A place is the right to run one; there are as many as the user asked
 * for. A thread that waits while it runs an item lends its place to somebody else, up to a bound.
 */
final class Places {
    /** So many workers may be spare ones, who have the place of another that waits, unless the user says otherwise. */
    static final int SPARES_BY_DEFAULT = 256;

    private final int maxSpares;

    /** How many threads lend their place, or would without the bound. Changed by those who begin and end a wait. */
    private final AtomicInteger lent = new AtomicInteger();

    /** Whether the log knows that the bound has been reached. */
    private final AtomicBoolean reported = new AtomicBoolean();

    /** Written by the user. */
    private volatile int maxWorkers;

    Places(int maxWorkers, int maxSpares) {
        this.maxWorkers = maxWorkers;
        this.maxSpares = maxSpares;
    }

    /** What the user asked for. */
    int maxWorkers() {
        return maxWorkers;
    }

    void setMaxWorkers(int maxWorkers) {
        this.maxWorkers = maxWorkers;
    }

    /** How many may run now, those that wait included. */
    int mostNow() {
        return with(Math.min(lent.get(), maxSpares));
    }

    private int with(int spares) {
        return (int) Math.min(Integer.MAX_VALUE, (long) maxWorkers + spares);
    }

    void lend() {
        lent.incrementAndGet();
    }

    void takeBack() {
        lent.decrementAndGet();
    }

    /** Says so in the log, once, if more wait than there may be spares, and somebody may lack one. */
    void warnIfExhausted(String name, boolean isQueued) {
        int waiting = lent.get();
        boolean lacking = waiting > maxSpares && (isQueued || waiting >= with(maxSpares));
        if (lacking && !reported.getAndSet(true)) {
            Log.warning("more workers of " + name + " wait than the " + maxSpares
                    + " spare workers that may stand in for them (see maxSpareWorkers);"
                    + " fewer tasks are run at a time meanwhile, or none");
        }
    }
}
