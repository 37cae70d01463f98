// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.ManyFutures.Counted;
import concurrent.futures.ManyFutures.Gate;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code map} yields in input order, or in completion order: {@code unordered()}. */
class MapOrderTest {
    private static final MapOptions UNORDERED = MapOptions.defaults().unordered();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 10_000})
    void map_yieldsInInputOrder(int size) {
        try (ThreadExecutor executor = new ThreadExecutor(4)) {
            List<Integer> items = IntStream.range(0, size).boxed().toList();
            assertThat(executor.map(i -> 3 * i, items).toList())
                    .containsExactlyElementsOf(items.stream().map(i -> 3 * i).toList());
        }
    }

    @Test
    void map_laterItemsAreDoneFirst_yieldsInInputOrder() {
        try (ThreadExecutor executor = new ThreadExecutor(3)) {
            CountDownLatch[] done = {new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1)};
            Stream<Integer> results = executor.map(
                    i -> {
                        if (i < 2) {
                            done[i + 1].await();
                        }
                        done[i].countDown();
                        return i;
                    },
                    List.of(0, 1, 2));
            assertThat(results.toList()).containsExactly(0, 1, 2);
        }
    }

    @Test
    void unordered_yieldsInCompletionOrder() {
        try (ThreadExecutor executor = new ThreadExecutor(3)) {
            Map<Integer, CountDownLatch> gates =
                    Map.of(0, new CountDownLatch(1), 1, new CountDownLatch(1), 2, new CountDownLatch(1));
            Iterator<Integer> results = executor.map(
                            i -> {
                                gates.get(i).await();
                                return i;
                            },
                            List.of(0, 1, 2),
                            UNORDERED)
                    .iterator();
            for (int next : new int[] {2, 0, 1}) {
                gates.get(next).countDown();
                assertThat(results.next()).isEqualTo(next);
            }
            assertThat(results.hasNext()).isFalse();
        }
    }

    @Test
    void unordered_yieldsEachOnce() {
        try (ThreadExecutor executor = new ThreadExecutor(4)) {
            Map<Integer, Long> counts = executor.map(i -> i, Counted.upTo(20_000), UNORDERED)
                    .collect(Collectors.groupingBy(i -> i, Collectors.counting()));
            assertThat(counts)
                    .hasSize(20_000)
                    .allSatisfy((item, count) -> assertThat(count).isOne());
        }
    }

    @Test
    void unordered_oneSlowItem_doesNotHoldUpTheOthers() {
        try (ThreadExecutor executor = new ThreadExecutor(2);
                Gate gate = new Gate()) {
            Iterator<Integer> results = executor.map(
                            i -> i == 0 ? gate.passWith(i) : i, Counted.upTo(1_000), UNORDERED.bufferSize(4))
                    .iterator();
            for (int i = 1; i < 1_000; i++) {
                assertThat(results.next()).isNotZero();
            }
            gate.open();
            assertThat(results.next()).isZero();
            assertThat(results.hasNext()).isFalse();
        }
    }

    @Test
    void map_nullResultsAndNullItems_areItemsLikeAllOthers() {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            List<String> items = Arrays.asList("a", null, "b", null);
            assertThat(executor.map(item -> item, items).toList()).containsExactly("a", null, "b", null);
            assertThat(executor.map(item -> null, items).toList()).containsExactly(null, null, null, null);
            assertThat(executor.map(item -> item, items, UNORDERED).toList())
                    .containsExactlyInAnyOrder("a", null, "b", null);
            assertThat(executor.map(item -> item, items, MapOptions.defaults().chunkSize(3))
                            .toList())
                    .containsExactly("a", null, "b", null);
        }
    }

    @Test
    void map_appliesTheFunctionOnceToEachItem() {
        Map<Integer, Integer> applied = new ConcurrentHashMap<>();
        try (ThreadExecutor executor = new ThreadExecutor(4)) {
            assertThat(executor.map(i -> applied.merge(i, 1, Integer::sum), Counted.upTo(5_000)))
                    .hasSize(5_000);
        }
        assertThat(applied)
                .hasSize(5_000)
                .allSatisfy((item, times) -> assertThat(times).isOne());
    }

    @Test
    void map_runsOnTheWorkers() {
        try (ThreadExecutor executor = ThreadExecutor.builder()
                .maxWorkers(2)
                .threadNamePrefix("mapping")
                .build()) {
            assertThat(executor.map(i -> Thread.currentThread().getName(), Counted.upTo(100)))
                    .allMatch(name -> name.startsWith("mapping_"));
        }
    }
}
