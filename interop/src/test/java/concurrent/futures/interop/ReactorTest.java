// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Futures;
import concurrent.futures.ThreadExecutor;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Tasks as Monos, and Monos as our futures. */
@Timeout(30)
class ReactorTest {
    private final FutureExecutor executor = new ThreadExecutor(1);

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    private Mono<String> mono(Callable<String> task) {
        // @start region="to"
        Mono<String> mono = Mono.fromFuture(() -> executor.submit(task).toCompletableFuture());
        // @end
        return mono;
    }

    private static Future<String> future(Mono<String> mono) {
        // @start region="from"
        Future<String> future = Futures.from(mono.toFuture());
        // @end
        return future;
    }

    @Test
    void results_passBothWays() throws Exception {
        assertThat(mono(() -> "page").block()).isEqualTo("page");
        assertThat(mono(() -> null).blockOptional()).isEmpty();
        assertThat(future(Mono.just("page")).result()).isEqualTo("page");
        assertThat(future(Mono.empty()).result()).isNull();
    }

    @Test
    void eachSubscription_submitsTheTaskAgain() {
        AtomicInteger calls = new AtomicInteger();
        Mono<String> mono = mono(() -> "page " + calls.incrementAndGet());
        assertThat(calls).hasValue(0);
        assertThat(mono.block()).isEqualTo("page 1");
        assertThat(mono.block()).isEqualTo("page 2");
    }

    @Test
    void failures_passUnwrapped() {
        IOException thrown = new IOException("no page");
        Mono<String> failing = mono(() -> {
            throw thrown;
        });
        assertThat(Exceptions.unwrap(catchThrowable(failing::block))).isSameAs(thrown);
        assertThat(failing.onErrorResume(IOException.class, e -> Mono.just("nothing"))
                        .block())
                .isEqualTo("nothing");
        assertThat(catchThrowable(() -> future(failing).result())).isSameAs(thrown);
    }

    @Test
    void cancellingTheSubscription_interruptsTheTask() throws Exception {
        Endless endless = new Endless();
        Disposable subscription = mono(endless).map(String::length).subscribe();
        endless.awaitBegin();
        subscription.dispose();
        endless.awaitInterrupt();
    }

    @Test
    void timeout_interruptsTheTask() throws Exception {
        Endless endless = new Endless();
        Sinks.Empty<Void> timeout = Sinks.empty();
        CompletableFuture<String> failing =
                mono(endless).timeout(timeout.asMono()).toFuture();
        endless.awaitBegin();
        timeout.tryEmitEmpty().orThrow();
        endless.awaitInterrupt();
        assertThat(failing.exceptionNow()).isInstanceOf(TimeoutException.class);
    }

    @Test
    void cancellingOurFuture_cancelsTheSubscription() {
        AtomicBoolean cancelled = new AtomicBoolean();
        Future<String> future = future(Mono.<String>never().doOnCancel(() -> cancelled.set(true)));
        future.cancel(true);
        assertThat(cancelled).isTrue();
    }
}
