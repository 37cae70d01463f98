// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.util.concurrent.TimeUnit;

/**
 * Looks now and then, while workers start, for tasks that have been cancelled while they wait for them. An initializer may
 * take long, and an executor that has been shut down ends when it has no task any more. A task is not listened to before
 * it is sent: that would cost each of them, and only these few are worth it.
 */
final class StartWatch {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Pool pool;

    /** Whether somebody will look. Guarded by the crew's lock. */
    private boolean begun;

    StartWatch(Pool pool) {
        this.pool = pool;
    }

    /** Has somebody look for as long as it makes sense. With the lock held. */
    void begin() {
        if (!begun) {
            begun = true;
            Clock.after(INTERVAL_NANOS, this::look);
        }
    }

    private void look() {
        Errands errands;
        pool.crew.lock.lock();
        try {
            begun = false;
            pool.crew.dropUnwanted();
            if (pool.crew.awaitsStart()) {
                begin();
            }
            errands = pool.crew.takeErrands();
        } finally {
            pool.crew.lock.unlock();
        }
        pool.performElsewhere(errands);
    }
}
