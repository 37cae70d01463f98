// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the body of a task has really ended, which a future that was cancelled while it ran does not tell. */
@Timeout(30)
class FutureEndedTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancelledWhileItRuns_endsWhenItsBodyDoes(boolean mayInterrupt) throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            AtomicBoolean returned = new AtomicBoolean();
            Future<?> future = executor.submit(() -> {
                gate.passUninterruptibly();
                returned.set(true);
            });
            gate.awaitArrivals(1);
            Future<?> before = future.ended();
            future.cancel(mayInterrupt);
            Future<?> after = future.ended();
            assertThat(future.isDone()).isTrue();
            assertThatThrownBy(() -> after.result(Duration.ofMillis(5))).isInstanceOf(TimeoutException.class);
            assertThat(before.isDone()).isFalse();
            gate.open();
            before.result();
            assertThat(returned).isTrue();
            assertThat(after.result()).isNull();
            assertThat(future.ended().isDone()).isTrue();
        }
    }

    @Test
    void outOfTimeWhileItRuns_endsWhenItsBodyDoes() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            Future<?> future = executor.withTimeout(Duration.ofMillis(1)).submit(gate::passUninterruptibly);
            Future<?> before = future.ended();
            assertThat(future.exception()).isInstanceOf(TimeoutException.class);
            Future<?> after = future.ended();
            assertThatThrownBy(() -> after.result(Duration.ofMillis(5))).isInstanceOf(TimeoutException.class);
            assertThat(before.isDone()).isFalse();
            gate.open();
            before.result();
            after.result();
        }
    }

    @Test
    void cancelledBeforeItStarts_hasEndedAtOnce() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            executor.submit(gate::pass);
            Future<?> queued = executor.submit(() -> {});
            Future<?> ended = queued.ended();
            queued.cancel();
            assertThat(ended.isDone()).isTrue();
        }
    }

    @Test
    void finished_hasEndedWithTheFuture_whateverTheOutcome() throws Exception {
        Promise<String> promise = new Promise<>();
        Future<?> ended = promise.ended();
        assertThat(ended.isDone()).isFalse();
        promise.setException(new IOException());
        assertThat(ended.exception()).isNull();
        assertThat(Futures.completed(1).ended().isDone()).isTrue();
    }

    @Test
    void cancellingIt_stopsNothing() {
        Promise<String> promise = new Promise<>();
        promise.ended().cancel();
        assertThat(promise.isCancelled()).isFalse();
    }

    @Test
    void callbacks_areCalledWithoutTheInterruptOfTheTask() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            Future<?> future = executor.submit(() -> {
                gate.passUninterruptibly();
                Thread.currentThread().interrupt();
            });
            gate.awaitArrivals(1);
            Promise<Boolean> interrupted = new Promise<>();
            future.cancel(/* mayInterruptIfRunning= */ true);
            future.ended()
                    .addDoneCallback(
                            done -> interrupted.setResult(Thread.currentThread().isInterrupted()));
            gate.open();
            assertThat(interrupted.result()).isFalse();
        }
    }

    @Test
    void taskThatRunsElsewhere_endsWhenThatIsReported() throws Exception {
        try (ElsewhereExecutor executor = new ElsewhereExecutor(1);
                Gate gate = new Gate()) {
            Future<?> future = executor.submit(() -> {
                gate.passUninterruptibly();
                return null;
            });
            gate.awaitArrivals(1);
            future.cancel(/* mayInterruptIfRunning= */ true);
            assertThat(future.ended().isDone()).isFalse();
            gate.open();
            future.ended().result();
        }
    }
}
