// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.io.Serial;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when an executor cannot be used any more, because the initializer of one of its workers failed or, where the
 * workers are processes, none can be started. Futures that were queued then fail with one each.
 */
public class BrokenExecutorException extends RejectedExecutionException {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Creates an exception.
     *
     * @param message what broke
     * @param cause why; null if that is unknown
     */
    public BrokenExecutorException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** An exception for one more future: one that is shared would collect stack traces from all who rethrow it. */
    BrokenExecutorException copy() {
        return new BrokenExecutorException(String.valueOf(getMessage()), getCause());
    }
}
