// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.ManyFutures.Counted;
import concurrent.futures.ManyFutures.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code map} returns is a stream like any other; {@code parallel()} changes nothing. */
class MapStreamTest {
    @Test
    void limit_overAnInfiniteInput_asksForNoMoreThanThat() {
        try (ThreadExecutor executor = new ThreadExecutor(2);
                Gate gate = new Gate()) {
            try (Stream<Integer> results = executor.map(i -> i < 3 ? i : gate.passWith(i), Counted.infinite())) {
                assertThat(results.limit(3).toList()).containsExactly(0, 1, 2);
            }
        }
    }

    @Test
    void shortCircuitingOperations_askForNoMoreThanTheyNeed() {
        try (ThreadExecutor executor = new ThreadExecutor(2);
                Gate gate = new Gate()) {
            try (Stream<Integer> results = executor.map(i -> i, Counted.infinite())) {
                assertThat(results.takeWhile(i -> i < 500).count()).isEqualTo(500);
            }
            Mapper<Integer, Integer> blocksAfterThree = i -> i < 3 ? i : gate.passWith(i);
            try (Stream<Integer> results = executor.map(blocksAfterThree, Counted.infinite())) {
                assertThat(results.anyMatch(i -> i == 2)).isTrue();
            }
        }
    }

    @Test
    void flatMapAndSorted_workOnIt() {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            List<Integer> results = Stream.of(10, 20)
                    .flatMap(begin -> executor.map(i -> begin + i, Counted.upTo(3)))
                    .toList();
            assertThat(results).containsExactly(10, 11, 12, 20, 21, 22);
            assertThat(executor.map(i -> 100 - i, Counted.upTo(100)).sorted().findFirst())
                    .hasValue(1);
            assertThat(executor.map(i -> i, Counted.upTo(1_000)).collect(Collectors.summingInt(i -> i)))
                    .isEqualTo(499_500);
        }
    }

    @Test
    void iterator_hasNextManyTimes_takesOneResult() {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            Iterator<Integer> results = executor.map(i -> i, Counted.upTo(3)).iterator();
            for (int i = 0; i < 3; i++) {
                assertThat(results.hasNext()).isTrue();
                assertThat(results.hasNext()).isTrue();
                assertThat(results.next()).isEqualTo(i);
            }
            assertThat(results.hasNext()).isFalse();
        }
    }

    @Test
    void spliterator_doesNotSplitAndKnowsNoSize() {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            Spliterator<Integer> results =
                    executor.map(i -> i, Counted.upTo(10)).spliterator();
            assertThat(results.trySplit()).isNull();
            assertThat(results.hasCharacteristics(Spliterator.SIZED)).isFalse();
            assertThat(results.hasCharacteristics(Spliterator.ORDERED)).isTrue();
            assertThat(results.estimateSize()).isEqualTo(Long.MAX_VALUE);
            assertThatNullPointerException().isThrownBy(() -> results.tryAdvance(null));
            Set<Integer> seen = new HashSet<>();
            while (results.tryAdvance(seen::add)) {
                assertThat(seen).isNotEmpty();
            }
            assertThat(seen).hasSize(10);
        }
    }

    @Test
    void stream_usedTwice_isRefusedAsUsual() {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            Stream<Integer> results = executor.map(i -> i, Counted.upTo(1));
            assertThat(results.toList()).hasSize(1);
            assertThatThrownBy(results::toList).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void parallel_givesTheSameResults(boolean unordered) {
        MapOptions options = unordered ? MapOptions.defaults().unordered() : MapOptions.defaults();
        try (ThreadExecutor executor = new ThreadExecutor(3)) {
            List<Integer> expected = IntStream.range(0, 2_000).boxed().toList();
            List<Integer> results = new ArrayList<>(executor.map(i -> i, Counted.upTo(2_000), options)
                    .parallel()
                    .toList());
            if (unordered) {
                Collections.sort(results);
            }
            assertThat(results).isEqualTo(expected);
            List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
            executor.map(i -> i, Counted.upTo(2_000), options).parallel().forEach(seen::add);
            Collections.sort(seen);
            assertThat(seen).isEqualTo(expected);
        }
    }

    @Test
    void parallel_readsTheInputOnTheThreadThatAsks() {
        Set<Thread> readers = ConcurrentHashMap.newKeySet();
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            Iterable<Integer> items = Counted.of(1_000, i -> {
                readers.add(Thread.currentThread());
                return i;
            });
            assertThat(executor.map(i -> i, items).parallel().map(i -> i + 1).toList())
                    .hasSize(1_000);
        }
        assertThat(readers).containsExactly(Thread.currentThread());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void parallelLimit_overAnInfiniteInput_asksForNoMoreThanThat(boolean unordered) {
        MapOptions options = unordered ? MapOptions.defaults().unordered() : MapOptions.defaults();
        // Ends the test if more than three results are asked for.
        Duration timeout = Duration.ofSeconds(2);
        try (ThreadExecutor executor = new ThreadExecutor(2);
                Gate gate = new Gate()) {
            try (Stream<Integer> results =
                    executor.map(i -> i < 3 ? i : gate.passWith(i), Counted.infinite(), options.timeout(timeout))) {
                assertThat(results.parallel().limit(3).toList()).containsExactlyInAnyOrder(0, 1, 2);
            }
        }
    }

    @Test
    void parallelShortCircuit_overAnInfiniteInput_ends() {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            try (Stream<Integer> results = executor.map(i -> i, Counted.infinite())) {
                assertThat(results.parallel().filter(i -> i == 700).findAny()).hasValue(700);
            }
        }
    }

    @Test
    void parallel_anItemsException_isThrownAsItIs() {
        IllegalStateException exception = new IllegalStateException("item");
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            Stream<Integer> results = executor.map(
                    i -> {
                        if (i == 500) {
                            throw exception;
                        }
                        return i;
                    },
                    Counted.infinite());
            assertThatThrownBy(() -> results.parallel().forEach(i -> {})).isSameAs(exception);
        }
    }
}
