// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import concurrent.futures.ManyFutures.Counted;
import concurrent.futures.ManyFutures.Gate;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code map} takes a {@code chunkSize}: so many items make one task. */
class MapChunkTest {
    private static MapOptions chunks(int chunkSize) {
        return MapOptions.defaults().chunkSize(chunkSize);
    }

    @ParameterizedTest
    @CsvSource({"1, 10, 10", "3, 10, 4", "5, 10, 2", "10, 10, 1", "11, 10, 1", "900, 10, 1", "3, 0, 0", "7, 5000, 715"})
    void chunkSize_makesOneTaskOfSoManyItems(int chunkSize, int items, int tasks) {
        try (ThreadExecutor executor = new ThreadExecutor(3)) {
            assertThat(executor.map(i -> i, Counted.upTo(items), chunks(chunkSize))
                            .toList())
                    .containsExactlyElementsOf(IntStream.range(0, items).boxed().toList());
            executor.shutdown();
            ManyFutures.eventually().until(executor::isTerminated);
            assertThat(executor.completedTasks()).isEqualTo(tasks);
        }
    }

    @Test
    void itemsOfAChunk_areAppliedInOrderByOneThread() {
        Set<List<Object>> chunksAndThreads = ConcurrentHashMap.newKeySet();
        try (ThreadExecutor executor = new ThreadExecutor(4)) {
            Stream<Integer> results = executor.map(
                    i -> {
                        chunksAndThreads.add(List.of(i / 10, Thread.currentThread()));
                        return i;
                    },
                    Counted.upTo(500),
                    chunks(10));
            assertThat(results).hasSize(500);
        }
        assertThat(chunksAndThreads).hasSize(50);
    }

    @Test
    void unordered_chunksComeInCompletionOrder() {
        try (ThreadExecutor executor = new ThreadExecutor(2);
                Gate gate = new Gate()) {
            Iterator<Integer> results = executor.map(
                            i -> i == 1 ? gate.passWith(i) : i,
                            Counted.upTo(9),
                            chunks(3).unordered())
                    .iterator();
            for (int i = 3; i < 9; i++) {
                assertThat(results.next()).isEqualTo(i);
            }
            gate.open();
            for (int i = 0; i < 3; i++) {
                assertThat(results.next()).isEqualTo(i);
            }
            assertThat(results.hasNext()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"10, 3, 9", "10, 10, 10", "10, 11, 10", "2, 1000, 2", "1, 5, 1"})
    void bufferSize_boundsTheItemsAlsoInChunks(int bufferSize, int chunkSize, int expected) {
        try (ThreadExecutor executor = new ThreadExecutor(2);
                Gate gate = new Gate()) {
            Counted items = Counted.infinite();
            MapOptions options = chunks(chunkSize).bufferSize(bufferSize);
            try (Stream<Integer> results = executor.map(gate::passWith, items, options)) {
                assertThat(items.read()).isEqualTo(expected);
                gate.open();
                Iterator<Integer> iterator = results.iterator();
                for (int yielded = 0; yielded < 100; yielded++) {
                    assertThat(iterator.next()).isEqualTo(yielded);
                    assertThat(items.read() - yielded).isBetween(1, bufferSize);
                }
            }
        }
    }

    @Test
    void defaultWindow_countsChunks() {
        try (ThreadExecutor executor = new ThreadExecutor(2);
                Gate gate = new Gate()) {
            Counted items = Counted.infinite();
            try (Stream<Integer> results = executor.map(gate::passWith, items, chunks(10))) {
                assertThat(items.read()).isEqualTo(640);
                assertThat(results.isParallel()).isFalse();
            }
        }
    }

    @Test
    void hugeChunkSize_isNoReasonToRunOutOfMemory() {
        MapOptions options = chunks(Integer.MAX_VALUE);
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            for (MapOptions each : List.of(options, options.bufferSize(Integer.MAX_VALUE))) {
                assertThatCode(() -> assertThat(executor.map(i -> i, Counted.upTo(3), each)
                                        .toList())
                                .containsExactly(0, 1, 2))
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void close_givesNothingOfAStartedChunkOut() {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            Stream<Integer> results = executor.map(i -> i < 5 ? i : gate.passWith(i), Counted.upTo(10), chunks(5));
            Iterator<Integer> iterator = results.iterator();
            assertThat(iterator.next()).isZero();
            gate.awaitEntered(1);
            results.close();
            assertThat(iterator.hasNext()).isFalse();
        }
    }
}
