// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.FutureFixtures.awaitListener;
import static concurrent.futures.FutureFixtures.inBackground;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import concurrent.futures.FutureFixtures.Background;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an interrupt does to each of the calls that block. */
class FutureInterruptTest {
    private enum Call {
        RESULT {
            @Override
            Object on(Future<?> future) throws Exception {
                return future.result();
            }
        },
        RESULT_TIMED {
            @Override
            Object on(Future<?> future) throws Exception {
                return future.result(Duration.ofHours(1));
            }
        },
        EXCEPTION {
            @Override
            Object on(Future<?> future) throws Exception {
                return future.exception();
            }
        },
        EXCEPTION_TIMED {
            @Override
            Object on(Future<?> future) throws Exception {
                return future.exception(Duration.ofHours(1));
            }
        },
        GET {
            @Override
            Object on(Future<?> future) throws Exception {
                return future.get();
            }
        },
        GET_TIMED {
            @Override
            Object on(Future<?> future) throws Exception {
                return future.get(1, TimeUnit.HOURS);
            }
        };

        abstract Object on(Future<?> future) throws Exception;
    }

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void interruptedBefore_throwsAndClearsTheStatus(Call call) {
        Promise<String> promise = new Promise<>();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> call.on(promise)).isExactlyInstanceOf(InterruptedException.class);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(promise.word()).isSameAs(Pending.PENDING);
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void interruptedDuringTheWait_throwsClearsTheStatusAndLeavesNothingBehind(Call call) throws Exception {
        Promise<String> promise = new Promise<>();
        Background<Boolean> waiter = inBackground(() -> {
            assertThatThrownBy(() -> call.on(promise)).isExactlyInstanceOf(InterruptedException.class);
            return Thread.currentThread().isInterrupted();
        });
        awaitListener(promise);

        waiter.thread.interrupt();

        assertThat(waiter.get()).isFalse();
        assertThat(promise.word()).isSameAs(Pending.PENDING);
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void interruptedBefore_onADoneFuture_returnsAndKeepsTheStatus(Call call) throws Exception {
        Thread.currentThread().interrupt();

        Object outcome = call.on(Futures.completed("value"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome).isIn("value", null);
    }

    @Test
    void interruptedBefore_aPollThrows() {
        Promise<String> promise = new Promise<>();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> promise.result(Duration.ZERO)).isExactlyInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void join_interruptedBefore_throwsCancellationExceptionAndRestoresTheStatus() {
        Promise<String> promise = new Promise<>();
        Thread.currentThread().interrupt();

        Throwable thrown = catchThrowable(promise::join);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown)
                .isExactlyInstanceOf(CancellationException.class)
                .hasCauseExactlyInstanceOf(InterruptedException.class)
                .hasMessageContaining("interrupted")
                .hasMessageContaining(promise.toString());
        assertThat(promise.isCancelled()).isFalse();
        assertThat(promise.word()).isSameAs(Pending.PENDING);
    }

    @Test
    void join_interruptedDuringTheWait_throwsCancellationExceptionAndRestoresTheStatus() throws Exception {
        Promise<String> promise = new Promise<>();
        Background<Boolean> waiter = inBackground(() -> {
            assertThatThrownBy(promise::join).isExactlyInstanceOf(CancellationException.class);
            return Thread.currentThread().isInterrupted();
        });
        awaitListener(promise);

        waiter.thread.interrupt();

        assertThat(waiter.get()).isTrue();
        assertThat(promise.isDone()).isFalse();
        assertThat(promise.word()).isSameAs(Pending.PENDING);
    }

    @Test
    void join_ofACancelledFuture_doesNotTouchTheStatus() {
        Promise<String> promise = new Promise<>();
        promise.cancel();
        assertThatThrownBy(promise::join).isInstanceOf(CancellationException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void interrupt_ofOneWaiter_leavesTheOthersWaiting() throws Exception {
        Promise<String> promise = new Promise<>();
        Background<String> first = inBackground(promise::result);
        awaitListener(promise);
        Background<String> second = inBackground(promise::result);
        FutureFixtures.soon().until(() -> FutureFixtures.listeners(promise) == 2);

        first.thread.interrupt();
        assertThat(first.failure()).isExactlyInstanceOf(InterruptedException.class);
        promise.setResult("value");

        assertThat(second.get()).isEqualTo("value");
    }
}
