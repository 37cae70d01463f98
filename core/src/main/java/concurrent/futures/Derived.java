// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

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
     *     reads the holds: lets go         reads how it is cancelled: lets go of the new hold
     *
     * These fields are volatile, so at least one of the two lets go. A call that returns a future goes on to that one
     * itself, before the call is known to be done, so that a future that nobody wants any more is not lost with a call
     * that was cancelled. So the call and the future have a field each.
     */

    /** What is done with the source's outcome; null if this becomes what the source becomes, and once this is done. */
    private volatile @Nullable Step step;

    /** Who runs the function; null for whoever completes the source, and once this is done. */
    private volatile @Nullable Executor executor;

    /** Whether cancelling this cancels what is held. */
    private final boolean passesCancelOn;

    /** The future that this waits for now; null when there is none. Written by whoever sees the one before done. */
    private volatile @Nullable Hold hold;

    /** The call of a function that returns a future; null if there is none. Written by whoever submits it. */
    private volatile @Nullable Hold call;

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

    /** A future that is done when {@code source} is done and its body, if it has one, has ended. */
    static Future<?> endOf(Future<?> source) {
        Derived<@Nullable Void> end = new Derived<>(null, null, /* passesCancelOn= */ false);
        Hold first = Hold.thatDoesNotCount(source, end, end::awaitBody);
        end.hold = first;
        end.begin(first);
        return end;
    }

    /** The future that has to be done before {@code future} can be, and that waits for no other one itself. */
    static Future<?> rootOf(Future<?> future) {
        Future<?> root = future;
        while (root instanceof Derived<?> derived) {
            Hold held = derived.held();
            if (held == null) {
                return root;
            }
            root = held.source();
        }
        return root;
    }

    private @Nullable Hold held() {
        Hold called = call;
        return called == null ? hold : called;
    }

    private void hold(Future<?> source, Consumer<? super Future<?>> whenDone) {
        Hold next = new Hold(source, this, whenDone);
        hold = next;
        begin(next);
    }

    private void begin(Hold next) {
        next.begin();
        CancelMode mode = cancelledBy;
        if (mode != null) {
            letGo(next, mode);
        }
    }

    private void letGo(@Nullable Hold held, CancelMode mode) {
        if (held == null) {
            return;
        }
        held.end();
        if (passesCancelOn) {
            held.cancelSource(mode);
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
        Hold called = call;
        Hold held = hold;
        forget();
        letGo(called, mode);
        letGo(held, mode);
    }

    /** Lets go of all that this is made from. */
    private void forget() {
        call = null;
        hold = null;
        step = null;
        executor = null;
    }

    /* ---------------- From the source to the outcome ---------------- */

    /** The source is done: goes on with the function, or without. */
    private void proceed(Future<?> source) {
        Step next = step;
        Executor runner = executor;
        // The source is done, and nothing is held for a while.
        hold = null;
        if (next == null || isDone()) {
            return;
        }
        if (!next.isFor(source)) {
            become(source);
            return;
        }
        Step.Call function = next.on(source);
        try {
            if (runner == null) {
                perform(function);
            } else if (!(runner instanceof FutureExecutor ours)) {
                runner.execute(() -> perform(function));
            } else if (next.isFuture()) {
                submit(() -> perform(function), ours);
            } else {
                hold(ours.<@Nullable Object>submit(function), this::become);
            }
        } catch (Throwable refusal) {
            if (function.exception() != null) {
                Suppression.add(refusal, function.exception());
            }
            fail(refusal);
        }
    }

    private void submit(Action action, FutureExecutor ours) {
        Hold next = new Hold(ours.submit(action), this, this::called);
        call = next;
        begin(next);
    }

    /** The call of a function that returns a future has ended, and has gone on to that one unless it failed. */
    private void called(Future<?> done) {
        call = null;
        if (done.state() != State.SUCCESS) {
            become(done);
        }
    }

    /** Runs the function on this thread. */
    private void perform(Step.Call function) {
        if (isDone()) {
            return;
        }
        Object made;
        try {
            made = Cascade.callOutside(function);
        } catch (Throwable thrown) {
            fail(thrown);
            return;
        }
        if (!function.step().isFuture()) {
            end(encode(made));
        } else if (made instanceof Future<?> next && (next == this || rootOf(next) == this)) {
            fail(new DeadlockException("the function given to thenCompose returned a future that waits for its own"));
        } else if (made instanceof Future<?> next) {
            hold(next, this::become);
        } else {
            fail(new NullPointerException("the function given to thenCompose returned no future"));
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

    /** What this is the end of is done. */
    private void awaitBody(Future<?> done) {
        Straggler straggler = done.straggler();
        if (straggler == null) {
            end(Stage.NIL);
        } else {
            hold(straggler.end(), this::become);
        }
    }

    private void fail(Throwable thrown) {
        end(UnseenFailure.watched(this, Failed.of(thrown)));
    }

    private void end(Object outcome) {
        forget();
        if (!settle(outcome) && outcome instanceof Failed failed) {
            // Nobody can look at it any more.
            failed.markSeen();
        }
    }
}
