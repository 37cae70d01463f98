// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import org.jspecify.annotations.Nullable;

/**
 * What the state word of a {@link Completion} holds when it is not a plain result value.
 *
 * <p>An abstract class and not an interface, because every query starts with this {@code instanceof} and the check
 * against a class is a single comparison.
 */
abstract class Stage {
    /** Stands for a result of {@code null}, which the state word cannot hold as itself. */
    static final Stage NIL = new Stage() {
        @Override
        Future.Status status() {
            return Future.Status.FINISHED;
        }
    };

    abstract Future.Status status();

    /** The body that goes on although the future is done; null if there is none. */
    @Nullable
    Straggler straggler() {
        return null;
    }
}
