// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import org.jspecify.annotations.Nullable;

/** A body that goes on although its future is done, because it was cancelled or its time was over. */
final class Straggler {
    /** Whether an interrupt may still be on its way. Written by whoever has ended the future. */
    private volatile boolean interrupting;

    /** Done when the body has ended; completed by whoever has run it. */
    private final Promise<@Nullable Void> end = new Promise<>();

    Straggler(boolean interrupting) {
        this.interrupting = interrupting;
    }

    boolean isInterrupting() {
        return interrupting;
    }

    void interrupted() {
        interrupting = false;
    }

    Promise<@Nullable Void> end() {
        return end;
    }
}
