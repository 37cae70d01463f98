// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.io.Serial;

/** Thrown when a promise is asked for a transition that its state does not allow; the message names both. */
public class InvalidStateException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Creates an exception.
     *
     * @param message the state and the future
     */
    public InvalidStateException(String message) {
        super(message);
    }
}
