// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.List;
import java.util.function.Function;

/** No parallelism at all: what the work takes alone. */
record SequentialMapping() implements Mapping {
    @Override
    public long ordered(List<Integer> items, Function<Integer, Integer> function) {
        return items.stream().map(function).mapToLong(Integer::longValue).sum();
    }

    @Override
    public long unordered(List<Integer> items, Function<Integer, Integer> function) {
        return ordered(items, function);
    }

    @Override
    public void close() {}
}
