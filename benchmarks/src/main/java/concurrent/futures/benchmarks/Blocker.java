// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.CountDownLatch;

/** A task that occupies the only worker of an executor. */
final class Blocker {
    private final Contestant executor;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Returns when the worker is occupied. */
    Blocker(Contestant executor) throws InterruptedException {
        this.executor = executor;
        executor.submit(() -> {
            started.countDown();
            released.await();
            return Work.DONE;
        });
        started.await();
    }

    /** Gives the worker back, and waits until it has gone through what was submitted meanwhile. */
    void release() throws Exception {
        released.countDown();
        Work.ensureDone(executor.result(executor.submit(Work.NOTHING)));
    }
}
