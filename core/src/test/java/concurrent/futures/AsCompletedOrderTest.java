// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.ManyFutures.promises;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code asCompleted} yields the done ones first, then in completion order. */
class AsCompletedOrderTest {
    @Test
    void asCompleted_someAreDone_givesThoseOutFirstInTheOrderGiven() throws Exception {
        List<Promise<Integer>> promises = promises(6);
        promises.get(5).setResult(5);
        promises.get(1).cancel();
        promises.get(3).setException(new IOException());
        AsCompleted<Integer> completed = Futures.asCompleted(promises);
        promises.get(4).setResult(4);
        promises.get(0).setResult(0);
        promises.get(2).cancel();
        assertThat(completed)
                .containsExactly(
                        promises.get(1),
                        promises.get(3),
                        promises.get(5),
                        promises.get(4),
                        promises.get(0),
                        promises.get(2));
    }

    @Test
    void asCompleted_completedOneByOne_givesThemOutInThatOrder() throws Exception {
        long seed = System.nanoTime();
        List<Promise<Integer>> promises = promises(1_000);
        AsCompleted<Integer> completed = Futures.asCompleted(promises);
        List<Promise<Integer>> order = new ArrayList<>(promises);
        Collections.shuffle(order, new Random(seed));
        Random random = new Random(seed + 1);
        List<Future<Integer>> given = new ArrayList<>();
        for (Promise<Integer> promise : order) {
            promise.setResult(1);
            // Taken in batches of different sizes, since a batch is turned over as a whole.
            if (random.nextInt(3) == 0) {
                given.add(completed.take());
            }
        }
        completed.forEach(given::add);
        assertThat(given).as("seed %s", seed).containsExactlyElementsOf(order);
    }

    @Test
    void asCompleted_completedBetweenTakes_keepsTheOrder() throws Exception {
        List<Promise<Integer>> promises = promises(5);
        promises.get(0).setResult(0);
        AsCompleted<Integer> completed = Futures.asCompleted(promises);
        promises.get(3).setResult(3);
        assertThat(completed.take()).isSameAs(promises.get(0));
        promises.get(1).setResult(1);
        assertThat(completed.take()).isSameAs(promises.get(3));
        promises.get(4).setResult(4);
        promises.get(2).setResult(2);
        assertThat(completed.take()).isSameAs(promises.get(1));
        assertThat(completed.take()).isSameAs(promises.get(4));
        assertThat(completed.take()).isSameAs(promises.get(2));
        assertThat(completed.iterator().hasNext()).isFalse();
    }

    @Test
    void asCompleted_duplicates_areGivenOutOnce() {
        List<Promise<Integer>> promises = promises(2);
        promises.get(0).setResult(1);
        List<Promise<Integer>> repeated =
                List.of(promises.get(0), promises.get(1), promises.get(0), promises.get(1), promises.get(1));
        AsCompleted<Integer> completed = Futures.asCompleted(repeated);
        promises.get(1).setResult(2);
        assertThat(completed).containsExactlyElementsOf(promises);
    }

    @Test
    void asCompleted_empty_isExhausted() {
        assertThat(Futures.asCompleted(List.<Future<Integer>>of())).isEmpty();
    }

    /** bpo-31641: any iterable will do. */
    @Test
    void asCompleted_anIterableThatIsNoCollection_isReadOnceAndAtTheCall() {
        List<Future<Integer>> futures = List.of(Futures.completed(1), Futures.completed(2));
        int[] iterators = {0};
        Iterable<Future<Integer>> iterable = () -> {
            iterators[0]++;
            return futures.iterator();
        };
        AsCompleted<Integer> completed = Futures.asCompleted(iterable);
        assertThat(iterators[0]).isEqualTo(1);
        assertThat(completed).containsExactlyElementsOf(futures);
        assertThat(iterators[0]).isEqualTo(1);
    }

    @Test
    void asCompleted_futuresOfDifferentExecutorsAndPromises_mix() throws Exception {
        try (ThreadExecutor threads = new ThreadExecutor(2);
                VirtualThreadExecutor virtual = new VirtualThreadExecutor(2)) {
            Promise<Integer> promise = new Promise<>();
            List<Future<Integer>> futures =
                    List.of(threads.submit(() -> 1), promise, virtual.submit(() -> 2), Futures.completed(3));
            Set<Future<Integer>> given = new HashSet<>();
            AsCompleted<Integer> completed = Futures.asCompleted(futures);
            for (int i = 0; i < 3; i++) {
                given.add(completed.take());
            }
            assertThat(given).doesNotContain(promise);
            promise.setResult(4);
            assertThat(completed.take()).isSameAs(promise);
            given.add(promise);
            assertThat(given).containsExactlyInAnyOrderElementsOf(futures);
        }
    }

    @Test
    void asCompleted_failedFutures_areGivenOutAndNotThrown() throws Exception {
        Future<Integer> failed = Futures.failed(new IOException("failed"));
        assertThat(Futures.asCompleted(List.of(failed)).take()).isSameAs(failed);
    }
}
