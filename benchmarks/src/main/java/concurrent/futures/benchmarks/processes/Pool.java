// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.processes;

import concurrent.futures.Task;
import java.util.List;
import java.util.concurrent.Future;

/** An executor on processes of the JVM, as far as all of them do the same. */
interface Pool extends AutoCloseable {
    /** Submits a task, which is a serializable {@link java.util.concurrent.Callable} to others. */
    <T> Future<T> submit(Task<T> task);

    /** The sum of these numbers, each incremented in a worker. */
    long sumOfIncremented(List<Integer> numbers, int chunk);

    @Override
    void close();
}
