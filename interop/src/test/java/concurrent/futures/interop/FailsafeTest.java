// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Futures;
import concurrent.futures.ThreadExecutor;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Retries of Failsafe on our executor, heard of by a future of ours. */
@Timeout(30)
class FailsafeTest {
    private final FutureExecutor executor =
            ThreadExecutor.builder().maxWorkers(1).threadNamePrefix("retrying").build();

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    private Future<String> retried(CheckedSupplier<String> fetch) {
        // @start region="retry"
        RetryPolicy<String> retries = RetryPolicy.<String>builder()
                .handle(IOException.class)
                .withMaxAttempts(3)
                .withDelay(Duration.ofMillis(10))
                .build();
        Future<String> page = Futures.from(Failsafe.with(retries).with(executor).getAsync(fetch));
        // @end
        return page;
    }

    @Test
    void failedAttempts_areRepeatedOnOurThreads() throws Exception {
        List<String> attempts = new CopyOnWriteArrayList<>();
        Future<String> page = retried(() -> {
            attempts.add(Thread.currentThread().getName());
            if (attempts.size() < 3) {
                throw new IOException("no page");
            }
            return "page";
        });
        assertThat(page.result()).isEqualTo("page");
        assertThat(attempts).containsExactly("retrying_0", "retrying_0", "retrying_0");
    }

    @Test
    void lastFailure_isThrownUnwrapped() {
        IOException thrown = new IOException("no page");
        Future<String> page = retried(() -> {
            throw thrown;
        });
        assertThat(catchThrowable(page::result)).isSameAs(thrown);
    }

    @Test
    void delay_keepsNoThreadWaiting() throws Exception {
        CountDownLatch scheduled = new CountDownLatch(1);
        RetryPolicy<String> patient = RetryPolicy.<String>builder()
                .withDelay(Duration.ofHours(1))
                .onRetryScheduled(event -> scheduled.countDown())
                .build();
        Future<String> page = Futures.from(Failsafe.with(patient).with(executor).getAsync(() -> {
            throw new IOException("no page");
        }));
        scheduled.await();
        assertThat(executor.submit(() -> "free").result()).isEqualTo("free");
        page.cancel(true);
        assertThat(page.isCancelled()).isTrue();
    }

    @Test
    void cancelling_interruptsTheAttempt_andThereIsNoOther() throws Exception {
        Endless endless = new Endless();
        AtomicInteger attempts = new AtomicInteger();
        Future<String> page = retried(() -> {
            attempts.incrementAndGet();
            try {
                return endless.call();
            } catch (InterruptedException e) {
                throw new IOException("what is tried again", e);
            }
        });
        endless.awaitBegin();
        page.cancel(true);
        endless.awaitInterrupt();
        assertThat(page.isCancelled()).isTrue();
        assertThat(executor.submit(() -> "free").result()).isEqualTo("free");
        assertThat(attempts).hasValue(1);
    }
}
