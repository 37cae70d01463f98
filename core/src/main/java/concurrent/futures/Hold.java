// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The interest that one future has in another: it wants to hear of the outcome, and keeps that from being cancelled. */
final class Hold extends Listener implements Runnable {
    private final Future<?> source;
    private final Future<?> heir;
    private final boolean counts;

    /** Null once this has ended: a listener may stay for a while after that, and nothing else may. */
    private volatile @Nullable Consumer<? super Future<?>> whenDone;

    Hold(Future<?> source, Future<?> heir, Consumer<? super Future<?>> whenDone) {
        this(source, heir, whenDone, /* counts= */ true);
    }

    private Hold(Future<?> source, Future<?> heir, Consumer<? super Future<?>> whenDone, boolean counts) {
        this.source = source;
        this.heir = heir;
        this.whenDone = whenDone;
        this.counts = counts;
    }

    /** Interest that does not keep the source from being cancelled. */
    static Hold thatDoesNotCount(Future<?> source, Future<?> heir, Consumer<? super Future<?>> whenDone) {
        return new Hold(source, heir, whenDone, /* counts= */ false);
    }

    void begin() {
        source.listen(this);
    }

    Future<?> source() {
        return source;
    }

    @Override
    boolean isInterest() {
        return counts;
    }

    @Override
    boolean runsUserCode() {
        // Whoever listens to the future that hears of this one may.
        return true;
    }

    @Override
    void done(Future<?> future) {
        try {
            Cascade.run(this);
        } catch (Throwable thrown) {
            // For lack of memory or of stack: nobody must wait for ever.
            heir.settle(Failed.of(thrown));
        }
    }

    /** Tells of the outcome, as a step of a cascade. */
    @Override
    public void run() {
        Consumer<? super Future<?>> next = whenDone;
        if (next == null) {
            return;
        }
        Inheritance outer = Inheritance.suspend();
        try {
            next.accept(source);
        } catch (Throwable thrown) {
            // For the same reasons.
            heir.settle(Failed.of(thrown));
        } finally {
            Inheritance.resume(outer);
        }
    }

    void end() {
        whenDone = null;
        source.unlisten(this);
    }

    /** Cancels the other future unless somebody else is interested in it. */
    void cancelSource(CancelMode mode) {
        Cascade.run(() -> source.cancelUnwanted(mode));
    }
}
