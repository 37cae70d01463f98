// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** An executor, as far as all of them can do the same. What it returns for a task is only its own to understand. */
interface Contestant extends AutoCloseable {
    /** Submits a task, which does not wait for a place. */
    Object submit(Callable<?> task);

    /** Waits for the result of what {@link #submit} returned. */
    @Nullable
    Object result(Object handle) throws Exception;

    /** Cancels what {@link #submit} returned, which has not started, and says whether that was possible. */
    boolean cancel(Object handle);

    /** Waits for what was submitted, and ends the threads. */
    @Override
    void close();
}
