// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import org.jspecify.annotations.Nullable;

/** A body that goes on although its future is done, because it was cancelled or its time was over. */
final class Straggler {
    /** Whether an interrupt may still be on its way. Written by whoever has ended the future. */
    private volatile boolean interrupting;

    /** Done when the body has ended; completed by whoever has run it. */
    private final Promise<@Nullable Void> end = new Promise<>();

    /** Where the body is run; null once it has ended. Cleared by whoever has run it. */
    private volatile @Nullable Frame frame;

    Straggler(Frame frame, boolean interrupting) {
        this.frame = frame;
        this.interrupting = interrupting;
    }

    boolean isInterrupting() {
        return interrupting;
    }

    void interrupted() {
        interrupting = false;
    }

    /** Where the body is run; null if it has ended. */
    @Nullable
    Frame frame() {
        return frame;
    }

    /** The body has ended: tells those who wait for that. */
    void ended() {
        frame = null;
        end.trySetResult(null);
    }

    /** Done when the body has ended. */
    Future<@Nullable Void> end() {
        return end;
    }
}
