// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import concurrent.futures.cluster.ClusterExecutor;

class ClusterExecutorContractTest implements ExecutorContract {
    @Override
    public FutureExecutor newExecutor() {
        return newExecutor(2);
    }

    @Override
    public FutureExecutor newExecutor(int maxWorkers) {
        if (maxWorkers <= 0) {
            throw new IllegalArgumentException("max_workers must be greater than 0"); // Python's name for it.
        }
        return ClusterExecutor.builder().embedded(1, maxWorkers).build();
    }

    @Override
    public boolean runsTasksItself() {
        return false;
    }

    @Override
    public boolean sharesMemory() {
        return false;
    }

    @Override
    public int rounds() {
        return 3;
    }
}
