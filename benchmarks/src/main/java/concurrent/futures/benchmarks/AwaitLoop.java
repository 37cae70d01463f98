// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import concurrent.futures.DoneAndNotDone;
import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Futures;
import concurrent.futures.ReturnWhen;
import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.Callable;

/** Our {@link Futures#await} in a loop. */
record AwaitLoop(FutureExecutor executor) implements Consumption {
    @Override
    public void perform(int n, Callable<Integer> task) throws Exception {
        Collection<Future<Integer>> pending = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            pending.add(executor.submit(task));
        }
        while (!pending.isEmpty()) {
            DoneAndNotDone<Integer> round = Futures.await(pending, ReturnWhen.FIRST_COMPLETED);
            for (Future<Integer> future : round.done()) {
                Work.ensureDone(future.result());
            }
            pending = round.notDone();
        }
    }

    @Override
    public void close() {
        executor.close();
    }
}
