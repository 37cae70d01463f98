// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many items an engine runs at the same time at most: as many as the user asked for and, for each of them that waits
 * for something else, one more. These spares are bounded.
 */
final class Limit {
    static final int SPARES_BY_DEFAULT = 256;

    private final int maxSpares;

    /** How many of those that run wait and have somebody else run meanwhile, or would if there were no bound. */
    private final AtomicInteger waiting = new AtomicInteger();

    private final AtomicBoolean reported = new AtomicBoolean();

    /** Written by the user. */
    private volatile int maxWorkers;

    Limit(int maxWorkers, int maxSpares) {
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
    int most() {
        return saturated(Math.min(waiting.get(), maxSpares));
    }

    private int saturated(int spares) {
        return (int) Math.min(Integer.MAX_VALUE, (long) maxWorkers + spares);
    }

    /** One of those that run begins to wait. */
    void raise() {
        waiting.incrementAndGet();
    }

    /** One of those that run goes on. */
    void lower() {
        waiting.decrementAndGet();
    }

    /** Says so in the log, once, if more wait than there may be spares, and somebody may lack one. */
    void warnIfExhausted(String name, boolean isQueued) {
        int wait = waiting.get();
        boolean lacking = wait > maxSpares && (isQueued || wait >= saturated(maxSpares));
        if (lacking && !reported.getAndSet(true)) {
            Log.warning("all " + maxSpares + " spare workers of " + name
                    + " stand in for workers that wait; if yet more wait, fewer tasks are run at a time, or none");
        }
    }
}
