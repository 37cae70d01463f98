// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.ManyFutures.promises;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.ManyFutures.Background;
import concurrent.futures.ManyFutures.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** An iteration leaves nothing on the futures once it is closed. */
class AsCompletedCloseTest {
    @Test
    void close_leavesNothingOnTheFuturesAndDoesNotCancelThem() throws Exception {
        List<Promise<Integer>> promises = promises(3);
        promises.get(0).setResult(1);
        AsCompleted<Integer> completed = Futures.asCompleted(promises);
        assertThat(ManyFutures.isBare(promises.get(1))).isFalse();
        completed.take();
        completed.close();
        ManyFutures.assertBare(promises);
        assertThat(promises.get(1).isDone()).isFalse();
    }

    @Test
    void close_nothingIsGivenOutAnyMore() throws Exception {
        List<Promise<Integer>> promises = promises(4);
        promises.get(0).setResult(1);
        AsCompleted<Integer> completed = Futures.asCompleted(promises);
        promises.get(1).setResult(1);
        Iterator<Future<Integer>> futures = completed.iterator();
        completed.close();
        promises.get(2).setResult(1);
        assertThat(futures.hasNext()).isFalse();
        assertThatThrownBy(futures::next).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(completed::take).isInstanceOf(NoSuchElementException.class);
        assertThat(completed.poll(ManyFutures.LONG)).isNull();
        assertThat(completed.stream()).isEmpty();
    }

    @Test
    void close_addLater_throwsAndListensToNothing() {
        AsCompleted<Integer> completed = Futures.asCompleted(List.of());
        completed.close();
        Promise<Integer> promise = new Promise<>();
        assertThatThrownBy(() -> completed.add(promise)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> completed.add(Futures.completed(1))).isInstanceOf(IllegalStateException.class);
        assertThat(ManyFutures.isBare(promise)).isTrue();
        assertThat(completed.iterator().hasNext()).isFalse();
    }

    @Test
    void close_twice_isOnce() {
        List<Promise<Integer>> promises = promises(1);
        AsCompleted<Integer> completed = Futures.asCompleted(promises);
        completed.close();
        completed.close();
        ManyFutures.assertBare(promises);
    }

    @Test
    void close_consumersAreParked_releasesThem() throws Exception {
        List<Promise<Integer>> promises = promises(2);
        AsCompleted<Integer> completed = Futures.asCompleted(promises, ManyFutures.LONG);
        Background<Future<Integer>> taking = Background.start(completed::take);
        Background<Future<Integer>> polling = Background.start(() -> completed.poll(Duration.ofSeconds(40)));
        Background<Future<Integer>> iterating = Background.start(completed.iterator()::next);
        taking.awaitParked();
        polling.awaitParked();
        iterating.awaitParked();
        completed.close();
        assertThatThrownBy(taking::get).isInstanceOf(NoSuchElementException.class);
        assertThat(polling.get()).isNull();
        assertThatThrownBy(iterating::get).isInstanceOf(NoSuchElementException.class);
        ManyFutures.assertBare(promises);
    }

    @Test
    void close_byTryWithResourcesAndBreak_leavesNothing() {
        List<Promise<Integer>> promises = promises(3);
        promises.get(2).setResult(1);
        try (AsCompleted<Integer> completed = Futures.asCompleted(promises)) {
            for (Future<Integer> future : completed) {
                assertThat(future).isSameAs(promises.get(2));
                break;
            }
        }
        ManyFutures.assertBare(promises);
    }

    @Test
    void close_ofTheStream_closesTheIteration() {
        List<Promise<Integer>> promises = promises(2);
        promises.get(1).setResult(1);
        AsCompleted<Integer> completed = Futures.asCompleted(promises);
        try (var futures = completed.stream()) {
            assertThat(futures.findFirst()).containsSame(promises.get(1));
        }
        assertThat(completed.iterator().hasNext()).isFalse();
        ManyFutures.assertBare(promises);
    }

    @Test
    void close_duringAForLoop_endsIt() {
        List<Promise<Integer>> promises = promises(3);
        promises.forEach(promise -> promise.setResult(1));
        List<Future<Integer>> given = new ArrayList<>();
        AsCompleted<Integer> completed = Futures.asCompleted(promises);
        for (Future<Integer> future : completed) {
            given.add(future);
            completed.close();
        }
        assertThat(given).containsExactly(promises.get(0));
    }

    /** The future is done when it is closed, but its listeners have not all been told: an older one holds that up. */
    @Test
    void close_whileAFutureTellsItsListeners_givesNothingOutAfterwards() throws Exception {
        try (Gate gate = new Gate()) {
            Promise<Integer> promise = new Promise<>();
            Promise<Integer> pending = new Promise<>();
            promise.listen(new Slow(gate));
            AsCompleted<Integer> completed = Futures.asCompleted(List.of(promise, pending));
            Background<Void> completing = Background.start(() -> {
                promise.setResult(1);
                return null;
            });
            gate.awaitEntered(1);
            completed.close();
            gate.open();
            completing.get();
            assertThat(completed.poll(Duration.ZERO)).isNull();
            assertThatThrownBy(completed::take).isInstanceOf(NoSuchElementException.class);
        }
    }

    private static final class Slow extends Listener {
        private final Gate gate;

        Slow(Gate gate) {
            this.gate = gate;
        }

        @Override
        void done(Future<?> future) throws InterruptedException {
            gate.pass();
        }
    }

    @Test
    void close_whileFuturesAreCompleted_leavesNothingAndNobodyHangs() throws Exception {
        for (int round = 0; round < 500; round++) {
            List<Promise<Integer>> promises = promises(20);
            AsCompleted<Integer> completed = Futures.asCompleted(promises);
            CyclicBarrier barrier = new CyclicBarrier(3);
            Background<Void> completing = Background.start(() -> {
                barrier.await();
                for (Promise<Integer> promise : promises.subList(0, 10)) {
                    promise.setResult(1);
                }
                return null;
            });
            Background<Integer> consuming = Background.start(() -> {
                barrier.await();
                int count = 0;
                try {
                    for (Future<Integer> future : completed) {
                        assertThat(future.isDone()).isTrue();
                        count++;
                    }
                } catch (NoSuchElementException closedMeanwhile) {
                    // The iteration had more when it was asked.
                }
                return count;
            });
            barrier.await();
            completed.close();
            completing.get();
            assertThat(consuming.get()).isLessThanOrEqualTo(10);
            ManyFutures.assertBare(promises);
        }
    }

    @Test
    void add_ofTheSameToAClosedOne_isRefusedEachTime() {
        AsCompleted<Integer> completed = Futures.asCompleted(List.of());
        completed.close();
        Promise<Integer> promise = new Promise<>();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> completed.add(promise)).isInstanceOf(IllegalStateException.class);
        }
    }
}
