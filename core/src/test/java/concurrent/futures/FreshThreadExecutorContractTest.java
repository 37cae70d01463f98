// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

class FreshThreadExecutorContractTest implements ExecutorContract {
    @Override
    public FutureExecutor newExecutor() {
        return new FreshThreadExecutor(4);
    }

    @Override
    public FutureExecutor newExecutor(int maxWorkers) {
        return new FreshThreadExecutor(maxWorkers);
    }

    @Override
    public int rounds() {
        return 25;
    }
}
