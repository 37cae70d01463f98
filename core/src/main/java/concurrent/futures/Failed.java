// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** The state of a future whose task threw. */
final class Failed extends Stage {
    final Throwable exception;

    /** For when there is not even the memory to say that something failed. */
    private static final Failed OUT_OF_MEMORY = new Failed(new OutOfMemoryError("while a task failed"));

    Failed(Throwable exception) {
        this.exception = exception;
    }

    /** The state for an exception that may have been thrown for lack of memory. */
    static Failed of(Throwable exception) {
        try {
            return new Failed(exception);
        } catch (OutOfMemoryError again) {
            return OUT_OF_MEMORY;
        }
    }

    @Override
    Future.Status status() {
        return Future.Status.FINISHED;
    }

    /**
     * What {@link Future#result()} throws: the task's own exception, unless its bare type would tell the caller a lie
     * about the wait.
     */
    Throwable forResult() {
        boolean aboutTheWait = exception instanceof InterruptedException
                || exception instanceof TimeoutException
                || exception instanceof CancellationException;
        return aboutTheWait ? new ExecutionException(exception) : exception;
    }

    /** What {@link Future#join()} throws: as {@link #forResult()}, with checked exceptions wrapped. */
    Throwable forJoin() {
        Throwable thrown = forResult();
        boolean unchecked = thrown instanceof RuntimeException || thrown instanceof Error;
        return unchecked ? thrown : new CompletionException(thrown);
    }

    /** Throws any exception from where the compiler sees none; the declared return type ends the caller's flow. */
    @SuppressWarnings("unchecked")
    static <E extends Throwable> RuntimeException rethrow(Throwable exception) throws E {
        throw (E) exception;
    }
}
