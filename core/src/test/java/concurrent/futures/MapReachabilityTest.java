// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.ManyFutures.Counted;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A map keeps its executor usable while there is something to ask for, and keeps nothing that it has given out. */
class MapReachabilityTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void executorReachableOnlyThroughTheMap_stillYieldsEverything(boolean unordered) {
        MapOptions options = unordered ? MapOptions.defaults().unordered() : MapOptions.defaults();
        for (int round = 0; round < 3; round++) {
            int sum = new ThreadExecutor(2)
                    .map(MapReachabilityTest::collectingNowAndThen, Counted.upTo(1_000), options)
                    .mapToInt(i -> i)
                    .sum();
            assertThat(sum).isEqualTo(499_500);
        }
    }

    private static int collectingNowAndThen(int item) {
        if (item % 100 == 0) {
            System.gc();
        }
        return item;
    }

    @Test
    void executorReachableOnlyThroughTheIterator_stillTakesWork() {
        Iterator<Integer> results =
                new ThreadExecutor(2).map(i -> i, Counted.upTo(300)).iterator();
        for (int i = 0; i < 300; i++) {
            if (i % 30 == 0) {
                System.gc();
            }
            assertThat(results.next()).isEqualTo(i);
        }
        assertThat(results.hasNext()).isFalse();
    }

    static Stream<MapOptions> options() {
        MapOptions defaults = MapOptions.defaults();
        return Stream.of(defaults, defaults.unordered(), defaults.chunkSize(4));
    }

    @ParameterizedTest
    @MethodSource("options")
    void resultGivenOut_isNotKept(MapOptions options) {
        try (ThreadExecutor executor = new ThreadExecutor(2);
                Stream<Object> results = executor.map(i -> new Object(), Counted.infinite(), options)) {
            Iterator<Object> iterator = results.iterator();
            iterator.next();
            WeakReference<Object> given = new WeakReference<>(iterator.next());
            ManyFutures.awaitCollected(given);
            assertThat(iterator.hasNext()).isTrue();
        }
    }

    @Test
    void closedStream_keepsNoResult() {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            Object[] results = new Object[10];
            Stream<Object> stream = executor.map(i -> results[i] = new Object(), Counted.upTo(10));
            ManyFutures.eventually().until(() -> executor.completedTasks() == 10);
            WeakReference<Object> last = new WeakReference<>(results[9]);
            Arrays.fill(results, null);
            stream.close();
            ManyFutures.awaitCollected(last);
            Reference.reachabilityFence(stream);
        }
    }

    @Test
    void executorOfAnAbandonedMap_isCollectedAndItsWorkersEnd() {
        WeakReference<Object> executor = mapAndForget();
        ManyFutures.awaitCollected(executor);
    }

    @Test
    void executorOfAMapThatHasReadItsInput_isCollectedBeforeItsResultsAreAskedFor() {
        AtomicReference<Iterator<Integer>> results = new AtomicReference<>();
        WeakReference<Object> executor = mapAndKeepOnly(results);
        ManyFutures.awaitCollected(executor);
        assertThat(results.get()).toIterable().containsExactlyElementsOf(Counted.upTo(10));
    }

    private static WeakReference<Object> mapAndKeepOnly(AtomicReference<Iterator<Integer>> results) {
        ThreadExecutor executor = new ThreadExecutor(2);
        results.set(executor.map(i -> i, Counted.upTo(10)).iterator());
        return new WeakReference<>(executor);
    }

    private static WeakReference<Object> mapAndForget() {
        ThreadExecutor executor = new ThreadExecutor(2);
        Iterator<Integer> results = executor.map(i -> i, Counted.infinite()).iterator();
        assertThat(results.next()).isZero();
        return new WeakReference<>(executor);
    }
}
