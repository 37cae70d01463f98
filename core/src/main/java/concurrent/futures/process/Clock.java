// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.lang.System.Logger.Level;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The thread that kills workers when their time is over, and does other things later; one for all pools. */
final class Clock {
    private static final long KEEP_ALIVE_SECONDS = 10;

    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private Clock() {}

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(null, task, "concurrent-futures-process-clock", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
        return clock;
    }

    /** Has something short run after that time, unless the alarm is cancelled before. */
    static ScheduledFuture<?> alarm(long nanos, Runnable action) {
        return CLOCK.schedule(() -> run(action), Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    /** Has something short run after that time. */
    static void after(long nanos, Runnable action) {
        ScheduledFuture<?> unused = alarm(nanos, action);
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (Throwable thrown) {
            System.getLogger("concurrent.futures").log(Level.ERROR, "failed to do something later", thrown);
        }
    }
}
