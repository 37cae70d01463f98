// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the JVM alive while any executor has work: the one thread of this library that is not a daemon.
 *
 * <p>So what was submitted is done before the JVM ends, on platform and virtual threads alike, and an executor that
 * nobody closed does not keep it alive for longer.
 */
final class Keeper implements Runnable {
    /*
     * Overview
     * --------
     * An engine enters when it goes from idle to busy and leaves when it goes back, which is far rarer than a task. The
     * thread is started by the first to enter. When the last has left it stays for a moment, because starting a thread
     * costs more than most work: engines that come and go in quick succession then cost a counter each. It resigns by
     * clearing `current` and looking at the count once more, while whoever enters counts first and looks at `current`
     * afterwards, so that one of the two sees the other.
     */
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How many engines are busy. */
    private static final AtomicInteger BUSY = new AtomicInteger();

    private static final AtomicReference<@Nullable Keeper> CURRENT = new AtomicReference<>();

    private final Thread thread = new Thread(null, this, "concurrent.futures-keeper", 0, false);

    /** Whether the thread is parked until somebody wakes it; while it lingers nobody needs to. */
    private volatile boolean parked;

    private Keeper() {
        thread.setDaemon(false);
        thread.setPriority(Thread.NORM_PRIORITY);
        thread.setContextClassLoader(null);
    }

    /** An engine has work. */
    static void enter() {
        BUSY.incrementAndGet();
        if (CURRENT.get() == null) {
            start();
        }
    }

    /** An engine has no work any more. */
    static void leave() {
        if (BUSY.decrementAndGet() == 0) {
            Keeper keeper = CURRENT.get();
            if (keeper != null && keeper.parked) {
                LockSupport.unpark(keeper.thread);
            }
        }
    }

    private static void start() {
        Keeper keeper = new Keeper();
        if (!CURRENT.compareAndSet(null, keeper)) {
            return;
        }
        try {
            keeper.thread.start();
        } catch (Throwable thrown) {
            CURRENT.set(null);
            Log.warning("no thread could be started that keeps the JVM alive until all work is done", thrown);
        }
    }

    @Override
    public void run() {
        do {
            awaitIdle();
            linger();
        } while (BUSY.get() > 0 || !resign());
    }

    private void awaitIdle() {
        parked = true;
        while (BUSY.get() > 0) {
            LockSupport.park(this);
            Thread.interrupted();
        }
        parked = false;
    }

    private void linger() {
        long end = System.nanoTime() + LINGER_NANOS;
        for (long left = LINGER_NANOS; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
            Thread.interrupted();
        }
    }

    /** Makes way for a successor; false if there is work again and nobody else has taken over. */
    private boolean resign() {
        CURRENT.set(null);
        return BUSY.get() == 0 || !CURRENT.compareAndSet(null, this);
    }
}
