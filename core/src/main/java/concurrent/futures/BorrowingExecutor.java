// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.concurrent.Executor;

/** An executor on the threads of somebody else. */
final class BorrowingExecutor extends BaseExecutor {
    /** As many as a {@link VirtualThreadExecutor} runs by default: the other executor has its own bounds and queue. */
    static final int WORKERS_BY_DEFAULT = 10_000;

    private final Engine engine;

    BorrowingExecutor(Executor threads, int maxWorkers) {
        String kind = threads.getClass().getSimpleName();
        engine = new SlotEngine("over(" + (kind.isEmpty() ? "Executor" : kind) + ")", maxWorkers, threads);
    }

    @Override
    Engine engine() {
        return engine;
    }
}
