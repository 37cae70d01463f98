// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends a worker's process if its parent is gone while it exits: the main thread, which would notice that, is in the middle
 * of the exit, and reads no more.
 */
final class ParentWatch extends Thread {
    private static final long OFTEN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long parent;

    /** Watches the process of that number. */
    ParentWatch(long parent) {
        this.parent = parent;
        setDaemon(true);
    }

    @Override
    public void run() {
        while (true) {
            Optional<ProcessHandle> now = ProcessHandle.current().parent();
            if (now.isEmpty()) {
                // The system does not tell.
                return;
            }
            if (now.get().pid() != parent) {
                WorkerMain.die();
            }
            LockSupport.parkNanos(OFTEN_NANOS);
        }
    }
}
