// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.interop;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A task that ends only when it is interrupted, and tells when it has begun and when it has been interrupted. */
final class Endless implements Callable<String> {
    private static final long SECONDS = 20;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @Override
    public String call() throws InterruptedException {
        begun.countDown();
        try {
            new CountDownLatch(1).await();
            throw new AssertionError("nobody opens this latch");
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    void awaitBegin() throws InterruptedException {
        await(begun, "begun");
    }

    void awaitInterrupt() throws InterruptedException {
        await(interrupted, "been interrupted");
    }

    boolean isInterrupted() {
        return interrupted.getCount() == 0;
    }

    private static void await(CountDownLatch latch, String what) throws InterruptedException {
        if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the task has not " + what);
        }
    }
}
