// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.soak;

import concurrent.futures.AbstractFutureExecutor;
import concurrent.futures.WorkItem;
import org.jspecify.annotations.Nullable;

/** An executor of a user's. */
final class ThreadPerTask extends AbstractFutureExecutor {
    private final String prefix;

    ThreadPerTask(String prefix, int maxWorkers) {
        super(prefix, maxWorkers);
        this.prefix = prefix;
    }

    @Override
    protected <T extends @Nullable Object> void dispatch(WorkItem<T> item) {
        Thread.ofPlatform().daemon().name(prefix + "-task").start(item);
    }
}
