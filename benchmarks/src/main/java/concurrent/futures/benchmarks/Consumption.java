// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.Callable;

/** A way to submit many tasks and take their results as they come. */
interface Consumption extends AutoCloseable {
    /** Submits a task {@code n} times, and returns when all results have been taken. */
    void perform(int n, Callable<Integer> task) throws Exception;

    @Override
    void close();
}
