// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import concurrent.futures.AbstractFutureExecutor;
import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.ThreadExecutor;
import concurrent.futures.WorkItem;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The threads of a worker that run tasks: its own, and those that have heard of a task while one was free. */
final class TaskThreads extends AbstractFutureExecutor {
    private static final String NAME = "concurrent-futures-cluster-worker";

    /** So many tasks may wait for others, and have others run in their place. */
    private static final int MOST_SPARES = 256;

    /** What the current thread is about to run itself, if it may. */
    private static final ThreadLocal<Slot> HERE = new ThreadLocal<>();

    private final int maxThreads;

    /** Guards the steps of {@link #threads}. */
    private final ReentrantLock lock = new ReentrantLock();

    /** The threads that are used from now on. Written under the lock. */
    private volatile ThreadExecutor threads;

    TaskThreads(int maxThreads) {
        super(NAME, maxThreads);
        this.maxThreads = maxThreads;
        this.threads = newThreads();
    }

    private ThreadExecutor newThreads() {
        return ThreadExecutor.builder()
                .maxWorkers(maxThreads + MOST_SPARES)
                .threadNamePrefix(NAME)
                .build();
    }

    /** Lets go of the threads, and so of what tasks have left in their thread-locals: whose they were has gone. */
    void renew() {
        lock.lock();
        try {
            if (!isShutdown()) {
                ThreadExecutor former = threads;
                threads = newThreads();
                former.shutdown();
            }
        } finally {
            lock.unlock();
        }
    }

    private void execute(WorkItem<?> item) {
        ThreadExecutor chosen = threads;
        while (true) {
            try {
                chosen.execute(item);
                return;
            } catch (RejectedExecutionException e) {
                ThreadExecutor next = threads;
                if (next == chosen) {
                    throw e;
                }
                chosen = next;
            }
        }
    }

    /** Room for an item that has been dispatched on a thread that can run it. */
    private static final class Slot {
        @Nullable
        WorkItem<?> item;
    }

    @Override
    protected <T extends @Nullable Object> void dispatch(WorkItem<T> item) {
        Slot here = HERE.get();
        if (here != null && here.item == null) {
            here.item = item;
        } else {
            execute(item);
        }
    }

    /** Has a task run on some thread. */
    Future<?> submit(Runnable task, @Nullable String name) {
        return named(name).submit(task);
    }

    /**
     * Has a task run on this thread, if one more may run at the moment, and otherwise on another one later.
     *
     * @param submitted is told the future of the task, and whether it is run here, before it is
     */
    void submitHere(Runnable task, @Nullable String name, Consumer<Future<?>> submitted, Runnable here) {
        Slot slot = new Slot();
        HERE.set(slot);
        Future<?> future;
        try {
            future = named(name).submit(task);
        } finally {
            HERE.remove();
        }
        submitted.accept(future);
        WorkItem<?> item = slot.item;
        if (item == future) {
            here.run();
            item.run();
        } else if (item != null) {
            // Another one, which has waited for longer.
            execute(item);
        }
    }

    private FutureExecutor named(@Nullable String name) {
        return name == null ? this : withName(name);
    }

    @Override
    protected void terminated() {
        lock.lock();
        try {
            threads.shutdown();
        } finally {
            lock.unlock();
        }
    }
}
