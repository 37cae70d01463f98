// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

class OneVirtualThreadContractTest implements ExecutorContract {
    @Override
    public FutureExecutor newExecutor() {
        return new VirtualThreadExecutor(1);
    }

    @Override
    public FutureExecutor newExecutor(int maxWorkers) {
        return new VirtualThreadExecutor(maxWorkers);
    }
}
