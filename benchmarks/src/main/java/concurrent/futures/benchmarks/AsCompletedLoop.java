// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Futures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Our {@link Futures#asCompleted}. */
record AsCompletedLoop(FutureExecutor executor) implements Consumption {
    @Override
    public void perform(int n, Callable<Integer> task) throws Exception {
        List<Future<Integer>> futures = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            futures.add(executor.submit(task));
        }
        for (Future<Integer> future : Futures.asCompleted(futures)) {
            Work.ensureDone(future.result());
        }
    }

    @Override
    public void close() {
        executor.close();
    }
}
