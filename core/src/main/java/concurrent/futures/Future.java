// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The result of a call that has been submitted to a {@link FutureExecutor}: Python's {@code concurrent.futures.Future},
 * and at the same time a {@link java.util.concurrent.Future}.
 *
 * <p>This is the read side: ask, wait, cancel, be called back. The write side is {@link Promise}. All methods may be
 * called from any thread. What happens before a task is submitted is visible to the task, and what the task did is
 * visible to whoever sees its future done; the {@linkplain concurrent.futures package page} has the whole contract.
 *
 * {@snippet file="concurrent/futures/snippets/FutureSnippets.java" region="future"}
 *
 * <p>A task may wait for others. If it waits without end for one of its own executor that has not started, it runs that
 * one itself; otherwise a spare worker runs what is queued while it waits. A wait without a timeout for
 * what waits, perhaps through others, for the very task that makes it throws a {@link DeadlockException}.
 *
 * <p>Differences from Python: {@link #cancel(boolean)} also cancels what runs, a cancelled future is done for every
 * kind of wait at once, and a callback may throw anything. Differences from {@link CompletableFuture}: a future knows
 * whether its task has started, cancelling it stops the task, callbacks run in the order in which they were added,
 * nobody but its owner can complete it, and {@link #result()} throws what the task threw.
 *
 * @param <T> the type of the result
 */
public abstract class Future<T extends @Nullable Object> extends Composable<T>
        implements java.util.concurrent.Future<T> {
    /*
     * Overview
     * --------
     * The state machine is in Completion; this class is what callers see of it. Every blocking method is one of two
     * waits (with or without end) followed by one of three ways to tell the outcome: `result`, `join`, `get`.
     */

    /** The stages of a future's life, named as in Python. */
    public enum Status {
        /** Not started. */
        PENDING,
        /** Being run. */
        RUNNING,
        /** Cancelled before it started; the executor has not come across it in its queue yet. */
        CANCELLED,
        /** Cancelled, and the executor knows it. */
        CANCELLED_AND_NOTIFIED,
        /** Returned a result or threw an exception. */
        FINISHED
    }

    Future() {}

    @Override
    final Future<T> self() {
        return this;
    }

    /* ---------------- Queries ---------------- */

    /** {@return the stage of life this future is in} */
    public final Status status() {
        return word() instanceof Stage stage ? stage.status() : Status.FINISHED;
    }

    /** {@return whether the task is being run; false again once it is done or cancelled} */
    public final boolean isRunning() {
        return status() == Status.RUNNING;
    }

    /** {@return whether this future has a result or an exception, or has been cancelled} */
    @Override
    public final boolean isDone() {
        return !(word() instanceof Open);
    }

    /** {@return whether this future has been cancelled} */
    @Override
    public final boolean isCancelled() {
        return word() instanceof Cancelled;
    }

    /** {@return the state in the terms of {@code java.util.concurrent}, in which pending counts as running} */
    @Override
    public final State state() {
        Object word = word();
        if (word instanceof Open) {
            return State.RUNNING;
        }
        if (word instanceof Cancelled) {
            return State.CANCELLED;
        }
        return word instanceof Failed ? State.FAILED : State.SUCCESS;
    }

    /* ---------------- Results ---------------- */

    /**
     * Waits for the result and returns it.
     *
     * <p>Throws what the task threw, the very same object. There is one exception to this: where the task threw an
     * {@link InterruptedException}, a {@link TimeoutException} or a {@link CancellationException}, it comes inside an
     * {@link ExecutionException}, because bare ones always speak of this wait and this future.
     *
     * @return the result, which may be null
     * @throws TimeoutException if a {@linkplain FutureExecutor#withTimeout limit} on the task's own time was over
     * @throws CancellationException if this future was cancelled
     * @throws InterruptedException if the calling thread was interrupted while it waited
     * @throws Exception what the task threw
     */
    public final T result() throws Exception {
        return resultOf(await(Deadline.NEVER));
    }

    /**
     * Waits for the result, but not longer than {@code timeout}; otherwise like {@link #result()}.
     *
     * @param timeout how long to wait; zero or less asks without waiting, and any length works
     * @return the result, which may be null
     * @throws TimeoutException if the time ran out, and the task goes on; or if a limit on the task's own time was over,
     *     and this future is done
     * @throws CancellationException if this future was cancelled
     * @throws InterruptedException if the calling thread was interrupted while it waited
     * @throws Exception what the task threw
     */
    public final T result(Duration timeout) throws Exception {
        return resultOf(await(Deadline.after(requireNonNull(timeout, "timeout"))));
    }

    /**
     * Waits for the result like {@link #result()}, for use where nothing checked can be thrown: in lambdas and streams.
     *
     * <p>Unchecked exceptions of the task are thrown as they are and checked ones inside a {@link CompletionException}.
     * If the calling thread is interrupted while it waits, its interrupt status is set again and a
     * {@link CancellationException} is thrown.
     *
     * @return the result, which may be null
     * @throws CancellationException if this future was cancelled, or the wait was interrupted
     * @throws CompletionException with what {@link #result()} throws as its cause, if that is a checked exception
     */
    public final T join() {
        Object word;
        try {
            word = await(Deadline.NEVER);
        } catch (InterruptedException e) {
            throw Interrupts.restoredAs(new CancellationException("interrupted while waiting for " + this), e);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
        if (word instanceof Failed failed) {
            throw Failed.<RuntimeException>rethrow(failed.forJoin());
        }
        return valueOf(word);
    }

    /**
     * Waits for the end of the task and returns what it threw.
     *
     * @return the exception of the task; null if it returned a result
     * @throws CancellationException if this future was cancelled
     * @throws InterruptedException if the calling thread was interrupted while it waited
     */
    public final @Nullable Throwable exception() throws InterruptedException {
        try {
            return exceptionOf(await(Deadline.NEVER));
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Waits for the end of the task, but not longer than {@code timeout}; otherwise like {@link #exception()}.
     *
     * @param timeout how long to wait; zero or less asks without waiting
     * @return the exception of the task; null if it returned a result
     * @throws TimeoutException if the time ran out; the task goes on
     * @throws CancellationException if this future was cancelled
     * @throws InterruptedException if the calling thread was interrupted while it waited
     */
    public final @Nullable Throwable exception(Duration timeout) throws InterruptedException, TimeoutException {
        return exceptionOf(await(Deadline.after(requireNonNull(timeout, "timeout"))));
    }

    /** {@inheritDoc} Exceptions of the task come wrapped, as {@code java.util.concurrent} has it. */
    @Override
    public final T get() throws InterruptedException, ExecutionException {
        try {
            return gotten(await(Deadline.NEVER));
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** {@inheritDoc} Exceptions of the task come wrapped, as {@code java.util.concurrent} has it. */
    @Override
    public final T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        return gotten(await(Deadline.after(timeout, requireNonNull(unit, "unit"))));
    }

    /** {@inheritDoc} */
    @Override
    public final T resultNow() {
        if (state() != State.SUCCESS) {
            throw new IllegalStateException("there is no result: " + this);
        }
        return valueOf(word());
    }

    /** {@inheritDoc} */
    @Override
    public final Throwable exceptionNow() {
        if (!(word() instanceof Failed failed)) {
            throw new IllegalStateException("there is no exception: " + this);
        }
        return failed.exception();
    }

    /** Waits until this is done, and returns its state. */
    final Object await(Deadline deadline) throws InterruptedException, TimeoutException {
        Object word = word();
        if (!(word instanceof Open)) {
            return word;
        }
        if (deadline.never()) {
            ThreadFrame.help(this);
        }
        return Waiter.await(this, deadline);
    }

    private T resultOf(Object word) {
        if (word instanceof Failed failed) {
            throw Failed.<RuntimeException>rethrow(failed.forResult());
        }
        return valueOf(word);
    }

    private T gotten(Object word) throws ExecutionException {
        if (word instanceof Failed failed) {
            throw new ExecutionException(failed.exception());
        }
        return valueOf(word);
    }

    private @Nullable Throwable exceptionOf(Object word) {
        if (word instanceof Failed failed) {
            return failed.exception();
        }
        valueOf(word);
        return null;
    }

    /** The result in the word of a future that has not failed. */
    @SuppressWarnings({"unchecked", "NullAway"}) // The word is what encode made of a T.
    private T valueOf(Object word) {
        if (word instanceof Cancelled) {
            throw new CancellationException(toString());
        }
        return word == Stage.NIL ? null : (T) word;
    }

    /* ---------------- Cancellation, callbacks, bridge ---------------- */

    /**
     * Cancels the task if it has not started, as in Python.
     *
     * @return true if this future is cancelled now, or was already; false if the task is running or done
     */
    public final boolean cancel() {
        return cancel(CancelMode.IF_PENDING) != Cancelling.TOO_LATE;
    }

    /**
     * Cancels the task, also if it has started, as {@link java.util.concurrent.FutureTask} does.
     *
     * <p>This future is done at once. A task that has not started never will, lets go of what it holds and frees its
     * place in the queue. One that runs is interrupted if {@code mayInterruptIfRunning}; otherwise it ends
     * unheard. The interrupt never reaches anything but this task.
     *
     * @param mayInterruptIfRunning whether to interrupt a task that runs
     * @return true if this future is cancelled now, or was already; false if it has a result or an exception
     */
    @Override
    public final boolean cancel(boolean mayInterruptIfRunning) {
        return cancel(CancelMode.of(mayInterruptIfRunning)) != Cancelling.TOO_LATE;
    }

    /**
     * Has {@code callback} called with this future once it is done or cancelled.
     *
     * <p>Callbacks run once each, in the order in which they were added, on the thread that completes or cancels this
     * future, and at once on the calling thread if it is done already (such a late one may overtake those that are
     * still being run). Whoever waits for this future is released before. What a callback throws is logged, and the
     * next one runs.
     *
     * @param callback what to call
     */
    public final void addDoneCallback(DoneCallback<? super T> callback) {
        listen(new Callback(requireNonNull(callback, "callback")));
    }

    /**
     * {@return a future that is done when the task has really ended}
     *
     * <p>A future that is cancelled while its task runs, or {@linkplain FutureExecutor#withTimeout runs out of time}, is
     * done at once, and the task goes on until it heeds the interrupt. This tells when it has come to its end: its
     * result is null, it never fails, and cancelling it stops nothing. Otherwise the two are done together.
     *
     * {@snippet file="concurrent/futures/snippets/FutureSnippets.java" region="ended"}
     */
    public final Future<?> ended() {
        return Derived.endOf(this);
    }

    /**
     * {@return a {@link CompletableFuture} that is linked to this future}
     *
     * <p>It is completed when this future is: with the result, with the exception of the task, or as cancelled.
     * Cancelling it cancels this future in the same way. If it is completed by other means (by {@code complete} or
     * {@code orTimeout}, for example) it lets go of this future, which goes on. Each call makes a new one.
     */
    public final CompletableFuture<T> toCompletableFuture() {
        return Bridge.to(this);
    }

    /** {@return a text with the stage of this future, the kind of its outcome, and where it is run} */
    @Override
    public final String toString() {
        Object word = word();
        return name() + "[" + describe(word) + "]";
    }

    /** Not a switch over patterns: its first use links code, which fails for good if there is no stack for it. */
    private String describe(Object word) {
        if (word instanceof Open open) {
            return open.frame() == null ? "pending" + whereQueued() : "running" + open.frame();
        }
        if (word instanceof Cancelled) {
            return "cancelled";
        }
        if (word instanceof Failed failed) {
            return "finished raised " + typeName(failed.peek());
        }
        return "finished returned " + (word == Stage.NIL ? "null" : typeName(word));
    }

    /** The simple name of an object's class, or the whole name if that is empty, as for an anonymous class. */
    private static String typeName(Object object) {
        String simple = object.getClass().getSimpleName();
        return simple.isEmpty() ? object.getClass().getName() : simple;
    }

    /** What {@link #toString()} calls this future. */
    String name() {
        return "Future@" + Integer.toHexString(System.identityHashCode(this));
    }

    /** Where a pending future waits for its turn, with a leading space; empty if that is nowhere. */
    String whereQueued() {
        return "";
    }
}
