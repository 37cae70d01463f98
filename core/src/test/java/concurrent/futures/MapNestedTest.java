// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.ManyFutures.Counted;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A map inside of the function of another map, and a map used from several places. */
class MapNestedTest {
    @Test
    void mapInsideAMapper_onAnotherExecutor_works() {
        try (ThreadExecutor outer = new ThreadExecutor(2);
                ThreadExecutor inner = new ThreadExecutor(2)) {
            List<Integer> sums = outer.map(
                            i -> inner.map(j -> i * j, Counted.upTo(200))
                                    .mapToInt(product -> product)
                                    .sum(),
                            Counted.upTo(50))
                    .toList();
            assertThat(sums).hasSize(50);
            for (int i = 0; i < 50; i++) {
                assertThat(sums.get(i)).isEqualTo(i * 19_900);
            }
        }
    }

    @Test
    void mapInsideAMapper_onVirtualThreads_works() {
        try (VirtualThreadExecutor outer = new VirtualThreadExecutor(4);
                ThreadExecutor inner = new ThreadExecutor(2)) {
            List<Long> counts = outer.map(
                            i -> inner.map(j -> j, Counted.upTo(100))
                                    .filter(j -> j < i)
                                    .count(),
                            Counted.upTo(50),
                            MapOptions.defaults().unordered())
                    .toList();
            assertThat(counts.stream().mapToLong(count -> count).sum()).isEqualTo(1_225);
        }
    }

    @Test
    void mapOfAMap_onThreeExecutors_worksLikeAPipeline() {
        try (ThreadExecutor first = new ThreadExecutor(1);
                ThreadExecutor second = new ThreadExecutor(1);
                ThreadExecutor third = new ThreadExecutor(1)) {
            Stream<Integer> squares = first.map(i -> i * i, Counted.infinite());
            Stream<Integer> halves = second.map(i -> i / 2, squares::iterator);
            try (Stream<String> texts = third.map(String::valueOf, halves::iterator)) {
                assertThat(texts.skip(1_000).findFirst()).hasValue("500000");
            }
        }
    }

    @Test
    void mapper_maySubmitMoreToItsOwnExecutor() {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            List<Future<Integer>> futures = executor.map(i -> executor.submit(() -> i), Counted.upTo(100))
                    .toList();
            assertThat(futures.stream().map(Future::join).toList()).hasSize(100).isSorted();
        }
    }
}
