// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A quicksort, whose tasks have some work to do. */
public class NestedSort extends NestCase {
    private static final int SEED = 42;

    @Param("1000000")
    int n;

    private int[] shuffled;
    private int[] numbers;

    /** Makes random numbers, the same each time. */
    @Setup
    public void shuffle() {
        shuffled = new Random(SEED).ints(n).toArray();
    }

    /** Brings the numbers out of order, which is not measured. */
    @Setup(Level.Invocation)
    public void copy() {
        numbers = shuffled.clone();
    }

    /**
     * Sorts.
     *
     * @return what is sorted
     * @throws Exception if a task has failed
     */
    @Benchmark
    public int[] sort() throws Exception {
        nest.sort(numbers);
        return numbers;
    }
}
