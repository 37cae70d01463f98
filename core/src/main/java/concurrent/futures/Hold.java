// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.function.Consumer;

/** The interest that one future has in another: it wants to hear of the outcome, and keeps that from being cancelled. */
final class Hold extends Listener {
    private final Future<?> source;
    private final Consumer<? super Future<?>> whenDone;

    Hold(Future<?> source, Consumer<? super Future<?>> whenDone) {
        this.source = source;
        this.whenDone = whenDone;
    }

    void begin() {
        source.listen(this);
    }

    @Override
    boolean runsUserCode() {
        // Whoever listens to the future that hears of this one may.
        return true;
    }

    @Override
    void done(Future<?> future) {
        Cascade.run(() -> whenDone.accept(future));
    }

    void end() {
        source.unlisten(this);
    }

    /** Ends this, and cancels the other future unless somebody else is interested in it. */
    void endAndCancel(CancelMode mode) {
        end();
        Cascade.run(() -> source.cancelUnwanted(mode));
    }
}
