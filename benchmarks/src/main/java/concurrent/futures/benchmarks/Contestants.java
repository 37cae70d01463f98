// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import com.google.common.util.concurrent.MoreExecutors;
import concurrent.futures.ThreadExecutor;
import concurrent.futures.VirtualThreadExecutor;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import org.jboss.threads.EnhancedQueueExecutor;

/** The executors by their names, which are those of the reports. */
final class Contestants {
    static final String FUTURES = "concurrent-futures";
    static final String FUTURES_VIRTUAL = "concurrent-futures virtual";
    static final String THREAD_POOL = "ThreadPoolExecutor";
    static final String FORK_JOIN = "ForkJoinPool";
    static final String FORK_JOIN_ASYNC = "ForkJoinPool async";
    static final String COMPLETABLE_ON_FORK_JOIN = "CompletableFuture on ForkJoinPool";
    static final String COMPLETABLE_ON_THREAD_POOL = "CompletableFuture on ThreadPoolExecutor";
    static final String VIRTUAL_THREADS = "virtual threads";
    static final String GUAVA = "Guava";
    static final String NETTY = "Netty";
    static final String KOTLIN = "Kotlin";
    static final String JBOSS = "JBoss";

    private Contestants() {}

    static Contestant open(String name, int workers) {
        return switch (name) {
            case FUTURES -> new FuturesContestant(new ThreadExecutor(workers));
            case FUTURES_VIRTUAL -> new FuturesContestant(new VirtualThreadExecutor(workers));
            case THREAD_POOL -> new ServiceContestant(threadPool(workers));
            case FORK_JOIN -> new ForkJoinContestant(forkJoinPool(workers));
            case FORK_JOIN_ASYNC -> new ForkJoinContestant(asyncForkJoinPool(workers));
            case COMPLETABLE_ON_FORK_JOIN -> new CompletableFutureContestant(forkJoinPool(workers));
            case COMPLETABLE_ON_THREAD_POOL -> new CompletableFutureContestant(threadPool(workers));
            case VIRTUAL_THREADS -> new VirtualThreadsContestant(workers, /* submitsWait= */ false);
            case GUAVA -> new ServiceContestant(MoreExecutors.listeningDecorator(threadPool(workers)));
            case NETTY -> new ServiceContestant(new DefaultEventExecutorGroup(workers));
            case KOTLIN -> new KotlinContestant(workers);
            case JBOSS -> new ServiceContestant(enhancedQueueExecutor(workers));
            default -> throw new IllegalArgumentException("no such contestant: " + name);
        };
    }

    static ExecutorService threadPool(int workers) {
        return Executors.newFixedThreadPool(workers);
    }

    static ForkJoinPool forkJoinPool(int workers) {
        return new ForkJoinPool(workers);
    }

    private static ForkJoinPool asyncForkJoinPool(int workers) {
        return new ForkJoinPool(
                workers, ForkJoinPool.defaultForkJoinWorkerThreadFactory, /* handler= */ null, /* asyncMode= */ true);
    }

    private static ExecutorService enhancedQueueExecutor(int workers) {
        return new EnhancedQueueExecutor.Builder()
                .setCorePoolSize(workers)
                .setMaximumPoolSize(workers)
                .setRegisterMBean(false)
                .build();
    }
}
