// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

/**
 * Chooses the tasks that are drawn when there are more than can be.
 *
 * <p>A task is taken with a chance in proportion to how long it ran, and always if it ran for the threshold or longer.
 * What is drawn of a worker's time is then as much as possible, and what is left out is what would be thinner than a
 * pixel. The threshold follows from how many were taken of late.
 */
final class Sampler {
    private static final double LEAST_THRESHOLD = 1000; // nanoseconds; below, all are taken
    private static final double MOST_RISE = 100;
    private static final double FALL = 0.7;

    private final int budget;
    private volatile double threshold; // in nanoseconds; written by the one who adapts

    Sampler(int budget) {
        this.budget = budget;
    }

    boolean takes(long id, long nanos) {
        double limit = threshold;
        return nanos >= limit || nanos > limit * Span.lot(id);
    }

    /** Adapts to the number of tasks for which there was a wish since the last time. */
    void adapt(int taken) {
        if (taken > budget) {
            threshold = Math.max(threshold, LEAST_THRESHOLD) * Math.min(MOST_RISE, (double) taken / budget);
        } else if (taken < budget * FALL) {
            double lower = threshold * FALL;
            threshold = lower < LEAST_THRESHOLD ? 0 : lower;
        }
    }
}
