// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A future that is made from another one.
 *
 * @param <T> the type of the result
 */
final class Derived<T extends @Nullable Object> extends Future<T> implements Completion.Owner {
    /*
     * Overview
     * --------
     * While this is not done it holds one other future: the source; then, if the function is run by an executor of
     * ours, that call; then, if the function has returned a future, that one. It is pending all the while, so whoever
     * cancels it is heard by `withdrawn`, which lets go of what is held:
     *
     *     who cancels                      who goes on to the next future
     *     -----------                      ------------------------------
     *     writes how it is cancelled       writes the new hold
     *     reads the hold: lets go of it    reads how it is cancelled: lets go of the new hold
     *
     * Both fields are volatile, so at least one of the two lets go.
     */

    /** What is done with the source's outcome; null if this becomes what the source becomes. */
    private final @Nullable Step step;

    /** Who runs the function; null for whoever completes the source. */
    private final @Nullable Executor executor;

    /** Whether cancelling this cancels what is held. */
    private final boolean passesCancelOn;

    /** The future that this waits for now; null when there is none. Written by whoever sees the one before done. */
    private volatile @Nullable Hold hold;

    /** How this was cancelled; null if it was not. Written once. */
    private volatile @Nullable CancelMode cancelledBy;

    private Derived(@Nullable Step step, @Nullable Executor executor, boolean passesCancelOn) {
        this.step = step;
        this.executor = executor;
        this.passesCancelOn = passesCancelOn;
    }

    static <T extends @Nullable Object> Future<T> of(Future<?> source, Step step, @Nullable Executor executor) {
        Derived<T> derived = new Derived<>(step, executor, /* passesCancelOn= */ true);
        derived.hold(source, derived::proceed);
        return derived;
    }

    /** A future that becomes what {@code source} becomes, and whose cancellation is its own affair. */
    static <T extends @Nullable Object> Future<T> shielding(Future<? extends T> source) {
        Derived<T> derived = new Derived<>(null, null, /* passesCancelOn= */ false);
        derived.hold(source, derived::become);
        return derived;
    }

    private void hold(Future<?> source, Consumer<? super Future<?>> whenDone) {
        Hold next = new Hold(source, whenDone);
        hold = next;
        next.begin();
        CancelMode mode = cancelledBy;
        if (mode != null) {
            letGo(next, mode);
        }
    }

    private void letGo(Hold held, CancelMode mode) {
        hold = null;
        if (passesCancelOn) {
            held.endAndCancel(mode);
        } else {
            held.end();
        }
    }

    @Override
    Completion.Owner owner() {
        return this;
    }

    @Override
    public void withdrawn(Completion future, CancelMode mode) {
        noticeCancel();
        cancelledBy = mode;
        Hold held = hold;
        if (held != null) {
            letGo(held, mode);
        }
    }

    /* ---------------- From the source to the outcome ---------------- */

    /** The source is done: goes on with the function, or without. */
    private void proceed(Future<?> source) {
        Step next = requireNonNull(step);
        if (!next.isFor(source)) {
            become(source);
            return;
        }
        if (isDone()) {
            return;
        }
        Step.Call call = next.on(source);
        try {
            if (executor == null) {
                perform(call);
            } else if (executor instanceof FutureExecutor ours) {
                hold(ours.<@Nullable Object>submit(call), this::returned);
            } else {
                executor.execute(() -> perform(call));
            }
        } catch (Throwable thrown) {
            end(Failed.of(thrown));
        }
    }

    /** Runs the function on this thread. */
    private void perform(Step.Call call) {
        if (isDone()) {
            return;
        }
        try {
            give(call.call());
        } catch (Throwable thrown) {
            end(Failed.of(thrown));
        }
    }

    /** An executor of ours has run the function. */
    private void returned(Future<?> call) {
        if (call.state() == State.SUCCESS) {
            give(call.resultNow());
        } else {
            become(call);
        }
    }

    /** The function has returned something: the result, or a future that will tell it. */
    private void give(@Nullable Object made) {
        if (!requireNonNull(step).isFuture()) {
            end(encode(made));
        } else if (made instanceof Future<?> next) {
            hold(next, this::become);
        } else {
            end(new Failed(new NullPointerException("the function given to thenCompose returned no future")));
        }
    }

    /** Becomes what another future has become. */
    private void become(Future<?> done) {
        Object word = done.word();
        if (word instanceof Failed failed) {
            end(failed.passedOnTo(this));
        } else {
            end(word instanceof Cancelled ? Cancelled.NOTICED : word);
        }
    }

    private void end(Object outcome) {
        hold = null;
        settle(outcome);
    }
}
