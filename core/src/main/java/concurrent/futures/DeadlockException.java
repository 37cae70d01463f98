// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.io.Serial;

/**
 * Thrown instead of beginning a wait that could not end, because what it waits for waits for the very thread that makes
 * it.
 *
 * <p>It tells of a task that waits for itself, of tasks that wait for each other in a ring of any length and over any
 * executors, and of a task that waits for the end of its own executor. Only waits without a timeout through this
 * library count, and only those for any of several futures all of which wait for this one. One task of a ring gets
 * this; what the others get is up to that task. Locks, latches, promises kept by hand, the end of another executor and
 * room in its queue are not looked at. The message names the futures and threads in order, with the lines in which they
 * wait.
 */
public class DeadlockException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Creates an exception.
     *
     * @param message who waits for whom
     */
    public DeadlockException(String message) {
        super(message);
    }
}
