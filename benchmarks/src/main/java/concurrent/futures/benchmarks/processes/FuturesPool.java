// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.processes;

import concurrent.futures.MapOptions;
import concurrent.futures.Task;
import concurrent.futures.process.ProcessExecutor;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** This library's. */
final class FuturesPool implements Pool {
    private final ProcessExecutor executor;

    FuturesPool(ProcessExecutor executor) {
        this.executor = executor;
    }

    @Override
    public <T> Future<T> submit(Task<T> task) {
        return executor.submit(task);
    }

    @Override
    public long sumOfIncremented(List<Integer> numbers, int chunk) {
        try (Stream<Integer> mapped =
                executor.map(Tasks::increment, numbers, MapOptions.defaults().chunkSize(chunk))) {
            return mapped.mapToLong(number -> number).sum();
        }
    }

    @Override
    public void close() {
        executor.close();
    }
}
