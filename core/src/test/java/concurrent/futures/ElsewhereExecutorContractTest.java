// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

class ElsewhereExecutorContractTest implements ExecutorContract {
    @Override
    public FutureExecutor newExecutor() {
        return new ElsewhereExecutor(4);
    }

    @Override
    public FutureExecutor newExecutor(int maxWorkers) {
        return new ElsewhereExecutor(maxWorkers);
    }

    @Override
    public boolean runsTasksItself() {
        return false;
    }
}
