// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import org.jspecify.annotations.Nullable;

/** Where a task was submitted, as a suppressed exception of what the task throws. */
final class Origin extends Exception {
    private static final long serialVersionUID = 1;

    /** So many tasks, one submitted by the other, are told of: one that goes on submitting its successor has no end. */
    private static final int MOST_TOLD = 20;

    private final int depth;

    /** Made by the submitting thread. */
    Origin(String executor, @Nullable Origin around) {
        super(
                "submitted to " + executor + " by "
                        + Thread.currentThread().getName()
                        + (isTooDeep(around) ? ", inside of more tasks than are told of" : ""),
                isTooDeep(around) ? null : around);
        depth = around == null || isTooDeep(around) ? 1 : around.depth + 1;
    }

    private static boolean isTooDeep(@Nullable Origin around) {
        return around != null && around.depth == MOST_TOLD;
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
