// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

class VirtualThreadExecutorContractTest implements ExecutorContract {
    @Override
    public FutureExecutor newExecutor() {
        return new VirtualThreadExecutor();
    }

    @Override
    public FutureExecutor newExecutor(int maxWorkers) {
        return new VirtualThreadExecutor(maxWorkers);
    }
}
