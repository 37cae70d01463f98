// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/**
 * An executor that runs each task in a fresh thread: all that it takes to make one of your own.
 *
 * <p>The Javadoc of {@link AbstractFutureExecutor} shows the region below, and {@code FreshThreadExecutorContractTest}
 * runs the whole contract of executors against it.
 */
// @start region="executor"
final class FreshThreadExecutor extends AbstractFutureExecutor {
    FreshThreadExecutor(int maxWorkers) {
        super("FreshThreadExecutor", maxWorkers);
    }

    @Override
    protected <T> void dispatch(WorkItem<T> item) {
        // Running the item runs its task, completes its future, and makes room for the next one.
        Thread thread = new Thread(item);
        // Work that is outstanding keeps the JVM alive by itself.
        thread.setDaemon(true);
        thread.start();
    }
}
// @end
