// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.io.Serial;

/**
 * The worker that had a task has left the cluster, or cannot be reached any more: its machine or its process has died, or
 * the network between. The task may have begun there, and so is not run again, unless the executor was told that it may.
 */
public class WorkerLostException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** Which worker it was. */
    private final String worker;

    /**
     * Creates an exception.
     *
     * @param message what has happened
     * @param worker which worker it was: its address, and its number in the cluster
     * @param cause how that was noticed
     */
    public WorkerLostException(String message, String worker, Throwable cause) {
        super(message, cause);
        this.worker = worker;
    }

    /** {@return which worker it was: its address, and its number in the cluster} */
    public final String worker() {
        return worker;
    }
}
