// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

class VirtualThreadExecutorBoundedQueueTest implements BoundedQueueContract {
    @Override
    public FutureExecutor newExecutor(int maxWorkers, int queueCapacity, WhenFull whenFull) {
        return VirtualThreadExecutor.builder()
                .maxWorkers(maxWorkers)
                .queueCapacity(queueCapacity)
                .whenFull(whenFull)
                .build();
    }
}
