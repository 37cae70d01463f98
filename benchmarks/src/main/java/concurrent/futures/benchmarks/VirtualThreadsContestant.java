// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread for each task. Its limit is a semaphore that each task acquires, so that a submit never waits, as with
 * the others; or that each submit acquires.
 */
final class VirtualThreadsContestant implements Contestant {
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore permits;
    private final boolean submitsWait;

    VirtualThreadsContestant(int workers, boolean submitsWait) {
        this.permits = new Semaphore(workers);
        this.submitsWait = submitsWait;
    }

    @Override
    public Object submit(Callable<?> task) {
        if (submitsWait) {
            permits.acquireUninterruptibly();
        }
        return executor.submit(() -> permitted(task));
    }

    private Object permitted(Callable<?> task) throws Exception {
        if (!submitsWait) {
            permits.acquire();
        }
        try {
            return task.call();
        } finally {
            permits.release();
        }
    }

    @Override
    public @Nullable Object result(Object handle) throws Exception {
        return ((Future<?>) handle).get();
    }

    /** Interrupts, as a task that waits for its permit has started in the eyes of the JDK. */
    @Override
    public boolean cancel(Object handle) {
        return ((Future<?>) handle).cancel(/* mayInterruptIfRunning= */ true);
    }

    @Override
    public void close() {
        executor.close();
    }
}
