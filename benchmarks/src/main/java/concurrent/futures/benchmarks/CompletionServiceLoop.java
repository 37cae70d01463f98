// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;

/** The JDK's queue of futures that are done. */
record CompletionServiceLoop(ExecutorService executor) implements Consumption {
    @Override
    public void perform(int n, Callable<Integer> task) throws Exception {
        CompletionService<Integer> service = new ExecutorCompletionService<>(executor);
        for (int i = 0; i < n; i++) {
            service.submit(task);
        }
        for (int i = 0; i < n; i++) {
            Work.ensureDone(service.take().get());
        }
    }

    @Override
    public void close() {
        executor.close();
    }
}
