// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/** How a task has ended, as its future tells. */
public enum TaskOutcome {
    /** It has returned. */
    SUCCEEDED,
    /** It has thrown something, its time was over, or it could not be run. */
    FAILED,
    /** It was cancelled, before it began or while it ran. */
    CANCELLED;

    /** The outcome of a future that is done. */
    static TaskOutcome of(Future<?> future) {
        return switch (future.state()) {
            case SUCCESS -> SUCCEEDED;
            case CANCELLED -> CANCELLED;
            default -> FAILED;
        };
    }
}
