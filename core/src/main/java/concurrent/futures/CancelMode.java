// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/** How far a cancellation goes. */
enum CancelMode {
    /** It stops what has not started: Python's {@code cancel()}. */
    IF_PENDING,
    /** It also lets what runs end unheard: {@code cancel(false)}. */
    EVEN_IF_RUNNING,
    /** It interrupts what runs: {@code cancel(true)}. */
    INTERRUPTING;

    static CancelMode of(boolean mayInterruptIfRunning) {
        return mayInterruptIfRunning ? INTERRUPTING : EVEN_IF_RUNNING;
    }
}
