// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Futures;
import concurrent.futures.ThreadExecutor;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

/**
 * Methods with {@code @Async} on our executor.
 *
 * <p>In Spring Boot, a bean that is an {@code Executor} switches Boot's own {@code applicationTaskExecutor} off. Where
 * that has to stay, declare ours with {@code defaultCandidate = false} and name it in {@code @Async}, as {@code slow}
 * here. Where ours is to take its place, call the adapter {@code applicationTaskExecutor}: Spring MVC, for one, looks
 * for that name.
 */
@Timeout(30)
class SpringTest {
    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext(Executors.class, Aside.class, Pages.class);
    private final Pages pages = context.getBean(Pages.class);
    private final FutureExecutor executor = context.getBean("futureExecutor", FutureExecutor.class);

    @AfterEach
    void close() {
        executor.shutdownNow();
        context.close();
    }

    // @start region="beans"
    @Configuration
    @EnableAsync
    static class Executors {
        @Bean(destroyMethod = "close")
        FutureExecutor futureExecutor() {
            return ThreadExecutor.builder().threadNamePrefix("async").build();
        }

        @Bean
        AsyncTaskExecutor taskExecutor(FutureExecutor futureExecutor) {
            return new TaskExecutorAdapter(futureExecutor);
        }
    }
    // @end

    @Configuration
    static class Aside {
        // @start region="aside"
        @Bean(defaultCandidate = false, destroyMethod = "close")
        FutureExecutor slow() {
            return ThreadExecutor.builder().threadNamePrefix("slow").build();
        }
        // @end
    }

    static class Pages {
        // @start region="async"
        @Async
        CompletableFuture<String> fetch(String url) throws IOException {
            return CompletableFuture.completedFuture(get(url));
        }

        @Async
        Future<String> fetchCancellably(String url) throws IOException {
            return Futures.completed(get(url));
        }
        // @end

        @Async("slow")
        Future<String> fetchSlowly(String url) throws IOException {
            return Futures.completed(get(url));
        }

        @Async
        CompletableFuture<String> run(Endless endless) throws Exception {
            return CompletableFuture.completedFuture(endless.call());
        }

        @Async
        Future<String> runCancellably(Endless endless) throws Exception {
            return Futures.completed(endless.call());
        }

        private static String get(String url) throws IOException {
            if (url.isEmpty()) {
                throw new IOException("no page");
            }
            return url + " on " + Thread.currentThread().getName();
        }
    }

    @Test
    void asyncMethods_runOnOurThreads() throws Exception {
        assertThat(pages.fetch("page").join()).isEqualTo("page on async_0");
        assertThat(pages.fetchCancellably("page").result()).startsWith("page on async_");
        assertThat(pages.fetchSlowly("page").result()).isEqualTo("page on slow_0");
    }

    @Test
    void failures_passUnwrapped() {
        assertThat(catchThrowable(() -> Futures.from(pages.fetch("")).result())).isExactlyInstanceOf(IOException.class);
        assertThat(catchThrowable(() -> pages.fetchCancellably("").result())).isExactlyInstanceOf(IOException.class);
    }

    @Test
    void cancellingOurFuture_interruptsTheMethod() throws Exception {
        Endless endless = new Endless();
        Future<String> running = pages.runCancellably(endless);
        endless.awaitBegin();
        running.cancel(true);
        endless.awaitInterrupt();
    }

    @Test
    void cancellingSpringsCompletableFuture_doesNotReachTheMethod() throws Exception {
        Endless endless = new Endless();
        CompletableFuture<String> running = pages.run(endless);
        endless.awaitBegin();
        running.cancel(true);
        assertThat(executor.submit(() -> "other").result()).isEqualTo("other");
        assertThat(endless.isInterrupted()).isFalse();
    }

    @Test
    void endOfTheContext_waitsForTheTasks() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Future<String> future = executor.submit(() -> {
            begun.countDown();
            while (!executor.isShutdown()) {
                Thread.onSpinWait();
            }
            return "done";
        });
        begun.await();
        context.close();
        assertThat(executor.isTerminated()).isTrue();
        assertThat(future.resultNow()).isEqualTo("done");
    }
}
