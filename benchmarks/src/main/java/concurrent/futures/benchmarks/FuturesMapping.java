// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import concurrent.futures.FutureExecutor;
import concurrent.futures.MapOptions;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Our {@link FutureExecutor#map}. */
record FuturesMapping(FutureExecutor executor, MapOptions options) implements Mapping {
    @Override
    public long ordered(List<Integer> items, Function<Integer, Integer> function) {
        return sum(items, function, options);
    }

    @Override
    public long unordered(List<Integer> items, Function<Integer, Integer> function) {
        return sum(items, function, options.unordered());
    }

    private long sum(List<Integer> items, Function<Integer, Integer> function, MapOptions options) {
        try (Stream<Integer> results = executor.map(function::apply, items, options)) {
            return results.mapToLong(Integer::longValue).sum();
        }
    }

    @Override
    public void close() {
        executor.close();
    }
}
