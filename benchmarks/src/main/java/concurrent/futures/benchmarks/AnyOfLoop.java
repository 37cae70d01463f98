// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** {@link CompletableFuture#anyOf} in a loop. */
record AnyOfLoop(ExecutorService executor) implements Consumption {
    @Override
    public void perform(int n, Callable<Integer> task) {
        CompletableFutureContestant contestant = new CompletableFutureContestant(executor);
        List<CompletableFuture<?>> pending = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            pending.add(contestant.submit(task));
        }
        while (!pending.isEmpty()) {
            CompletableFuture.anyOf(pending.toArray(CompletableFuture<?>[]::new))
                    .join();
            pending.removeIf(AnyOfLoop::take);
        }
    }

    private static boolean take(CompletableFuture<?> future) {
        if (!future.isDone()) {
            return false;
        }
        Work.ensureDone(future.join());
        return true;
    }

    @Override
    public void close() {
        executor.close();
    }
}
