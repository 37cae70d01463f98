// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.stream.Stream;

/** A parallel stream, on a pool of its own. Only its list of all results is in order. */
record ParallelStreamMapping(ForkJoinPool pool) implements Mapping {
    @Override
    public long ordered(List<Integer> items, Function<Integer, Integer> function) {
        List<Integer> results =
                pool.submit(() -> mapped(items, function).toList()).join();
        return results.stream().mapToLong(Integer::longValue).sum();
    }

    @Override
    public long unordered(List<Integer> items, Function<Integer, Integer> function) {
        return pool.submit(() ->
                        mapped(items, function).mapToLong(Integer::longValue).sum())
                .join();
    }

    private static Stream<Integer> mapped(List<Integer> items, Function<Integer, Integer> function) {
        return items.parallelStream().map(function);
    }

    @Override
    public void close() {
        pool.close();
    }
}
