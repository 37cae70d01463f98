// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** An executor of this library. */
record FuturesContestant(FutureExecutor executor) implements Contestant {
    @Override
    public Object submit(Callable<?> task) {
        return executor.submit(task);
    }

    @Override
    public @Nullable Object result(Object handle) {
        return ((Future<?>) handle).join();
    }

    @Override
    public boolean cancel(Object handle) {
        return ((Future<?>) handle).cancel();
    }

    @Override
    public void close() {
        executor.close();
    }
}
