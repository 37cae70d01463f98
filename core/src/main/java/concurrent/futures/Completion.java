// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The machine inside a {@link Future}: one word of state, its transitions, and the listeners that hang on it.
 */
abstract class Completion {
    /*
     * Overview
     * --------
     * Everything about a future is in the field `state`, so every transition is one compare-and-set, and completing
     * takes the listeners in the same step. A plain object is the result itself; a Stage is anything else.
     *
     *                 claim                     finish
     *     Pending ------------> Frame ------------------------> result | NIL | Failed
     *        |                    |                                       ^
     *        |                    | cancel | expire                      |
     *        |                    +----------> Stopping | Overdue        |
     *        | expire                                                    |
     *        +------------> Overdue                                       |
     *        | cancel                             noticeCancel            |
     *        +------------> UNNOTICED ---------------------> NOTICED      |
     *        | settle                                                     |
     *        +------------------------------------------------------------+
     *
     * Pending and Frame stand for themselves or for a Listening around them. `settle`, for what is completed by hand,
     * also leads from Frame to the result, and for a foreign stage to NOTICED. Stopping counts as cancelled and Overdue
     * as failed for everybody but the thread that runs the task: that thread waits until an interrupt has arrived, so
     * that it cannot hit what the thread does next, and tells those who wait for the end of the body.
     *
     * Every loop below reads the field once a turn and goes on with the witness of its compare-and-exchange: a second
     * read could see a listener that the first one did not, and lose it.
     */
    private static final VarHandle STATE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "state", VarHandle.class, Completion.class, Object.class);

    /** Read by everybody; written by the transitions of this class alone. */
    private volatile Object state;

    @SuppressWarnings("NullAway.Init") // Initialized through its handle.
    Completion(Object initial) {
        STATE.set(this, initial);
        // A volatile write would cost a full fence for each submitted task. This one keeps a future that is handed on
        // through a data race from showing an empty state, and is free on x86.
        VarHandle.storeStoreFence();
    }

    final Object word() {
        return state;
    }

    /** Where this is being run; null if it is not. */
    final @Nullable Frame frame() {
        return state instanceof Open open ? open.frame() : null;
    }

    /** Whether the current thread runs the body of this, which may be done already. */
    final boolean isRunByThisThread() {
        Frame frame = frame();
        Straggler straggler = straggler();
        if (frame == null && straggler != null) {
            frame = straggler.frame();
        }
        return frame instanceof ThreadFrame threadFrame && threadFrame.thread() == Thread.currentThread();
    }

    /** The state word for a result. */
    static Object encode(@Nullable Object value) {
        return value == null ? Stage.NIL : value;
    }

    /* ---------------- Transitions ---------------- */

    /** Begins to run in {@code frame}; false if this is not pending any more. */
    final boolean claim(Frame frame) {
        // Nobody listens to most tasks.
        Object seen = STATE.compareAndExchange(this, Pending.PENDING, frame);
        if (seen == Pending.PENDING) {
            return true;
        }
        while (seen instanceof Open open && open.frame() == null) {
            Object witness = STATE.compareAndExchange(this, seen, open.runningIn(frame));
            if (witness == seen) {
                return true;
            }
            seen = witness;
        }
        return false;
    }

    /** Tells a cancelled future that its executor has come across it; false if it was not waiting to hear that. */
    final boolean noticeCancel() {
        return STATE.compareAndSet(this, Cancelled.UNNOTICED, Cancelled.NOTICED);
    }

    /**
     * Ends the run in {@code frame} with an encoded outcome. Returns the state that this replaced, whose listeners the
     * caller has to {@link #tell}; null if the run had been cancelled.
     */
    final @Nullable Open finish(Frame frame, Object outcome) {
        // Nobody listens to most tasks, and then the state is the frame itself.
        Object seen = frame;
        while (true) {
            Object witness = STATE.compareAndExchange(this, seen, outcome);
            if (witness == seen) {
                return (Open) seen;
            }
            if (!(witness instanceof Open open) || open.bare() != frame) {
                return null;
            }
            seen = witness;
        }
    }

    /** Ends whatever is not done with an encoded outcome and tells the listeners; false if it was done. */
    final boolean settle(Object outcome) {
        Object seen = state;
        while (seen instanceof Open open) {
            Object witness = STATE.compareAndExchange(this, seen, outcome);
            if (witness == seen) {
                tell(open);
                return true;
            }
            seen = witness;
        }
        return false;
    }

    /**
     * As {@link #settle(Object)}, but does something after those who wait have been told, and before the callbacks,
     * which may take their time.
     */
    final boolean settle(Object outcome, Runnable beforeCallbacks) {
        Object seen = state;
        while (seen instanceof Open open) {
            Object witness = STATE.compareAndExchange(this, seen, outcome);
            if (witness == seen) {
                List<Listener> listeners = open instanceof Listening listening ? listening.newestFirst() : List.of();
                tell(listeners, /* userCode= */ false);
                beforeCallbacks.run();
                tell(listeners, /* userCode= */ true);
                return true;
            }
            seen = witness;
        }
        return false;
    }

    /** Cancels what has not started; true if this call did it. */
    final boolean withdraw() {
        return cancel(CancelMode.IF_PENDING) == Cancelling.DONE;
    }

    /**
     * Cancels this, but leaves it to the caller to {@link #tell} the listeners of the state that this replaced; null if
     * it is done, or has started and is not to be cancelled then.
     */
    final @Nullable Open cancelSilently(CancelMode mode) {
        Owner owner = owner();
        Object seen = state;
        while (seen instanceof Open open) {
            Frame frame = open.frame();
            if (frame != null && mode == CancelMode.IF_PENDING) {
                return null;
            }
            Cancelled cancelled = cancelled(frame, mode);
            Object witness = STATE.compareAndExchange(this, seen, cancelled);
            if (witness == seen) {
                stop(open, cancelled, owner, mode);
                return open;
            }
            seen = witness;
        }
        return null;
    }

    /** How an attempt to cancel ended. */
    enum Cancelling {
        DONE,
        DONE_BEFORE,
        TOO_LATE
    }

    final Cancelling cancel(CancelMode mode) {
        return cancel(mode, /* evenIfWanted= */ true);
    }

    /** Cancels what nobody listens to, waits for or has made another future from: whoever did has let go of it. */
    final void cancelUnwanted(CancelMode mode) {
        cancel(mode, /* evenIfWanted= */ false);
    }

    private Cancelling cancel(CancelMode mode, boolean evenIfWanted) {
        // Asked for now, because whoever comes across a cancelled future makes it forget its owner.
        Owner owner = owner();
        Object seen = state;
        while (seen instanceof Open open) {
            Frame frame = open.frame();
            if ((frame != null && mode == CancelMode.IF_PENDING) || (!evenIfWanted && open.isWanted())) {
                return Cancelling.TOO_LATE;
            }
            Cancelled cancelled = cancelled(frame, mode);
            Object witness = STATE.compareAndExchange(this, seen, cancelled);
            if (witness == seen) {
                stop(open, cancelled, owner, mode);
                tell(open);
                return Cancelling.DONE;
            }
            seen = witness;
        }
        return seen instanceof Cancelled ? Cancelling.DONE_BEFORE : Cancelling.TOO_LATE;
    }

    private static Cancelled cancelled(@Nullable Frame frame, CancelMode mode) {
        if (frame == null) {
            return Cancelled.UNNOTICED;
        }
        // Nobody tells when what was promised by hand has ended.
        return frame == Frame.NOWHERE ? Cancelled.NOTICED : new Stopping(frame, mode == CancelMode.INTERRUPTING);
    }

    /** Fails whatever is not done, because its time is over, and interrupts what runs; false if it was done. */
    final boolean expire(Overdue overdue) {
        Owner owner = owner();
        Object seen = state;
        while (seen instanceof Open open) {
            Frame frame = open.frame();
            overdue.setRunning(frame);
            Object witness = STATE.compareAndExchange(this, seen, overdue);
            if (witness == seen) {
                stop(open, overdue, owner, CancelMode.INTERRUPTING);
                tell(open);
                return true;
            }
            seen = witness;
        }
        return false;
    }

    private void stop(Open replaced, Stage outcome, @Nullable Owner owner, CancelMode mode) {
        tellPlace(replaced.frame(), owner, mode);
        Straggler straggler = outcome.straggler();
        if (straggler != null) {
            straggler.interrupted();
        }
    }

    /** Tells whoever runs this, or would have; whatever goes wrong there, the listeners are told afterwards. */
    private void tellPlace(@Nullable Frame frame, @Nullable Owner owner, CancelMode mode) {
        try {
            if (frame != null) {
                frame.cancel(mode == CancelMode.INTERRUPTING);
            } else if (owner != null) {
                owner.withdrawn(this, mode);
            }
        } catch (Throwable thrown) {
            Log.error("failed to stop the work of a future", thrown);
        }
    }

    /** Waits, on the thread that ran this, until an interrupt meant for the run has been delivered. */
    final void awaitInterrupt() {
        // A compare-and-set that fails need not be a fence, which leaving the frame relies on.
        VarHandle.fullFence();
        Straggler straggler = straggler();
        while (straggler != null && straggler.isInterrupting()) {
            Thread.yield();
        }
    }

    /** Tells those who wait for that, on the thread that ran the body, that it has ended, later than its future. */
    final void bodyEnded() {
        Straggler straggler = straggler();
        if (straggler != null) {
            straggler.ended();
        }
    }

    /** The body that goes on although this is done; null if there is none. */
    final @Nullable Straggler straggler() {
        return state instanceof Stage stage ? stage.straggler() : null;
    }

    /** Whoever answers for a future that has not started, and wants to know when it is cancelled. */
    interface Owner {
        void withdrawn(Completion future, CancelMode mode);
    }

    @Nullable
    Owner owner() {
        return null;
    }

    /* ---------------- Listeners ---------------- */

    /** Registers a listener; a future that is done tells it at once, on this thread. */
    final void listen(Listener listener) {
        Object seen = state;
        while (seen instanceof Open open) {
            Object witness = STATE.compareAndExchange(this, seen, open.with(listener));
            if (witness == seen) {
                return;
            }
            seen = witness;
        }
        listener.older = null;
        tell(listener);
    }

    /** Removes a listener; it may be told nevertheless if the future is being completed right now. */
    final void unlisten(Listener listener) {
        listener.markRemoved();
        Object seen = state;
        while (seen instanceof Listening listening && listening.newest().isRemoved()) {
            Object witness = STATE.compareAndExchange(this, seen, listening.withoutRemovedTop());
            if (witness == seen) {
                return;
            }
            seen = witness;
        }
    }

    /** Tells the listeners of the state that completing has replaced: first all that wait, then the callbacks. */
    final void tell(Open replaced) {
        Listener newest = replaced.newest();
        if (newest == null) {
            return;
        }
        if (newest.older == null) {
            tell(newest);
            return;
        }
        List<Listener> listeners;
        try {
            listeners = ((Listening) replaced).newestFirst();
        } catch (OutOfMemoryError e) {
            tellFrom(newest);
            return;
        }
        tell(listeners, /* userCode= */ false);
        tell(listeners, /* userCode= */ true);
    }

    /** Tells the listeners in the wrong order, where there is no memory to turn it over: nobody must wait for ever. */
    private void tellFrom(Listener newest) {
        for (Listener each = newest; each != null; each = each.older) {
            tell(each);
        }
    }

    /** Tells those listeners of one kind, oldest first. */
    private void tell(List<Listener> newestFirst, boolean userCode) {
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            Listener listener = newestFirst.get(i);
            if (listener.runsUserCode() == userCode) {
                tell(listener);
            }
        }
    }

    /** The one place from which user code hears of a completion; whatever it throws ends here. */
    private void tell(Listener listener) {
        if (listener.isRemoved()) {
            return;
        }
        try {
            listener.done((Future<?>) this);
        } catch (Throwable thrown) {
            Log.callbackFailed((Future<?>) this, thrown);
        }
    }
}
