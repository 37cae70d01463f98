// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/** What to do with an interrupt where {@link InterruptedException} cannot be declared. */
final class Interrupts {
    private Interrupts() {}

    /**
     * Sets the interrupt status again and gives {@code replacement} back, to be thrown, with the interrupt as cause.
     */
    static <E extends RuntimeException> E restoredAs(E replacement, InterruptedException interrupt) {
        Thread.currentThread().interrupt();
        replacement.initCause(interrupt);
        return replacement;
    }
}
