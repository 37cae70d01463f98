// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ends processes together with those that they have started.
 *
 * <p>Signals are sent by handles. To destroy a {@link Process} closes its streams as well: what is in them would be lost,
 * and closing waits for whoever writes.
 */
final class ProcessTree {
    /** The number of this process. */
    static final long OWN = ProcessHandle.current().pid();

    private ProcessTree() {}

    /** Kills a process and its descendants, which nobody finds any more when it is dead. */
    static void kill(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.toHandle().destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** Asks a process to end. */
    static void terminate(Process process) {
        process.toHandle().destroy();
    }

    /** Waits until a process has ended, and kills it if it has not by then; interrupts have to wait. */
    static void awaitEnd(Process process, long nanos) {
        boolean interrupted = false;
        boolean killed = false;
        long end = System.nanoTime() + nanos;
        while (process.isAlive()) {
            try {
                long left = end - System.nanoTime();
                if (left <= 0 && !killed) {
                    kill(process);
                    killed = true;
                }
                if (killed) {
                    process.waitFor();
                } else {
                    process.waitFor(left, TimeUnit.NANOSECONDS);
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
