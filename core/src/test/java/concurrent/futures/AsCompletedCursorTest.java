// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.ManyFutures.promises;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.ManyFutures.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** All ways to take from an {@code AsCompleted} share one cursor, and it accepts more futures while it runs. */
class AsCompletedCursorTest {
    @Test
    void takePollIteratorStream_shareOneCursor() throws Exception {
        List<Promise<Integer>> promises = promises(6);
        promises.forEach(promise -> promise.setResult(1));
        AsCompleted<Integer> completed = Futures.asCompleted(promises);
        Iterator<Future<Integer>> first = completed.iterator();
        Iterator<Future<Integer>> second = completed.iterator();
        assertThat(first.next()).isSameAs(promises.get(0));
        assertThat(completed.take()).isSameAs(promises.get(1));
        assertThat(second.next()).isSameAs(promises.get(2));
        assertThat(completed.poll(Duration.ZERO)).isSameAs(promises.get(3));
        assertThat(completed.stream().limit(1).toList()).containsExactly(promises.get(4));
        assertThat(first.next()).isSameAs(promises.get(5));
        assertThat(first.hasNext()).isFalse();
        assertThat(second.hasNext()).isFalse();
        assertThat(completed.stream()).isEmpty();
    }

    @Test
    void hasNext_nothingIsDone_tellsAtOnceThatThereWillBe() {
        Iterator<Future<Integer>> futures =
                Futures.<Integer>asCompleted(promises(1)).iterator();
        assertThat(futures.hasNext()).isTrue();
        assertThat(futures.hasNext()).isTrue();
    }

    @Test
    void iterator_remove_isNotSupported() {
        Iterator<Future<Integer>> futures =
                Futures.asCompleted(List.of(Futures.completed(1))).iterator();
        futures.next();
        assertThatThrownBy(futures::remove).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void exhausted_takeThrowsPollGivesNullIteratorEnds() throws Exception {
        AsCompleted<Integer> completed = Futures.asCompleted(List.of(Futures.completed(1)));
        Iterator<Future<Integer>> futures = completed.iterator();
        futures.next();
        assertThatThrownBy(completed::take).isInstanceOf(NoSuchElementException.class);
        assertThat(completed.poll(ManyFutures.LONG)).isNull();
        assertThat(completed.poll(Duration.ZERO)).isNull();
        assertThat(futures.hasNext()).isFalse();
        assertThatThrownBy(futures::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void add_exhausted_revives() throws Exception {
        AsCompleted<Integer> completed = Futures.asCompleted(List.of());
        Iterator<Future<Integer>> futures = completed.iterator();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(completed::take).isInstanceOf(NoSuchElementException.class);
            assertThat(futures.hasNext()).isFalse();
            Promise<Integer> promise = new Promise<>();
            completed.add(promise);
            assertThat(futures.hasNext()).isTrue();
            assertThat(completed.poll(Duration.ZERO)).isNull();
            promise.setResult(1);
            assertThat(futures.next()).isSameAs(promise);
        }
    }

    @Test
    void add_doneFuture_comesAfterThoseThatWereDoneBefore() throws Exception {
        List<Promise<Integer>> promises = promises(3);
        promises.get(0).setResult(0);
        AsCompleted<Integer> completed = Futures.asCompleted(promises);
        promises.get(2).setResult(2);
        Future<Integer> added = Futures.completed(3);
        completed.add(added);
        promises.get(1).setResult(1);
        assertThat(completed).containsExactly(promises.get(0), promises.get(2), added, promises.get(1));
    }

    @Test
    void add_waitedForAlready_isNotAddedAgain() throws Exception {
        Promise<Integer> promise = new Promise<>();
        AsCompleted<Integer> completed = Futures.asCompleted(List.of(promise));
        completed.add(promise);
        promise.setResult(1);
        completed.add(promise);
        assertThat(completed.take()).isSameAs(promise);
        assertThat(completed.iterator().hasNext()).isFalse();
    }

    @Test
    void add_givenOutBefore_isGivenOutAgain() throws Exception {
        Future<Integer> future = Futures.completed(1);
        AsCompleted<Integer> completed = Futures.asCompleted(List.of(future));
        completed.take();
        completed.add(future);
        assertThat(completed.take()).isSameAs(future);
    }

    @Test
    void add_duringTheIteration_isPartOfIt() {
        List<Future<Integer>> given = new ArrayList<>();
        AsCompleted<Integer> completed = Futures.asCompleted(List.of(Futures.completed(0)));
        for (Future<Integer> future : completed) {
            given.add(future);
            if (given.size() < 100) {
                completed.add(Futures.completed(given.size()));
            }
        }
        assertThat(given.stream().map(Future::resultNow).toList()).hasSize(100).isSorted();
    }

    @Test
    void add_fromAnotherThreadWhileAConsumerIsParked_wakesItForADoneFuture() throws Exception {
        AsCompleted<Integer> completed = Futures.asCompleted(promises(1));
        Background<Future<Integer>> taking = Background.start(completed::take);
        taking.awaitParked();
        Future<Integer> added = Futures.completed(1);
        completed.add(added);
        assertThat(taking.get()).isSameAs(added);
    }

    @Test
    void add_fromAnotherThreadWhileAConsumerIsParked_givesItOutWhenCompleted() throws Exception {
        AsCompleted<Integer> completed = Futures.asCompleted(promises(1));
        Background<Future<Integer>> taking = Background.start(completed::take);
        taking.awaitParked();
        Promise<Integer> added = new Promise<>();
        completed.add(added);
        taking.assertStaysParked();
        added.setResult(1);
        assertThat(taking.get()).isSameAs(added);
    }

    /** Reviving races with looking: what is exhausted may be revived before take has told so, but no time is over. */
    @Test
    void take_revivedAtTheSameTime_throwsNoSuchElementOrGivesTheFuture() throws Exception {
        long seed = System.nanoTime();
        AsCompleted<Integer> completed = Futures.asCompleted(List.of());
        Background<Integer> adding = Background.start(() -> addWheneverExhausted(completed, new Random(seed)));
        int taken = 0;
        while (!adding.isDone() || completed.hasMore()) {
            try {
                completed.take();
                taken++;
            } catch (NoSuchElementException exhausted) {
                Thread.onSpinWait();
            }
        }
        assertThat(taken).as("seed %s", seed).isEqualTo(adding.get());
    }

    private static int addWheneverExhausted(AsCompleted<Integer> completed, Random random) {
        long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        int added = 0;
        while (System.nanoTime() - end < 0) {
            if (completed.hasMore()) {
                Thread.yield();
                continue;
            }
            // From one look of the consumer to the next, it is anywhere.
            for (int spins = random.nextInt(60); spins > 0; spins--) {
                Thread.onSpinWait();
            }
            completed.add(Futures.completed(added++));
        }
        return added;
    }

    @Test
    void stream_isSequentialAndLazyAndTakesFuturesAsTheyArrive() throws Exception {
        List<Promise<Integer>> promises = promises(3);
        AsCompleted<Integer> completed = Futures.asCompleted(promises);
        promises.get(1).setResult(1);
        assertThat(completed.stream().isParallel()).isFalse();
        assertThat(completed.stream().map(Future::join).findFirst()).hasValue(1);
        Background<List<Integer>> rest =
                Background.start(() -> completed.stream().map(Future::join).toList());
        rest.awaitParked();
        promises.get(2).setResult(2);
        rest.awaitParked();
        promises.get(0).setResult(0);
        assertThat(rest.get()).containsExactly(2, 0);
    }

    /** Many come and go beside a few that stay, so that the list of listeners is made shorter again and again. */
    @Test
    void add_ofManyBesideSomeThatStay_losesNone() throws Exception {
        List<Promise<Integer>> staying = promises(3);
        AsCompleted<Integer> completed = Futures.asCompleted(staying);
        for (int i = 0; i < 1_000; i++) {
            Promise<Integer> passing = new Promise<>();
            completed.add(passing);
            completed.add(staying.get(i % 3));
            passing.setResult(i);
            assertThat(completed.take()).isSameAs(passing);
        }
        for (Promise<Integer> promise : List.of(staying.get(2), staying.get(0), staying.get(1))) {
            promise.setResult(0);
            assertThat(completed.take()).isSameAs(promise);
        }
        assertThat(completed.hasMore()).isFalse();
    }
}
