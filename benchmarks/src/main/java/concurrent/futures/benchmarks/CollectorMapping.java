// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import com.pivovarit.collectors.ParallelCollectors;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Stream;

/** Collectors of the library parallel-collectors; those that batch make as many tasks as there are workers. */
record CollectorMapping(ExecutorService executor, int workers, boolean batching) implements Mapping {
    @Override
    public long ordered(List<Integer> items, Function<Integer, Integer> function) {
        return sum(
                items,
                batching
                        ? ParallelCollectors.Batching.parallelToOrderedStream(function, executor, workers)
                        : ParallelCollectors.parallelToOrderedStream(function, executor, workers));
    }

    @Override
    public long unordered(List<Integer> items, Function<Integer, Integer> function) {
        return sum(
                items,
                batching
                        ? ParallelCollectors.Batching.parallelToStream(function, executor, workers)
                        : ParallelCollectors.parallelToStream(function, executor, workers));
    }

    private static long sum(List<Integer> items, Collector<Integer, ?, Stream<Integer>> collector) {
        return items.stream().collect(collector).mapToLong(Integer::longValue).sum();
    }

    @Override
    public void close() {
        executor.close();
    }
}
