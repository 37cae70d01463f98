// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.io.Closeable;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Looks again and again as long as there is something to watch. It goes on for a while when there is not: waking it for
 * each of many short tasks would cost more than it does.
 */
final class Ticker implements Closeable {
    private static final int TICKS_UNTIL_REST = 100;

    private final long periodNanos;

    /** Looks, and tells whether to do so again. Called by the thread of this alone. */
    private final BooleanSupplier look;

    private final Thread thread;

    /** Whether the thread does not rest. Set by whoever has something to watch, and cleared by the thread. */
    private volatile boolean awake;

    private volatile boolean closed;

    Ticker(String name, long periodNanos, BooleanSupplier look) {
        this.periodNanos = periodNanos;
        this.look = look;
        this.thread = Daemons.newThread(name, this::run);
    }

    void start() {
        thread.start();
    }

    /** There is something to watch. */
    void wake() {
        if (!awake) {
            awake = true;
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        int idle = 0;
        while (!closed) {
            if (look()) {
                idle = 0;
            } else if (++idle > TICKS_UNTIL_REST) {
                awake = false;
                // After that, so that whoever does not see this rest is seen.
                if (!look()) {
                    rest();
                }
                awake = true;
                idle = 0;
            }
            LockSupport.parkNanos(periodNanos);
        }
    }

    private void rest() {
        while (!awake && !closed) {
            LockSupport.park(this);
            boolean unused = Thread.interrupted();
        }
    }

    private boolean look() {
        try {
            return look.getAsBoolean();
        } catch (Throwable thrown) {
            System.getLogger("concurrent.futures").log(Level.ERROR, "failed to look what takes too long", thrown);
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
