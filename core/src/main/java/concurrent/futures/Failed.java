// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The state of a future whose task threw. */
class Failed extends Stage {
    private final Throwable exception;

    /** Who tells if nobody looks at this; null if nobody does. Written before this is published. */
    private @Nullable UnseenFailure unseen;

    /** Whether its executor has counted this. Used by the thread that makes it the state of a future. */
    private boolean counted;

    /**
     * For when there is not even the memory to say that something failed; null if there was none when this class was
     * initialized, which must not fail.
     */
    private static final @Nullable Failed OUT_OF_MEMORY = lastResort();

    Failed(Throwable exception) {
        this.exception = exception;
    }

    private static @Nullable Failed lastResort() {
        try {
            return new Failed(new OutOfMemoryError("while a task failed"));
        } catch (OutOfMemoryError e) {
            return null;
        }
    }

    /** Loads what is needed when there is no memory, while there is. */
    static void prepare() {
        StackRoom.ensureLeft();
        boolean unused = OUT_OF_MEMORY instanceof Overdue;
    }

    /** Whether all futures share this state that fail for lack of memory. */
    final boolean isLastResort() {
        return this == OUT_OF_MEMORY;
    }

    /** The state for an exception that may have been thrown for lack of memory. */
    static Failed of(Throwable exception) {
        try {
            return new Failed(exception);
        } catch (OutOfMemoryError again) {
            if (OUT_OF_MEMORY == null) {
                throw again;
            }
            return OUT_OF_MEMORY;
        }
    }

    /** Counts this as a failure of that executor, once. */
    final void count(Watchers watchers) {
        if (!counted && !isLastResort()) {
            counted = true;
            watchers.failed.increment();
        }
    }

    /** It has not come to be one. */
    final void uncount(Watchers watchers) {
        if (counted) {
            counted = false;
            watchers.failed.decrement();
        }
    }

    final void setUnseen(UnseenFailure unseen) {
        this.unseen = unseen;
    }

    /** The exception for somebody who looks at it on behalf of a user. */
    final Throwable exception() {
        markSeen();
        return exception;
    }

    /** Nobody has to look at this any more: it is part of another failure, or nobody can. */
    final void markSeen() {
        UnseenFailure watched = unseen;
        if (watched != null) {
            watched.forget();
        }
    }

    /** The state of another future that fails because this one has; it is that one now that somebody has to look at. */
    final Failed passedOnTo(Future<?> heir) {
        UnseenFailure watched = unseen;
        return watched == null ? copy() : watched.passedOnTo(heir, this);
    }

    /** The same state for another future. */
    Failed copy() {
        return of(exception);
    }

    /** The exception, without a user's having looked at it. */
    final Throwable peek() {
        return exception;
    }

    @Override
    final Future.Status status() {
        return Future.Status.FINISHED;
    }

    /**
     * What {@link Future#result()} throws: the task's own exception, unless its bare type would tell the caller a lie
     * about the wait.
     */
    Throwable forResult() {
        Throwable seen = exception();
        boolean aboutTheWait = seen instanceof InterruptedException
                || seen instanceof TimeoutException
                || seen instanceof CancellationException;
        return aboutTheWait ? new ExecutionException(seen) : seen;
    }

    /** What {@link Future#join()} throws: as {@link #forResult()}, with checked exceptions wrapped. */
    final Throwable forJoin() {
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
