// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Fibonacci numbers, by tasks that do next to nothing but submit others and wait for them. */
public class Nested extends NestCase {
    @Param("30")
    int n;

    /**
     * Submits one task for every two calls.
     *
     * @return the Fibonacci number
     * @throws Exception if a task has failed
     */
    @Benchmark
    public int oneChild() throws Exception {
        return nest.fibOneChild(n);
    }

    /**
     * Submits a task for every call.
     *
     * @return the Fibonacci number
     * @throws Exception if a task has failed
     */
    @Benchmark
    public int bothChildren() throws Exception {
        return nest.fibBothChildren(n);
    }
}
