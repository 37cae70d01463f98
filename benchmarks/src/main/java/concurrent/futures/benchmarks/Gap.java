// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The pauses between two invocations, by their names. */
final class Gap {
    static final String NONE = "none";
    static final String IDLE = "idle 1 ms";
    static final String BUSY = "busy 200 us";

    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long BUSY_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private Gap() {}

    static void pause(String gap) {
        switch (gap) {
            case NONE -> {}
            case IDLE -> idle(System.nanoTime() + IDLE_NANOS);
            case BUSY -> busy(System.nanoTime() + BUSY_NANOS);
            default -> throw new IllegalArgumentException("no such gap: " + gap);
        }
    }

    private static void idle(long end) {
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void busy(long end) {
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }
}
