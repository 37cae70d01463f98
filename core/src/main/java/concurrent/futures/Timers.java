// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The clock that ends tasks whose time is over. */
final class Timers {
    /*
     * Overview
     * --------
     * One thread keeps the time for all executors, and interrupts and wakes. Callbacks may take their time, so those
     * are told on other threads, platform threads: virtual ones may have to wait for a task that uses the processors
     * for itself, perhaps the very one that is to be ended.
     *
     * These are threads of java.util.concurrent because an executor of this library might be what has to be ended.
     */
    private static final long KEEP_ALIVE_SECONDS = 10;

    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private static final ExecutorService TELLERS = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            daemons("concurrent-futures-timeout"));

    private Timers() {}

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, daemons("concurrent-futures-clock"));
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
        return clock;
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(null, task, name, 0, /* inheritInheritableThreadLocals= */ false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        };
    }

    /** Has something short run at that moment, which must not be never. */
    static ScheduledFuture<?> schedule(Runnable action, Deadline deadline) {
        return CLOCK.schedule(action, deadline.remaining(), TimeUnit.NANOSECONDS);
    }

    /** Completes an item, which may run code of users; called on the thread that keeps the time. */
    static void complete(WorkItem<?> item, Runnable completion) {
        boolean runsUserCode = item.watch() != null || (item.word() instanceof Open open && open.hasCallbacks());
        if (!runsUserCode) {
            completion.run();
            return;
        }
        try {
            TELLERS.execute(completion);
        } catch (Throwable noThread) {
            completion.run();
        }
    }
}
