// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A future that was made from others keeps nothing once it is done, and leaves nothing behind once it is cancelled. */
@Timeout(30)
class CompositionMemoryTest {
    private final Promise<Object> source = new Promise<>();

    @Test
    void functionOfADoneFuture_canBeCollected() {
        AtomicReference<Future<?>> derived = new AtomicReference<>();
        WeakReference<Object> captured = Garbage.reference(object -> derived.set(source.thenApply(value -> {
            Reference.reachabilityFence(object);
            return 1;
        })));
        source.setResult(0);
        Garbage.awaitCollected(captured);
        Reference.reachabilityFence(derived);
    }

    @Test
    void functionOfACancelledFuture_canBeCollected_whileOthersAreLeftOnTheSource() {
        AtomicReference<Future<?>> derived = new AtomicReference<>();
        WeakReference<Object> captured = Garbage.reference(object -> derived.set(source.thenApply(value -> {
            Reference.reachabilityFence(object);
            return 1;
        })));
        Future<Object> newer = source.thenApply(value -> value);
        derived.get().cancel();
        Garbage.awaitCollected(captured);
        Reference.reachabilityFence(derived);
        Reference.reachabilityFence(newer);
    }

    @Test
    void executorOfTheFunction_canBeCollected() throws Exception {
        AtomicReference<Future<?>> derived = new AtomicReference<>();
        WeakReference<ThreadExecutor> executor = applyOnAnExecutor(derived);
        source.setResult(0);
        derived.get().result();
        Garbage.awaitCollected(executor);
        Reference.reachabilityFence(derived);
    }

    private WeakReference<ThreadExecutor> applyOnAnExecutor(AtomicReference<Future<?>> derived) {
        @SuppressWarnings("resource") // Nobody closes it.
        ThreadExecutor executor = new ThreadExecutor(1);
        derived.set(source.thenApply(value -> 1, executor));
        return new WeakReference<>(executor);
    }

    @Test
    void losers_canBeCollected() {
        Promise<Object> winner = new Promise<>();
        AtomicReference<Future<?>> any = new AtomicReference<>();
        WeakReference<Object> loser =
                Garbage.reference(object -> any.set(Futures.any(List.of(winner, source.thenApply(value -> object)))));
        winner.setResult(0);
        Garbage.awaitCollected(loser);
        Reference.reachabilityFence(any);
    }

    @Test
    void endOfATask_thatNobodyAwaitsAnyMore_isForgotten_andNeverCounts() {
        Future<Object> derived = source.thenApply(value -> value);
        Future<?> pending = source.ended();
        WeakReference<Object> ended = Garbage.reference(object -> {
            Future<?> end = source.ended();
            end.addDoneCallback(done -> Reference.reachabilityFence(object));
            end.cancel();
        });
        Garbage.awaitCollected(ended);
        derived.cancel(/* mayInterruptIfRunning= */ true);
        org.assertj.core.api.Assertions.assertThat(source.isCancelled()).isTrue();
        org.assertj.core.api.Assertions.assertThat(pending.isDone()).isTrue();
    }
}
