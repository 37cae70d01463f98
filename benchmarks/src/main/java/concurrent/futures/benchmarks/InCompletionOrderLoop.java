// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Guava's {@link Futures#inCompletionOrder}. */
record InCompletionOrderLoop(ListeningExecutorService executor) implements Consumption {
    @Override
    public void perform(int n, Callable<Integer> task) throws Exception {
        List<ListenableFuture<Integer>> futures = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            futures.add(executor.submit(task));
        }
        for (ListenableFuture<Integer> future : Futures.inCompletionOrder(futures)) {
            Work.ensureDone(future.get());
        }
    }

    @Override
    public void close() {
        executor.close();
    }
}
