// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.concurrent.ForkJoinPool;

/** The contract, on the threads of a pool of {@code java.util.concurrent}. */
class OverForkJoinPoolContractTest implements ExecutorContract {
    /** As many threads as any test keeps busy at the same time, and its spare workers. */
    private static final ForkJoinPool POOL = new ForkJoinPool(64);

    @Override
    public FutureExecutor newExecutor() {
        return newExecutor(3);
    }

    @Override
    public FutureExecutor newExecutor(int maxWorkers) {
        return FutureExecutor.over(POOL, maxWorkers);
    }
}
