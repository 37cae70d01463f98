// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.io.Serial;

/** Thrown instead of beginning a wait that could not end, because it waits for the very thread that makes it. */
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
