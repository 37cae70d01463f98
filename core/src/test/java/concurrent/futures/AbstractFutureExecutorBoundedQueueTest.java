// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

class AbstractFutureExecutorBoundedQueueTest implements BoundedQueueContract {
    @Override
    public FutureExecutor newExecutor(int maxWorkers, int queueCapacity, WhenFull whenFull) {
        return new AbstractFutureExecutor("Bounded", maxWorkers, queueCapacity, whenFull) {
            @Override
            protected <T> void dispatch(WorkItem<T> item) {
                Thread thread = new Thread(item);
                thread.setDaemon(true);
                thread.start();
            }
        };
    }
}
