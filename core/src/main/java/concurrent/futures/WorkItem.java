// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
import java.util.concurrent.RunnableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A submitted call: the future that the caller holds and the item that the executor queues are one object.
 *
 * <p>This is half of what an author of executors needs; the other half is {@link AbstractFutureExecutor}, which hands
 * these out. A place that runs calls on threads of its own calls {@link #run()}. A place that runs them elsewhere calls
 * {@link #start}, does nothing if that says false, carries {@link #task()} to where it is run, and reports the end with
 * {@link #complete} or {@link #fail}.
 *
 * @param <T> the type of the result
 */
public sealed class WorkItem<T extends @Nullable Object> extends Submitted<T> implements RunnableFuture<T>
        permits OptionedItem {
    WorkItem(Engine engine, Object body) {
        super(engine, body);
    }

    /** Hears that a running task is not wanted any more. */
    @FunctionalInterface
    public interface OnCancel {
        /**
         * The future has been cancelled, its time is over, or the executor is shut down by {@code shutdownNow}. Called on
         * the thread that does so, which may be the one that keeps the time for all executors; perhaps by several and
         * after the task has ended. Must not block.
         *
         * @param mayInterrupt whether to interrupt the work; otherwise it may end unheard
         */
        void cancelled(boolean mayInterrupt);
    }

    /* ---------------- For executors ---------------- */

    /**
     * Runs the task on the current thread, from start to end, callbacks included; does nothing if it was cancelled
     * or its time is over.
     * Nothing is thrown. An interrupt status that the thread had before is put aside meanwhile, and one that comes from
     * elsewhere is kept; one that is meant for the task ends with it.
     */
    @Override
    public final void run() {
        Engine owner = engine;
        if (owner == null) {
            return;
        }
        try {
            ThreadFrame.run(this, owner, /* holdsPlace= */ true);
        } catch (Throwable thrown) {
            failUnclaimed(thrown);
        } finally {
            owner.ended(this);
        }
    }

    /**
     * Says that the task begins to run somewhere else.
     *
     * @param onCancel is told if the task is not wanted any more from now on
     * @return false if there is nothing to run, because the task was cancelled or its time is over
     * @throws InvalidStateException if it was started before
     */
    public final boolean start(OnCancel onCancel) {
        return start(onCancel, null);
    }

    /**
     * Says that the task begins to run somewhere else, and where; as {@link #start(OnCancel)}.
     *
     * @param onCancel is told if the task is not wanted any more from now on, perhaps while this is going on: then it
     *     must not yet say that the task has ended
     * @param worker what an {@link ExecutorListener} is told who runs it; null if that is not known
     * @return false if there is nothing to run, because the task was cancelled or its time is over
     * @throws InvalidStateException if it was started before
     */
    public final boolean start(OnCancel onCancel, @Nullable String worker) {
        RemoteFrame frame = new RemoteFrame(work, requireNonNull(onCancel, "onCancel"));
        if (claim(frame)) {
            WORK.setRelease(this, frame);
            begun(/* frame= */ null, worker);
            return true;
        }
        if (!isOff() || WORK.getAcquire(this) instanceof RemoteFrame) {
            throw new InvalidStateException(status() + ": " + this + " was started before");
        }
        end();
        return false;
    }

    /**
     * {@return the task, to be called wherever it is run; null once its end has been reported, it has been cancelled
     * without having been started, or it is run by {@link #run()}}
     *
     * <p>It is what was submitted if that was a {@link Callable}, and otherwise something that performs it and returns
     * its result. It can be serialized if what was submitted can.
     */
    @SuppressWarnings("unchecked") // The body was made for this item.
    public final @Nullable Callable<T> task() {
        Object seen = WORK.getAcquire(this);
        Object body = seen instanceof RemoteFrame frame ? frame.body : seen instanceof Frame ? null : seen;
        return body instanceof Runnable runnable && !(body instanceof Callable)
                ? (Callable<T>) Bodies.returning(runnable, null)
                : (Callable<T>) body;
    }

    /** {@return the name that {@link FutureExecutor#withName} has given the task; null if it has none} */
    public @Nullable String taskName() {
        return null;
    }

    /**
     * {@return whether {@link FutureExecutor#withTimeout} limits the time from {@link #start} to the end, so that the
     * task must not be started before it really begins}
     */
    public boolean isTimed() {
        return false;
    }

    /**
     * Says that the task, which was {@linkplain #start started}, has returned.
     *
     * @param value its result
     * @return false if it had been cancelled or its time was over, so that nobody hears of the result
     * @throws InvalidStateException if it was not started, or its end has been reported before
     */
    public final boolean complete(T value) {
        return endWith(encode(value));
    }

    /**
     * Says that the task, which was {@linkplain #start started}, has failed.
     *
     * @param exception what it threw, or why it could not go on
     * @return false if it had been cancelled or its time was over, so that nobody hears of the exception
     * @throws InvalidStateException if it was not started, or its end has been reported before
     */
    public final boolean fail(Throwable exception) {
        return endWith(failed(requireNonNull(exception, "exception")));
    }

    private boolean endWith(Object outcome) {
        if (WORK.getAcquire(this) instanceof RemoteFrame frame && WORK.compareAndSet(this, frame, null)) {
            return endWith(frame, outcome);
        }
        throw new InvalidStateException(status() + ": " + this + " is not running elsewhere");
    }

    private boolean endWith(RemoteFrame frame, Object outcome) {
        Engine owner = engine;
        returned();
        if (owner != null) {
            owner.bodyEnded();
        }
        Open replaced = finish(frame, outcome);
        try {
            if (replaced == null) {
                discard(outcome, owner);
                bodyEnded();
            } else if (replaced.newest() != null && owner != null) {
                RemoteFrame.tell(this, replaced, owner);
            }
        } finally {
            wasRun(/* frame= */ null);
            end();
        }
        return replaced != null;
    }

    private void end() {
        Engine owner = engine;
        noticeCancel();
        release();
        if (owner != null) {
            owner.ended(this);
        }
    }

    /* ---------------- For the engines ---------------- */

    /** Runs the task in a frame that the current thread has entered. */
    void runIn(ThreadFrame frame) {
        if (!claim(frame)) {
            frame.unclaimed();
            drop();
            return;
        }
        Object outcome = outcomeIn(frame);
        release();
        frame.ending();
        Open replaced = finish(frame, outcome);
        if (replaced == frame) {
            wasRun(frame); // Nobody listens to the future.
            return;
        }
        if (replaced == null) {
            discard(outcome, frame.engine);
            awaitInterrupt();
            frame.telling(/* userCode= */ true);
            tellUninterrupted(null);
        } else {
            if (frame.depth > 1) {
                frame.listenersToTell = replaced;
                StackRoom.ensureLeft();
                frame.listenersToTell = null;
            }
            try {
                frame.telling(replaced.hasCallbacks());
            } finally {
                // Nobody who waits pays for what went wrong here.
                tellUninterrupted(replaced);
            }
        }
        wasRun(frame);
    }

    /** Ends the run in a frame because of an error of ours or a lack of stack; overflows it again if there is none. */
    void failIn(ThreadFrame frame, Throwable thrown) {
        StackRoom.ensureLeft();
        Open replaced = finish(frame, Failed.of(thrown));
        if (replaced != null) {
            release();
            frame.engine.watchers.failed.increment();
            tell(replaced);
        } else {
            failUnclaimed(thrown);
        }
        wasRun(frame);
    }

    /** Fails this if an error of ours kept it from being claimed; there is only something to log if it has ended. */
    void failUnclaimed(Throwable thrown) {
        Engine owner = engine;
        if (isPending() && settle(Failed.of(thrown))) {
            release();
            if (owner != null) {
                owner.vacated();
                owner.watchers.failed.increment();
            }
            wasRun(/* frame= */ null);
        } else {
            Log.error("an error in the library, while a task was run", thrown);
            bodyEnded();
        }
    }

    /** Nobody is to hear of an outcome, because the task had been cancelled, or its time was over. */
    private void discard(Object outcome, @Nullable Engine owner) {
        if (outcome instanceof Failed failed) {
            failed.markSeen();
        }
        if (owner != null) {
            owner.watchers.tooLate(this, outcome);
        }
    }

    /**
     * Tells the listeners, or only that the body has ended if they have been told before, while an interrupt that the
     * body has left behind, or one for the caller, is put aside.
     */
    private void tellUninterrupted(@Nullable Open replaced) {
        boolean interrupted = Thread.interrupted();
        try {
            if (replaced == null) {
                bodyEnded();
            } else {
                tell(replaced);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The one place that runs submitted code on a thread of this JVM. */
    private Object outcomeIn(ThreadFrame frame) {
        try {
            frame.beginning();
            Object body = work;
            WORK.setRelease(this, frame.isKnownToEngine() ? null : frame);
            begun(frame, /* worker= */ null);
            return call(requireNonNull(body));
        } catch (Throwable thrown) {
            return failed(thrown);
        }
    }

    /** Calls what was submitted, and returns its encoded result. */
    Object call(Object body) throws Exception {
        if (body instanceof Callable<?> callable) {
            return encode(callable.call());
        }
        perform((Runnable) body);
        return Stage.NIL;
    }

    /** The state for what the task has thrown, which is reported if nobody looks at it. */
    private Failed failed(Throwable thrown) {
        Failed failed = Failed.of(thrown);
        // Where there is no memory, all share a state.
        if (failed.peek() == thrown) {
            prepare(failed);
        }
        return failed;
    }

    /** Makes a state ready in which this is about to fail. */
    final void prepare(Failed failed) {
        try {
            Engine owner = engine;
            if (owner != null) {
                failed.count(owner.watchers);
            }
            failing(failed.peek());
            if (owner != null) {
                UnseenFailure.watch(this, name() + " in " + owner.name(), failed);
            }
        } catch (Throwable e) {
            // For lack of memory, or of a thread that would report it. Then it is not reported.
        }
    }

    /** Runs a runnable; an action without the detour that would wrap its checked exceptions. */
    static void perform(Runnable runnable) throws Exception {
        if (runnable instanceof Action action) {
            action.perform();
        } else {
            runnable.run();
        }
    }

    /** Fails this without running it, unless it is not pending any more. */
    void reject(Failed failed) {
        try {
            rejectPending(failed);
        } catch (OutOfMemoryError e) {
            failUnclaimed(e);
        }
        drop();
    }

    private void rejectPending(Failed failed) {
        if (claim(Frame.NOWHERE)) {
            Engine owner = engine;
            release();
            if (owner != null) {
                owner.vacated();
            }
            Open replaced = finish(Frame.NOWHERE, failed);
            if (replaced != null) {
                if (owner != null) {
                    failed.count(owner.watchers);
                }
                tell(replaced);
            }
            wasRun(/* frame= */ null);
        }
    }

    /** Fails this because its executor has failed to run it, however far it has come with that. */
    void abandon(Throwable exception) {
        Failed failed = Failed.of(exception);
        reject(failed);
        if (WORK.getAcquire(this) instanceof RemoteFrame frame && WORK.compareAndSet(this, frame, null)) {
            Engine owner = engine;
            if (owner != null) {
                failed.count(owner.watchers);
            }
            endWith(frame, failed);
        }
    }

    /** Interrupts the body if one is running, also if this has been cancelled meanwhile. */
    void interruptRun() {
        Frame frame = frame();
        if (frame == null && WORK.getAcquire(this) instanceof Frame cancelled) {
            frame = cancelled;
        }
        if (frame != null) {
            frame.interruptOneOfSeveral();
        }
    }
}
