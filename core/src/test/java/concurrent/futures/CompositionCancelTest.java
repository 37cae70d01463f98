// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cancelling a future that was made from another one cancels that one, if nobody else is interested in it. */
@Timeout(30)
class CompositionCancelTest {
    private final Promise<String> source = new Promise<>();

    @Test
    void cancel_ofTheOnlyOne_cancelsTheSource() {
        Future<Integer> first = source.thenApply(String::length);
        Future<Integer> last = first.thenApply(value -> value + 1);
        assertThat(last.cancel()).isTrue();
        assertThat(first.isCancelled()).isTrue();
        assertThat(source.isCancelled()).isTrue();
    }

    @Test
    void cancel_ofOneOfTwo_leavesTheSource_ofTheOther_cancelsIt() {
        Future<Integer> one = source.thenApply(String::length);
        Future<Integer> other = source.thenApply(String::length);
        one.cancel();
        assertThat(source.isCancelled()).isFalse();
        other.cancel();
        assertThat(source.isCancelled()).isTrue();
    }

    @Test
    void cancel_leavesASource_withACallback() {
        source.addDoneCallback(done -> {});
        source.thenApply(String::length).cancel(true);
        assertThat(source.isCancelled()).isFalse();
    }

    @Test
    void cancel_leavesASource_forWhichSomebodyWaits() throws Exception {
        FutureFixtures.Background<String> waiter = FutureFixtures.inBackground(source::result);
        Eventually.await().until(() -> source.word() instanceof Listening);
        source.thenApply(String::length).cancel(true);
        assertThat(source.isCancelled()).isFalse();
        source.setResult("value");
        assertThat(waiter.get()).isEqualTo("value");
    }

    @Test
    void cancel_goesOnByTheSameKind() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            AtomicBoolean interrupted = new AtomicBoolean();
            Future<?> running =
                    executor.submit(() -> interrupted.set(gate.passUninterruptibly() | Thread.interrupted()));
            gate.awaitArrivals(1);
            // Python's cancel stops nothing that runs.
            assertThat(running.thenApply(value -> 1).cancel()).isTrue();
            assertThat(running.isRunning()).isTrue();
            assertThat(running.thenApply(value -> 1).cancel(/* mayInterruptIfRunning= */ false))
                    .isTrue();
            assertThat(running.isCancelled()).isTrue();
            gate.open();
            executor.close();
            assertThat(interrupted).isFalse();
        }
    }

    @Test
    void cancel_withInterrupt_interruptsTheSource() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            Promise<Boolean> interrupted = new Promise<>();
            Future<?> running =
                    executor.submit(() -> interrupted.setResult(gate.passUninterruptibly() | Thread.interrupted()));
            gate.awaitArrivals(1);
            running.thenApply(value -> 1).cancel(/* mayInterruptIfRunning= */ true);
            gate.open();
            assertThat(interrupted.result()).isTrue();
        }
    }

    @Test
    void cancel_whileTheSecondFutureIsAwaited_cancelsThat() {
        Promise<Integer> second = new Promise<>();
        Future<Integer> composed = source.thenCompose(value -> second);
        source.setResult("value");
        composed.cancel();
        assertThat(second.isCancelled()).isTrue();
    }

    @Test
    void cancel_whileTheFunctionRunsOnAnExecutorOfOurs_interruptsIt() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            Promise<Boolean> interrupted = new Promise<>();
            Future<Boolean> derived = source.thenApply(
                    value -> {
                        interrupted.setResult(gate.passUninterruptibly() | Thread.interrupted());
                        return true;
                    },
                    executor);
            source.setResult("value");
            gate.awaitArrivals(1);
            derived.cancel(/* mayInterruptIfRunning= */ true);
            gate.open();
            assertThat(interrupted.result()).isTrue();
            assertThat(derived.isCancelled()).isTrue();
        }
    }

    @Test
    void functionOfACancelledFuture_doesNotRun() {
        AtomicBoolean ran = new AtomicBoolean();
        source.addDoneCallback(done -> {});
        Future<Boolean> derived = source.thenApply(value -> ran.getAndSet(true));
        derived.cancel();
        source.setResult("value");
        assertThat(ran).isFalse();
    }

    @Test
    void shield_keepsTheSource() throws Exception {
        Future<String> shield = Futures.shield(source);
        Future<Integer> length = shield.thenApply(String::length);
        length.cancel(/* mayInterruptIfRunning= */ true);
        assertThat(shield.isCancelled()).isTrue();
        assertThat(source.isCancelled()).isFalse();
        source.setResult("value");
        assertThat(Futures.shield(source).result()).isEqualTo("value");
    }

    @Test
    void shield_thatIsPending_keepsTheSourceFromBeingCancelledThroughOthers() {
        Future<String> shield = Futures.shield(source);
        source.thenApply(String::length).cancel();
        assertThat(source.isCancelled()).isFalse();
        source.cancel();
        assertThat(shield.isCancelled()).isTrue();
    }

    @Test
    void dependentsThatAreCancelledOrTimedOut_leaveNothingOnALongLivedSource() {
        source.addDoneCallback(done -> {});
        Object before = source.word();
        for (int i = 0; i < 10_000; i++) {
            Future<Integer> dependent = source.thenApply(String::length);
            assertThatThrownBy(() -> dependent.result(Duration.ZERO)).isInstanceOf(TimeoutException.class);
            dependent.cancel();
        }
        assertThat(FutureFixtures.listeners(source)).isEqualTo(1);
        assertThat(before).isInstanceOf(Listening.class);
    }

    @Test
    void taskThatIsRunByWhoeverWaitsForIt_isWanted() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            Promise<Future<String>> inner = new Promise<>();
            Future<String> outer = executor.submit(() -> {
                Future<String> nested = executor.submit(() -> {
                    gate.pass();
                    return "nested";
                });
                inner.setResult(nested);
                return nested.result();
            });
            gate.awaitArrivals(1);
            inner.result().thenApply(String::length).cancel(/* mayInterruptIfRunning= */ true);
            gate.open();
            assertThat(outer.result()).isEqualTo("nested");
        }
    }
}
