// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** What {@link CompletableFuture#supplyAsync} makes of an executor. */
record CompletableFutureContestant(ExecutorService executor) implements Contestant {
    @Override
    public CompletableFuture<?> submit(Callable<?> task) {
        return CompletableFuture.supplyAsync(() -> call(task), executor);
    }

    private static Object call(Callable<?> task) {
        try {
            return task.call();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public @Nullable Object result(Object handle) {
        return ((CompletableFuture<?>) handle).join();
    }

    @Override
    public boolean cancel(Object handle) {
        return ((CompletableFuture<?>) handle).cancel(/* mayInterruptIfRunning= */ false);
    }

    @Override
    public void close() {
        executor.close();
    }
}
