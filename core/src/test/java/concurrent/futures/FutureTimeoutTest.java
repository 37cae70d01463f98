// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.FutureFixtures.awaitListener;
import static concurrent.futures.FutureFixtures.inBackground;
import static concurrent.futures.FutureFixtures.listeners;
import static concurrent.futures.FutureFixtures.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.FutureFixtures.Background;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Timeouts of any size work. */
class FutureTimeoutTest {
    static Stream<Duration> longOnes() {
        return Stream.of(
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                Duration.ofSeconds(Long.MAX_VALUE),
                Duration.ofMillis(Long.MAX_VALUE),
                Duration.ofNanos(Long.MAX_VALUE),
                Duration.ofNanos(Long.MAX_VALUE / 2),
                Duration.ofNanos(Long.MAX_VALUE / 2 - 1),
                Duration.ofSeconds(Long.MAX_VALUE / 1_000_000_000),
                Duration.ofSeconds(Long.MAX_VALUE / 1_000_000_000 + 1),
                Duration.ofDays(365_000));
    }

    static Stream<Duration> polls() {
        return Stream.of(
                Duration.ZERO,
                Duration.ofNanos(-1),
                Duration.ofSeconds(-1),
                Duration.ofNanos(Long.MIN_VALUE),
                Duration.ofSeconds(Long.MIN_VALUE),
                Duration.ofSeconds(Long.MIN_VALUE, 1));
    }

    @ParameterizedTest
    @MethodSource("longOnes")
    void longTimeout_waits(Duration timeout) throws Exception {
        Promise<String> promise = new Promise<>();
        Background<String> result = inBackground(() -> promise.result(timeout));
        Background<Throwable> exception = inBackground(() -> promise.exception(timeout));
        soon().until(() -> listeners(promise) == 2);

        promise.setResult("value");

        assertThat(result.get()).isEqualTo("value");
        assertThat(exception.get()).isNull();
    }

    @ParameterizedTest
    @EnumSource(TimeUnit.class)
    void longestGet_waits(TimeUnit unit) throws Exception {
        Promise<String> promise = new Promise<>();
        Background<String> result = inBackground(() -> promise.get(Long.MAX_VALUE, unit));
        awaitListener(promise);

        promise.setResult("value");

        assertThat(result.get()).isEqualTo("value");
    }

    @ParameterizedTest
    @MethodSource("polls")
    void zeroAndNegative_poll(Duration timeout) throws Exception {
        Promise<String> pending = new Promise<>();
        Promise<String> running = new Promise<>();
        running.setRunningOrNotifyCancel();
        for (Promise<String> promise : List.of(pending, running)) {
            assertThatThrownBy(() -> promise.result(timeout)).isExactlyInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> promise.exception(timeout)).isExactlyInstanceOf(TimeoutException.class);
            assertThat(promise.isDone()).isFalse();
            assertThat(listeners(promise)).isZero();
        }

        assertThat(Futures.completed("value").result(timeout)).isEqualTo("value");
        assertThat(Futures.completed("value").exception(timeout)).isNull();
        assertThatThrownBy(() -> Futures.failed(new IOException("boom")).result(timeout))
                .isExactlyInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(TimeUnit.class)
    void zeroAndNegativeGet_poll(TimeUnit unit) throws Exception {
        Promise<String> pending = new Promise<>();
        for (long timeout : new long[] {0, -1, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> pending.get(timeout, unit)).isExactlyInstanceOf(TimeoutException.class);
            assertThat(Futures.completed("value").get(timeout, unit)).isEqualTo("value");
        }
    }

    @Test
    void shortTimeout_isWaitedForToItsEnd() {
        Promise<String> promise = new Promise<>();
        for (long millis : new long[] {1, 5, 40}) {
            long begin = System.nanoTime();
            assertThatThrownBy(() -> promise.result(Duration.ofMillis(millis)))
                    .isExactlyInstanceOf(TimeoutException.class);
            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(millis * 1_000_000);
        }
    }

    @Test
    void timeout_isNotExtendedBySpuriousWakeUps() throws Exception {
        Promise<String> promise = new Promise<>();
        Background<String> waiter = inBackground(() -> promise.result(Duration.ofMillis(100)));
        awaitListener(promise);
        long begin = System.nanoTime();
        while (!waiter.isDone()) {
            LockSupport.unpark(waiter.thread);
            assertThat(System.nanoTime() - begin).isLessThan(FutureFixtures.LONG.toNanos());
        }
        assertThat(waiter.failure()).isExactlyInstanceOf(TimeoutException.class);
    }

    @Test
    void waitWithoutEnd_isNotEndedBySpuriousWakeUps() throws Exception {
        Promise<String> promise = new Promise<>();
        Background<String> waiter = inBackground(promise::result);
        awaitListener(promise);
        for (int i = 0; i < 1_000; i++) {
            LockSupport.unpark(waiter.thread);
        }
        assertThat(waiter.isDone()).isFalse();

        promise.setResult("value");

        assertThat(waiter.get()).isEqualTo("value");
    }

    @Test
    void timeout_doesNotDisturbTheTask() throws Exception {
        Promise<String> promise = new Promise<>();
        promise.setRunningOrNotifyCancel();
        assertThatThrownBy(() -> promise.result(Duration.ofMillis(1))).isExactlyInstanceOf(TimeoutException.class);
        assertThat(promise.isRunning()).isTrue();
        promise.setResult("value");
        assertThat(promise.result(Duration.ofMillis(1))).isEqualTo("value");
    }
}
