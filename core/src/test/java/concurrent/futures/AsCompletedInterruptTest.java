// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.ManyFutures.promises;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import concurrent.futures.ManyFutures.Background;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What cannot declare an {@code InterruptedException} restores the flag and throws {@code CancellationException}. */
class AsCompletedInterruptTest {
    @AfterEach
    void clearInterruptStatus() {
        Thread.interrupted();
    }

    @Test
    void take_interruptedBeforeOrMeanwhile_throws() {
        AsCompleted<Integer> completed = Futures.asCompleted(promises(1));
        Thread.currentThread().interrupt();
        assertThatThrownBy(completed::take).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();

        Background<Future<Integer>> taking = Background.start(completed::take);
        taking.awaitParked();
        taking.thread.interrupt();
        assertThatThrownBy(taking::get).isInstanceOf(InterruptedException.class);
    }

    @Test
    void poll_interruptedBeforeOrMeanwhile_throws() {
        AsCompleted<Integer> completed = Futures.asCompleted(promises(1));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> completed.poll(ManyFutures.LONG)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();

        Background<Future<Integer>> polling = Background.start(() -> completed.poll(ManyFutures.LONG));
        polling.awaitParked();
        polling.thread.interrupt();
        assertThatThrownBy(polling::get).isInstanceOf(InterruptedException.class);
    }

    @Test
    void take_interruptedAndTriedAgain_goesOn() throws Exception {
        Promise<Integer> promise = new Promise<>();
        AsCompleted<Integer> completed = Futures.asCompleted(List.of(promise));
        Thread.currentThread().interrupt();
        assertThatThrownBy(completed::take).isInstanceOf(InterruptedException.class);
        promise.setResult(1);
        assertThat(completed.take()).isSameAs(promise);
        assertThat(completed.hasMore()).isFalse();
    }

    @Test
    void iterator_interruptedWhileWaiting_restoresTheFlagAndThrowsCancellationException() throws Exception {
        Iterator<Future<Integer>> futures =
                Futures.<Integer>asCompleted(promises(1)).iterator();
        assertInterrupted(ignored -> futures.next());
    }

    @Test
    void iterator_withTimeout_isInterruptedTheSameWay() throws Exception {
        Iterator<Future<Integer>> futures = Futures.<Integer>asCompleted(promises(1), Duration.ofSeconds(40))
                .iterator();
        assertInterrupted(ignored -> futures.next());
    }

    @Test
    void stream_interruptedWhileWaiting_restoresTheFlagAndThrowsCancellationException() throws Exception {
        AsCompleted<Integer> completed = Futures.asCompleted(promises(1));
        assertInterrupted(ignored -> completed.stream().toList());
    }

    private static void assertInterrupted(Function<Object, Object> blocking) throws Exception {
        Background<Throwable> waiting = Background.start(() -> {
            Throwable thrown = catchThrowable(() -> blocking.apply(null));
            assertThat(Thread.currentThread().isInterrupted()).as("the flag").isTrue();
            return thrown;
        });
        waiting.awaitParked();
        waiting.thread.interrupt();
        assertThat(waiting.get())
                .isExactlyInstanceOf(CancellationException.class)
                .hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void iterator_afterAnInterrupt_goesOn() {
        Promise<Integer> promise = new Promise<>();
        Iterator<Future<Integer>> futures =
                Futures.<Integer>asCompleted(List.of(promise)).iterator();
        Thread.currentThread().interrupt();
        assertThatThrownBy(futures::next).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        promise.setResult(1);
        assertThat(futures.next()).isSameAs(promise);
    }
}
