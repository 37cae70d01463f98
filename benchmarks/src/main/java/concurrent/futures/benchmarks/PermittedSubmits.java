// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A virtual thread for each task, for which the submitter waits: its limit is a semaphore that a submit acquires. */
final class PermittedSubmits implements Contestant {
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore permits;

    PermittedSubmits(int workers) {
        this.permits = new Semaphore(workers);
    }

    @Override
    public Object submit(Callable<?> task) {
        permits.acquireUninterruptibly();
        return executor.submit(() -> {
            try {
                return task.call();
            } finally {
                permits.release();
            }
        });
    }

    @Override
    public @Nullable Object result(Object handle) throws Exception {
        return ((Future<?>) handle).get();
    }

    @Override
    public boolean cancel(Object handle) {
        return ((Future<?>) handle).cancel(/* mayInterruptIfRunning= */ true);
    }

    @Override
    public void close() {
        executor.close();
    }
}
