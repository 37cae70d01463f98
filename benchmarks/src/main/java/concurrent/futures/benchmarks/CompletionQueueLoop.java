// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;

/** A queue to which each {@link CompletableFuture} is added when it is done. */
record CompletionQueueLoop(ExecutorService executor) implements Consumption {
    @Override
    public void perform(int n, Callable<Integer> task) throws InterruptedException {
        CompletableFutureContestant contestant = new CompletableFutureContestant(executor);
        BlockingQueue<CompletableFuture<?>> done = new LinkedBlockingQueue<>();
        for (int i = 0; i < n; i++) {
            CompletableFuture<?> future = contestant.submit(task);
            future.whenComplete((result, exception) -> done.add(future));
        }
        for (int i = 0; i < n; i++) {
            Work.ensureDone(done.take().join());
        }
    }

    @Override
    public void close() {
        executor.close();
    }
}
