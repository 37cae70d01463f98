// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import org.jspecify.annotations.Nullable;

/** The state of a future that was cancelled while it ran: for others it is done, but its body may still be running. */
final class Stopping extends Cancelled {
    /** Whether an interrupt may still be on its way. Written by whoever has cancelled the future. */
    private volatile boolean interrupting;

    /** Done when the body has ended; completed by whoever has run it. */
    private final Promise<@Nullable Void> bodyEnd = new Promise<>();

    Stopping(boolean interrupting) {
        super(Future.Status.CANCELLED_AND_NOTIFIED);
        this.interrupting = interrupting;
    }

    boolean isInterrupting() {
        return interrupting;
    }

    void interrupted() {
        interrupting = false;
    }

    Promise<@Nullable Void> bodyEnd() {
        return bodyEnd;
    }
}
