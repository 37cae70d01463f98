// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A door at which tasks wait until the test opens it, and a test waits until tasks have arrived; also from other
 * processes.
 */
final class Gate implements AutoCloseable, Serializable {
    private static final long serialVersionUID = 1;
    private static final long SECONDS = 20;

    private final transient Semaphore arrivals = new Semaphore(0);
    private final transient CountDownLatch opened = new CountDownLatch(1);

    /** The way to the gate that this stands for in another process; null in the process of the test. */
    private final transient DistantGate distant;

    Gate() {
        this(null);
    }

    Gate(DistantGate distant) {
        this.distant = distant;
    }

    private Object writeReplace() {
        return distant == null ? DistantGate.to(this) : distant;
    }

    /** Tells that this thread has arrived, and waits for the gate to be opened. */
    void pass() throws InterruptedException {
        arrive();
        awaitOpen();
    }

    void arrive() throws InterruptedException {
        if (distant == null) {
            arrivals.release();
        } else {
            distant.arrive();
        }
    }

    void awaitOpen() throws InterruptedException {
        if (distant == null) {
            await(opened);
        } else {
            distant.awaitOpen();
        }
    }

    /** As {@link #pass}, but only opening the gate ends it; says whether the thread was interrupted meanwhile. */
    boolean passUninterruptibly() {
        boolean arrived = false;
        boolean interrupted = false;
        while (true) {
            try {
                if (!arrived) {
                    arrive();
                    arrived = true;
                }
                awaitOpen();
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
