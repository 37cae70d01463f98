// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import org.jspecify.annotations.Nullable;

/**
 * One registration with one future: the only way in which anything learns that a future is done. A blocked thread, an
 * {@code await}, an {@code asCompleted}, a callback and a bridge each are one.
 *
 * <p>Listeners form a stack inside the future's state, newest first. Completing takes the stack with the state, so that
 * no listener is lost or told twice.
 */
abstract class Listener {
    /**
     * The next older listener of the same future. Written before this listener is published, and later only to skip
     * removed ones; every value it ever has leaves out none but those, so racing writers do no harm.
     */
    @Nullable
    Listener older;

    /** Set once, by whoever registered this listener, when it stops waiting. */
    private volatile boolean removed;

    /**
     * The future is done. Called at most once, on the thread that completed the future, or on the one that registers
     * this if it is done by then. No lock is held when this runs code of users.
     */
    abstract void done(Future<?> future) throws Exception;

    /** Whether telling this may run code of users, which may take its time: then those who only wait go first. */
    boolean runsUserCode() {
        return false;
    }

    /** Whether this keeps the future from being cancelled when nobody else is interested in it. */
    boolean isInterest() {
        return true;
    }

    final boolean isRemoved() {
        return removed;
    }

    final void markRemoved() {
        removed = true;
    }
}
