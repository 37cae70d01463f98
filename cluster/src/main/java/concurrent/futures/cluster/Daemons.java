// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Threads of this library, which keep no JVM alive and hold on to nothing of whoever is the first to need them. */
final class Daemons {
    private Daemons() {}

    static Thread newThread(String name, Runnable run) {
        Thread thread = new Thread(null, run, name, 0, /* inheritInheritableThreadLocals= */ false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    /** A thread that does short things, now or later. */
    static ScheduledExecutorService clock(String name) {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, run -> newThread(name, run));
        clock.setRemoveOnCancelPolicy(true);
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return clock;
    }
}
