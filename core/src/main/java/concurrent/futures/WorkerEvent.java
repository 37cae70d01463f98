// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

/**
 * The begin or the end of a worker, as an {@link ExecutorListener} hears of it.
 *
 * @param executor the name of the executor
 * @param worker the name of the worker: of its thread, or of its process
 * @param slot its number among those that there are at the moment, the lowest that is free; -1 if it has none
 */
public record WorkerEvent(String executor, String worker, int slot) {
    /**
     * Creates an event; for tests of listeners, as those of executors are made by these.
     *
     * @throws NullPointerException if {@code executor} or {@code worker} is null
     */
    public WorkerEvent {
        requireNonNull(executor, "executor");
        requireNonNull(worker, "worker");
    }
}
