// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.function.Consumer;

/** A kind of futures that are completed by hand. What it creates is only its own to understand. */
interface PromiseKind {
    /** Makes a promise. */
    Object create();

    /** Makes a callback of the promise's own kind, which is given the result. */
    Object listener(Object promise, Consumer<Object> callback);

    /** Adds what {@link #listener} returned to its promise; more than once if asked to. */
    void listen(Object promise, Object listener);

    /** Completes a promise. */
    void complete(Object promise, Object result);

    /** Waits for the result of a promise. */
    Object await(Object promise) throws Exception;
}
