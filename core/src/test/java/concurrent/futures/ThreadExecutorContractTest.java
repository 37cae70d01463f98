// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

class ThreadExecutorContractTest implements ExecutorContract {
    @Override
    public FutureExecutor newExecutor() {
        return new ThreadExecutor();
    }

    @Override
    public FutureExecutor newExecutor(int maxWorkers) {
        return new ThreadExecutor(maxWorkers);
    }
}
