// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The JDK's {@code Gatherers.mapConcurrent}, from JDK 24 on. It knows one order only. */
final class GathererMapping implements Mapping {
    private final int workers;
    private final Method mapConcurrent;
    private final Method gather;

    GathererMapping(int workers) {
        this.workers = workers;
        try {
            this.mapConcurrent =
                    Class.forName("java.util.stream.Gatherers").getMethod("mapConcurrent", int.class, Function.class);
            this.gather = Stream.class.getMethod("gather", Class.forName("java.util.stream.Gatherer"));
        } catch (ReflectiveOperationException e) {
            throw new UnsupportedOperationException("Gatherers need JDK 24 or newer", e);
        }
    }

    @Override
    public long ordered(List<Integer> items, Function<Integer, Integer> function) {
        return mapped(items, function)
                .mapToLong(result -> ((Integer) result).longValue())
                .sum();
    }

    @Override
    public long unordered(List<Integer> items, Function<Integer, Integer> function) {
        return ordered(items, function);
    }

    private Stream<?> mapped(List<Integer> items, Function<Integer, Integer> function) {
        try {
            return (Stream<?>) gather.invoke(items.stream(), mapConcurrent.invoke(null, workers, function));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {}
}
