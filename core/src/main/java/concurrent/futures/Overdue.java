// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The state of a future whose time was over before its task was done. */
final class Overdue extends Failed {
    /** The body that goes on; null if there is none. Written before this is published. */
    private @Nullable Straggler straggler;

    Overdue(TimeoutException exception) {
        super(exception);
    }

    /** Says where a body is running, which is about to be interrupted; null if it has not started. */
    void setRunning(@Nullable Frame frame) {
        straggler = frame == null || frame == Frame.NOWHERE ? null : new Straggler(frame, /* interrupting= */ true);
    }

    @Override
    @Nullable
    Straggler straggler() {
        return straggler;
    }

    @Override
    Failed copy() {
        return new Overdue((TimeoutException) peek());
    }

    /** As it is: this does speak of the future, and not of what the task has thrown. */
    @Override
    Throwable forResult() {
        return exception();
    }
}
