// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A door at which tasks wait until the test opens it, and a test waits until tasks have arrived. */
final class Gate implements AutoCloseable {
    private static final long SECONDS = 20;

    private final Semaphore arrivals = new Semaphore(0);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Tells that this thread has arrived, and waits for the gate to be opened. */
    void pass() throws InterruptedException {
        arrivals.release();
        await(opened);
    }

    /** As {@link #pass}, but only opening the gate ends it; says whether the thread was interrupted meanwhile. */
    boolean passUninterruptibly() {
        arrivals.release();
        boolean interrupted = false;
        while (true) {
            try {
                await(opened);
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    /** Waits until that many more threads have arrived. */
    void awaitArrivals(int number) throws InterruptedException {
        if (!arrivals.tryAcquire(number, SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(arrivals.availablePermits() + " of " + number + " have arrived at the gate"
                    + Stacks.ofAllThreads());
        }
    }

    /** How many have arrived and have not been waited for. */
    int arrived() {
        return arrivals.availablePermits();
    }

    void open() {
        opened.countDown();
    }

    /** Opens the gate, so that a test that fails does not also hang. */
    @Override
    public void close() {
        open();
    }

    /** Waits for a latch, but not for ever. */
    static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("waited in vain" + Stacks.ofAllThreads());
        }
    }

    /** Waits for a thread, but not for ever. */
    static void await(Thread thread) throws InterruptedException {
        if (!thread.join(Duration.ofSeconds(SECONDS))) {
            throw new AssertionError(thread + " goes on" + Stacks.ofAllThreads());
        }
    }
}
