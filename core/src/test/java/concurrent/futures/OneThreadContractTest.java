// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

class OneThreadContractTest implements ExecutorContract {
    @Override
    public FutureExecutor newExecutor() {
        return new ThreadExecutor(1);
    }

    @Override
    public FutureExecutor newExecutor(int maxWorkers) {
        return new ThreadExecutor(maxWorkers);
    }
}
