// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/** A pool whose workers help each other: a task may wait for another one. */
record ForkJoinContestant(ForkJoinPool executor) implements Contestant {
    @Override
    public Object submit(Callable<?> task) {
        return executor.submit(task);
    }

    @Override
    public @Nullable Object result(Object handle) {
        return ((ForkJoinTask<?>) handle).join();
    }

    @Override
    public boolean cancel(Object handle) {
        return ((ForkJoinTask<?>) handle).cancel(/* mayInterruptIfRunning= */ false);
    }

    @Override
    public void close() {
        executor.close();
    }
}
