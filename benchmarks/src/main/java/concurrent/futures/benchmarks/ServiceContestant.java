// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** An executor of which nothing but the interface of the JDK is used. */
record ServiceContestant(ExecutorService executor) implements Contestant {
    @Override
    public Object submit(Callable<?> task) {
        return executor.submit(task);
    }

    @Override
    public @Nullable Object result(Object handle) throws Exception {
        return ((Future<?>) handle).get();
    }

    @Override
    public boolean cancel(Object handle) {
        return ((Future<?>) handle).cancel(/* mayInterruptIfRunning= */ false);
    }

    @Override
    public void close() {
        executor.close();
    }
}
