// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Shutting down comes to its end whatever callbacks and thread factories do meanwhile. */
class ShutdownOrderTest {
    @Test
    void shutdownNow_callbackOfACancelledTaskThatCloses_findsTheRunningOneInterrupted() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        ThreadExecutor executor = new ThreadExecutor(1);
        Future<?> running = executor.submit(() -> {
            begun.countDown();
            new CountDownLatch(1).await();
        });
        Future<String> pending = executor.submit(() -> "never");
        pending.addDoneCallback(future -> executor.close());
        begun.await();

        assertThat(executor.shutdownNow()).hasSize(1);

        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(running.exception()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void shutdown_factoryThatMakesNoMoreThreads_leavesTheWorkToTheOneThatIsThere() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        ThreadExecutor executor = ThreadExecutor.builder()
                .maxWorkers(2)
                .threadFactory(task -> {
                    if (calls.getAndIncrement() > 0) {
                        throw new RejectedExecutionException("no more threads");
                    }
                    return new Thread(task);
                })
                .build();
        Future<?> running = executor.submit(() -> open.await());
        Future<String> queued = executor.submit(() -> "later");

        executor.shutdown();
        open.countDown();

        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(running.exception()).isNull();
        assertThat(queued.result()).isEqualTo("later");
    }
}
