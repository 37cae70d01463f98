// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A function is applied to many items in parallel, and the results are added up. The score is for all items. */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public abstract class MapCase extends Case {
    @Param({
        Contestants.FUTURES,
        Mappings.FUTURES_CHUNKED,
        Contestants.FUTURES_VIRTUAL,
        Mappings.MAP_CONCURRENT,
        Mappings.PARALLEL_STREAM,
        Mappings.PARALLEL_COLLECTORS,
        Mappings.PARALLEL_COLLECTORS_BATCHING,
        Mappings.SEQUENTIAL_STREAM
    })
    String contestant;

    @Param("2")
    int workers;

    private Mapping mapping;
    private List<Integer> items;
    private Function<Integer, Integer> function;

    MapCase() {}

    /** How many items there are. */
    abstract int n();

    /** How many microseconds the function takes. */
    abstract int work();

    /** Opens the executor and makes the items. */
    @Setup
    public void open() {
        mapping = Mappings.open(contestant, workers);
        items = IntStream.range(0, n()).boxed().toList();
        int work = work();
        function = item -> {
            Work.burn(work);
            return item;
        };
    }

    /** Closes the executor. */
    @TearDown
    public void close() {
        mapping.close();
    }

    /** Takes the results in the order of the items. */
    @Benchmark
    public void ordered() {
        ensureSum(mapping.ordered(items, function));
    }

    /** Takes the results in any order, if the contestant can. */
    @Benchmark
    public void unordered() {
        ensureSum(mapping.unordered(items, function));
    }

    private void ensureSum(long sum) {
        if (sum != (long) n() * (n() - 1) / 2) {
            throw new AssertionError("the results add up to " + sum);
        }
    }
}
