// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.lang.System.Logger.Level;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

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

    /** Has such a thread do something in some seconds, unless it has been shut down. */
    static void later(ScheduledExecutorService clock, long seconds, Runnable action) {
        try {
            var unused = clock.schedule(
                    () -> {
                        try {
                            action.run();
                        } catch (Throwable thrown) {
                            System.getLogger("concurrent.futures")
                                    .log(Level.ERROR, "failed to do something later", thrown);
                        }
                    },
                    seconds,
                    TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            // Nobody needs it any more.
        }
    }
}
