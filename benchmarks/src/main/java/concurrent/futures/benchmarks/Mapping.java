// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.List;
import java.util.function.Function;

/** A way to apply a function to many items in parallel. */
interface Mapping extends AutoCloseable {
    /** {@return the sum of the results, which are given out in the order of the items} */
    long ordered(List<Integer> items, Function<Integer, Integer> function);

    /** {@return the sum of the results, which are given out in any order} */
    long unordered(List<Integer> items, Function<Integer, Integer> function);

    @Override
    void close();
}
