// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
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
     * An engine enters before it goes from idle to busy and leaves after it has gone back, which is far rarer than a
     * task. The thread is started by the first to enter. When the last has left it stays for a moment, because
     * starting a thread costs more than most work, and goes on staying as long as engines come and go: a task now and
     * then costs a counter. It resigns by clearing `CURRENT` and looking at the count once more, while whoever enters
     * counts first and looks at `CURRENT` afterwards, so that one of the two sees the other. `CURRENT` is only ever a
     * thread that has been started.
     */
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** When what has failed for lack of something is tried again. */
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** How often to look whether Flight Recorder is in use, as long as it is not. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What is to be tried again. Added to by engines that are busy, taken from by the keeper. */
    private static final Queue<Runnable> RETRIES = new ConcurrentLinkedQueue<>();

    /** Held while a thread is started or resigns. */
    private static final ReentrantLock LOCK = new ReentrantLock();

    /** How many engines are busy, or about to be. Changed by engines. */
    private static final AtomicInteger BUSY = new AtomicInteger();

    /** Whether an engine has entered since the keeper began to linger. */
    private static volatile boolean entered;

    /** The keeper whose thread runs; null if there is none. Written under the lock. */
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
        if (!entered) {
            entered = true;
        }
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

    /** Has the keeper try something again before long, on behalf of an engine that has work until then. */
    static void retrySoon(Runnable retry) {
        RETRIES.add(retry);
        Keeper keeper = CURRENT.get();
        if (keeper == null) {
            start();
        } else {
            LockSupport.unpark(keeper.thread);
        }
    }

    private static void start() {
        LOCK.lock();
        try {
            if (CURRENT.get() == null) {
                Keeper keeper = new Keeper();
                keeper.thread.start();
                CURRENT.set(keeper);
            }
        } catch (Throwable thrown) {
            Log.warning("no thread could be started that keeps the JVM alive until all work is done", thrown);
        } finally {
            LOCK.unlock();
        }
    }

    @Override
    public void run() {
        do {
            awaitIdle();
            linger();
        } while (BUSY.get() > 0 || entered || !resign());
    }

    private void awaitIdle() {
        parked = true;
        while (BUSY.get() > 0) {
            if (RETRIES.isEmpty()) {
                parkForLong();
            } else {
                retry();
            }
            Thread.interrupted();
        }
        parked = false;
    }

    /** Parks, but looks from time to time whether work has come to be recorded. */
    private void parkForLong() {
        if (Flight.look()) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
    }

    private void retry() {
        LockSupport.parkNanos(this, RETRY_NANOS);
        // Not those that are added meanwhile, because it was too soon.
        for (int left = RETRIES.size(); left > 0; left--) {
            Runnable retry = RETRIES.poll();
            if (retry != null) {
                try {
                    retry.run();
                } catch (Throwable thrown) {
                    Log.error("failed to try something again", thrown);
                }
            }
        }
    }

    private void linger() {
        entered = false;
        long end = System.nanoTime() + LINGER_NANOS;
        for (long left = LINGER_NANOS; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
            Thread.interrupted();
        }
    }

    /** Makes way for a successor; false if there is work again. */
    private boolean resign() {
        LOCK.lock();
        try {
            CURRENT.set(null);
            if (BUSY.get() == 0) {
                return true;
            }
            CURRENT.set(this);
            return false;
        } finally {
            LOCK.unlock();
        }
    }
}
