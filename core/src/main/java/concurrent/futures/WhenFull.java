// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/** What {@code submit} does when the bounded queue of an executor is full. */
public enum WhenFull {
    /**
     * It waits until there is room. An executor's own workers do not wait, since they could wait for themselves: their
     * tasks are taken beyond the capacity.
     */
    BLOCK,
    /** It throws {@link java.util.concurrent.RejectedExecutionException}. */
    REJECT,
    /** It runs the task itself, and returns a future that is done. */
    CALLER_RUNS
}
