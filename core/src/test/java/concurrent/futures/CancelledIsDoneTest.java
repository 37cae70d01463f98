// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.ManyFutures.Background;
import concurrent.futures.ManyFutures.Gate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cancelled future is done for {@code await} and {@code asCompleted}, at once. */
class CancelledIsDoneTest {
    /** gh-109934: Python's {@code wait} returns it as not done. */
    @ParameterizedTest
    @EnumSource
    void await_cancelledFuture_isDone(ReturnWhen returnWhen) throws InterruptedException {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            executor.submit(gate::pass);
            gate.awaitEntered(1);
            Future<Integer> queued = executor.submit(() -> 1);
            queued.cancel();
            assertThat(queued.status()).isEqualTo(Future.Status.CANCELLED);
            DoneAndNotDone<Integer> split = Futures.await(List.of(queued), returnWhen);
            assertThat(split.done()).containsExactly(queued);
            assertThat(split.notDone()).isEmpty();
        }
    }

    /** gh-92001: Python's {@code wait} hangs on it, because no worker comes across it. */
    @Test
    void await_cancelledWhileWaiting_returnsThoughNoWorkerHasNoticed() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            executor.submit(gate::pass);
            gate.awaitEntered(1);
            Future<Integer> queued = executor.submit(() -> 1);
            Background<DoneAndNotDone<Integer>> waiting =
                    Background.start(() -> Futures.<Integer>await(List.of(queued)));
            waiting.awaitParked();
            queued.cancel();
            assertThat(waiting.get().done()).containsExactly(queued);
            assertThat(queued.status()).isEqualTo(Future.Status.CANCELLED);
        }
    }

    @Test
    void await_promiseCancelledThatNobodyServes_returns() throws Exception {
        Promise<Integer> promise = new Promise<>();
        Background<DoneAndNotDone<Integer>> waiting = Background.start(() -> Futures.<Integer>await(List.of(promise)));
        waiting.awaitParked();
        promise.cancel();
        assertThat(waiting.get().done()).containsExactly(promise);
    }

    /** gh-87893: Python's {@code as_completed} never yields what {@code shutdown(cancel_futures=True)} cancelled. */
    @Test
    void asCompleted_shutdownThatCancelsPending_givesOutEveryFuture() throws Exception {
        List<Future<Integer>> futures = new ArrayList<>();
        List<Future<Integer>> given = new ArrayList<>();
        try (ThreadExecutor executor = new ThreadExecutor(2);
                Gate gate = new Gate()) {
            for (int i = 0; i < 100; i++) {
                futures.add(executor.submit(() -> gate.passWith(1)));
            }
            gate.awaitEntered(2);
            AsCompleted<Integer> completed = Futures.asCompleted(futures);
            executor.shutdown(/* cancelPending= */ true);
            for (int i = 0; i < 98; i++) {
                given.add(completed.take());
            }
            assertThat(given).allMatch(Future::isCancelled);
            gate.open();
            completed.forEach(given::add);
        }
        assertThat(given).containsExactlyInAnyOrderElementsOf(futures);
        assertThat(given.subList(98, 100)).noneMatch(Future::isCancelled);
    }

    @Test
    void asCompleted_shutdownThatCancelsPendingWhileAConsumerWaits_endsTheIteration() throws Exception {
        List<Future<Integer>> futures = new ArrayList<>();
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            for (int i = 0; i < 50; i++) {
                futures.add(executor.submit(() -> gate.passWith(1)));
            }
            gate.awaitEntered(1);
            Background<List<Future<Integer>>> iterating = Background.start(() -> {
                List<Future<Integer>> given = new ArrayList<>();
                Futures.<Integer>asCompleted(futures).forEach(given::add);
                return given;
            });
            iterating.awaitParked();
            executor.shutdownNow();
            assertThat(iterating.get()).containsExactlyInAnyOrderElementsOf(futures);
        }
    }

    @Test
    void asCompleted_cancelledDuringTheIteration_isGivenOut() throws Exception {
        List<Promise<Integer>> promises = ManyFutures.promises(4);
        AsCompleted<Integer> completed = Futures.asCompleted(promises);
        promises.get(3).setResult(1);
        List<Future<Integer>> given = new ArrayList<>();
        for (Future<Integer> future : completed) {
            given.add(future);
            int next = 3 - given.size();
            if (next >= 0) {
                promises.get(next).cancel();
            }
        }
        assertThat(given).containsExactly(promises.get(3), promises.get(2), promises.get(1), promises.get(0));
    }

    @Test
    void asCompleted_runningOneCancelled_isGivenOutThoughItsBodyGoesOn() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            Future<Integer> running = executor.submit(() -> gate.passWith(1));
            gate.awaitEntered(1);
            AsCompleted<Integer> completed = Futures.asCompleted(List.of(running));
            running.cancel(/* mayInterruptIfRunning= */ false);
            assertThat(completed.take()).isSameAs(running);
        }
    }
}
