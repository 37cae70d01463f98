// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.processes;

import concurrent.futures.Task;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.viktorc.pp4j.impl.JavaProcessPoolExecutor;
import net.viktorc.pp4j.impl.SimpleJavaProcessOptions;

/** PP4J's. It has no map. */
final class Pp4jPool implements Pool {
    private static final int SECONDS = 10;

    private final JavaProcessPoolExecutor executor;

    Pp4jPool(int workers) throws InterruptedException {
        SimpleJavaProcessOptions options = new SimpleJavaProcessOptions(/* keepAliveTime= */ 0);
        executor = new JavaProcessPoolExecutor(options, workers, workers, /* reserveSize= */ 0, null, false);
    }

    @Override
    public <T> Future<T> submit(Task<T> task) {
        return executor.submit(task, /* terminateProcessAfterwards= */ false);
    }

    @Override
    public long sumOfIncremented(List<Integer> numbers, int chunk) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (executor.awaitTermination(SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        executor.forceShutdown();
    }
}
