// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import org.jspecify.annotations.Nullable;

/** Where a task was submitted, as a suppressed exception of what the task throws. */
final class Origin extends Exception {
    private static final long serialVersionUID = 1;

    /** Made by the submitting thread. */
    Origin(String executor, @Nullable Origin around) {
        super("submitted to " + executor + " by " + Thread.currentThread().getName(), around);
    }

    /** Adds this to an exception, unless it has got one from an inner task that it went through before. */
    void addTo(Throwable thrown) {
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (suppressed instanceof Origin) {
                return;
            }
        }
        thrown.addSuppressed(this);
    }
}
