// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import com.google.common.util.concurrent.MoreExecutors;
import concurrent.futures.ThreadExecutor;

/** Ways to take results as they come, by the names of the contestants. */
final class Consumptions {
    static final String SERVICE_ON_THREAD_POOL = "ExecutorCompletionService on ThreadPoolExecutor";
    static final String SERVICE_ON_FORK_JOIN = "ExecutorCompletionService on ForkJoinPool";

    private Consumptions() {}

    /** Waits for any of the futures, until there are none left. */
    static Consumption firstCompleted(String contestant, int workers) {
        return switch (contestant) {
            case Contestants.FUTURES -> new AwaitLoop(new ThreadExecutor(workers));
            case Contestants.COMPLETABLE_ON_THREAD_POOL -> new AnyOfLoop(Contestants.threadPool(workers));
            case Contestants.COMPLETABLE_ON_FORK_JOIN -> new AnyOfLoop(Contestants.forkJoinPool(workers));
            default -> completionService(contestant, workers);
        };
    }

    /** Iterates over the futures. */
    static Consumption asCompleted(String contestant, int workers) {
        return switch (contestant) {
            case Contestants.FUTURES -> new AsCompletedLoop(new ThreadExecutor(workers));
            case Contestants.COMPLETABLE_ON_THREAD_POOL -> new CompletionQueueLoop(Contestants.threadPool(workers));
            case Contestants.COMPLETABLE_ON_FORK_JOIN -> new CompletionQueueLoop(Contestants.forkJoinPool(workers));
            case Contestants.GUAVA ->
                new InCompletionOrderLoop(MoreExecutors.listeningDecorator(Contestants.threadPool(workers)));
            default -> completionService(contestant, workers);
        };
    }

    private static Consumption completionService(String contestant, int workers) {
        return switch (contestant) {
            case SERVICE_ON_THREAD_POOL -> new CompletionServiceLoop(Contestants.threadPool(workers));
            case SERVICE_ON_FORK_JOIN -> new CompletionServiceLoop(Contestants.forkJoinPool(workers));
            default -> throw new IllegalArgumentException("no such contestant: " + contestant);
        };
    }
}
