// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import org.jspecify.annotations.Nullable;

/**
 * The state of a future that is not done: pending or running, bare or with listeners.
 *
 * <p>The bare objects are shared ({@link Pending} by all futures, a {@link Frame} by all futures that its thread runs
 * one after the other), so that an unlistened task allocates no state at all.
 */
abstract class Open extends Stage {
    /** The same stage of life without listeners: the shared {@link Pending} or a {@link Frame}. */
    Open bare() {
        return this;
    }

    /** Where the future is being run; null while it is pending. */
    final @Nullable Frame frame() {
        return bare() instanceof Frame frame ? frame : null;
    }

    /** The newest listener; the others hang below it. */
    @Nullable
    Listener newest() {
        return null;
    }

    /** Whether anybody listens to the future, or its thread runs it because it waits for it. */
    final boolean isWanted() {
        Frame frame = frame();
        return hasInterest() || (frame != null && frame.isAwaited());
    }

    private boolean hasInterest() {
        Listener each = newest();
        while (each != null && (each.isRemoved() || !each.isInterest())) {
            each = each.older;
        }
        return each != null;
    }

    /** Whether telling the listeners may run code of users, which may take its time. */
    final boolean hasCallbacks() {
        Listener each = newest();
        while (each != null && !each.runsUserCode()) {
            each = each.older;
        }
        return each != null;
    }

    /** This state with its stage of life changed to {@code frame}. */
    Open runningIn(Frame frame) {
        return frame;
    }

    /** This state with one more listener. */
    Listening with(Listener listener) {
        return Listening.first(this, listener);
    }

    @Override
    final Future.Status status() {
        return frame() == null ? Future.Status.PENDING : Future.Status.RUNNING;
    }
}
