// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The moment at which a wait ends, on the monotonic clock.
 *
 * <p>All timeouts become one of these at the call that takes them, so that retries and spurious wake-ups cannot extend
 * a wait.
 *
 * @param nanoTime the moment as {@link System#nanoTime()} tells it; without meaning if {@code never}
 * @param never whether the wait has no end
 */
record Deadline(long nanoTime, boolean never) {
    static final Deadline NEVER = new Deadline(0, true);

    /** For a look without a wait. */
    static final Deadline OVER = new Deadline(System.nanoTime(), false);

    /** Longer than any JVM runs, and short enough for the difference of two moments not to overflow. */
    private static final long FOREVER_NANOS = Long.MAX_VALUE / 2;

    static Deadline after(Duration timeout) {
        return afterNanos(saturatedNanos(timeout));
    }

    static Deadline after(long timeout, TimeUnit unit) {
        return afterNanos(unit.toNanos(timeout));
    }

    static Deadline afterNanos(long nanos) {
        if (nanos >= FOREVER_NANOS) {
            return NEVER;
        }
        return new Deadline(System.nanoTime() + Math.max(0, nanos), false);
    }

    /** The nanoseconds left, zero or less when it is over. */
    long remaining() {
        return never ? Long.MAX_VALUE : nanoTime - System.nanoTime();
    }

    boolean isOver() {
        return !never && remaining() <= 0;
    }

    /** Waits for a latch, but not for longer; false if it is not open then. */
    boolean await(CountDownLatch latch) throws InterruptedException {
        if (never) {
            latch.await();
            return true;
        }
        return latch.await(remaining(), TimeUnit.NANOSECONDS);
    }

    /** The earlier of the two. */
    Deadline earlierOf(Deadline other) {
        if (never || other.never) {
            return never ? other : this;
        }
        return nanoTime - other.nanoTime <= 0 ? this : other;
    }

    static long saturatedNanos(Duration duration) {
        if (duration.toSeconds() >= TimeUnit.NANOSECONDS.toSeconds(Long.MAX_VALUE)) {
            return Long.MAX_VALUE;
        }
        return duration.isNegative() ? 0 : duration.toNanos();
    }
}
