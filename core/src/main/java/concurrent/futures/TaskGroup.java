// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that belong together: none of them outlives the block in which the group is open.
 *
 * {@snippet file="concurrent/futures/snippets/TaskGroupSnippets.java" region="group"}
 *
 * <p>{@link #join} waits for all of them, and throws the first failure, with those that came at the same time
 * suppressed; as soon as one fails, the others are cancelled, as by {@code cancel(true)}. Another {@link Policy} changes
 * that. {@link #close} cancels what is not done, because the block was left by an exception for example, and waits
 * until the bodies of all tasks have really ended. So a task that does not heed interrupts holds it up.
 *
 * <p>Tasks may submit further ones to their group, and open groups of their own. A task that waits in {@code join} is
 * interrupted when it is cancelled, which cancels its own group: cancelling goes down the tree, and failures go up. A
 * task that was cancelled by hand is no failure.
 *
 * <p>Methods may be called from any thread. What a group submits has the options of the {@linkplain
 * FutureExecutor#withTimeout view} with which it was opened.
 */
public final class TaskGroup implements AutoCloseable {
    /*
     * Overview
     * --------
     * When a task ends, its outcome is recorded before anybody who waits for it hears of that, and the others are
     * cancelled by a callback; `join` only waits until there is nothing left to wait for. Like other waits of a task it
     * may run what it waits for. So that cancelling the task around reaches what is run there, it is told to the group.
     *
     * Whoever submits adds the future and then looks whether the group has been stopped; whoever stops it says so and
     * then cancels what is there: one of the two cancels each future. As a task may run before its future is known, a
     * promise stands for it until then, so that `close` does not overlook it.
     */

    /** What a group does when one of its tasks has ended. */
    public enum Policy {
        /** The first failure cancels the others, and is what {@code join} throws. */
        FAIL_FAST,
        /**
         * The first success cancels the others; {@code join} throws only if there is none: the first failure, with the
         * others suppressed.
         */
        FIRST_SUCCESS,
        /** All tasks go on to their ends, and {@code join} throws none of their failures. */
        COLLECT_ALL
    }

    private final FutureExecutor executor;
    private final Policy policy;
    private final Deadline deadline;

    /** Those whose body has not ended, as far as is known. Whoever submits adds, and whoever sees the end removes. */
    private final Set<Future<?>> present = ConcurrentHashMap.newKeySet();

    /** Those whose outcome is to come. */
    private final Set<Outcome> unrecorded = ConcurrentHashMap.newKeySet();

    /** One for each submission that is under way, with its thread. */
    private final Map<Future<?>, Thread> coming = new ConcurrentHashMap<>();

    /** The first failure. Written by whoever ends a task. */
    private final AtomicReference<@Nullable Failed> failure = new AtomicReference<>();
    /** The first task that succeeded, if that matters. Written by whoever ends a task. */
    private final AtomicReference<@Nullable Future<?>> success = new AtomicReference<>();

    /** Whether what is not done is cancelled. Set once. */
    private final AtomicBoolean stopped = new AtomicBoolean();

    /** Whether nothing is to be submitted any more. Set once. */
    private volatile boolean closed;

    private TaskGroup(FutureExecutor executor, Policy policy, Deadline deadline) {
        this.executor = executor;
        this.policy = policy;
        this.deadline = deadline;
    }

    /**
     * {@return a new group that cancels all of its tasks when one fails}
     *
     * @param executor what runs the tasks; it outlives the group
     */
    public static TaskGroup open(FutureExecutor executor) {
        return open(executor, Policy.FAIL_FAST);
    }

    /**
     * {@return a new group}
     *
     * @param executor what runs the tasks; it outlives the group
     * @param policy what to do when one of them has ended
     */
    public static TaskGroup open(FutureExecutor executor, Policy policy) {
        return new TaskGroup(requireNonNull(executor, "executor"), requireNonNull(policy, "policy"), Deadline.NEVER);
    }

    /**
     * {@return a new group that cancels all of its tasks when one fails, with a limit on when they have to be done}
     *
     * @param executor what runs the tasks; it outlives the group
     * @param deadline how long from now
     */
    public static TaskGroup open(FutureExecutor executor, Duration deadline) {
        return open(executor, Policy.FAIL_FAST, deadline);
    }

    /**
     * {@return a new group with a limit on when all of its tasks have to be done, and all that they submit} A task that
     * is not done then fails with a {@link java.util.concurrent.TimeoutException}, as with
     * {@link FutureExecutor#withDeadline}.
     *
     * @param executor what runs the tasks; it outlives the group
     * @param policy what to do when one of them has ended
     * @param deadline how long from now
     */
    public static TaskGroup open(FutureExecutor executor, Policy policy, Duration deadline) {
        return new TaskGroup(
                requireNonNull(executor, "executor"),
                requireNonNull(policy, "policy"),
                Deadline.after(requireNonNull(deadline, "deadline")));
    }

    /**
     * Submits a call that returns a result.
     *
     * @param task the call
     * @param <T> the type of the result
     * @return its future; a cancelled one if the others have been cancelled because of one that ended
     * @throws IllegalStateException if this group is closed
     * @throws java.util.concurrent.RejectedExecutionException if the executor refuses the call
     */
    public <T extends @Nullable Object> Future<T> submit(Task<T> task) {
        requireNonNull(task, "task");
        return add(() -> limited().submit(task));
    }

    /**
     * Submits a call that returns nothing.
     *
     * @param action the call
     * @return its future; a cancelled one if the others have been cancelled because of one that ended
     * @throws IllegalStateException if this group is closed
     * @throws java.util.concurrent.RejectedExecutionException if the executor refuses the call
     */
    public Future<?> submit(Action action) {
        requireNonNull(action, "action");
        return this.<@Nullable Object>add(() -> Await.covariant(limited().submit(action)));
    }

    /**
     * Submits a callable.
     *
     * @param task the callable
     * @param <T> the type of the result
     * @return its future; a cancelled one if the others have been cancelled because of one that ended
     * @throws IllegalStateException if this group is closed
     * @throws java.util.concurrent.RejectedExecutionException if the executor refuses the call
     */
    public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
        requireNonNull(task, "task");
        return add(() -> limited().submit(task));
    }

    /**
     * Submits a runnable.
     *
     * @param task the runnable
     * @return its future; a cancelled one if the others have been cancelled because of one that ended
     * @throws IllegalStateException if this group is closed
     * @throws java.util.concurrent.RejectedExecutionException if the executor refuses the call
     */
    public Future<?> submit(Runnable task) {
        requireNonNull(task, "task");
        return this.<@Nullable Object>add(() -> Await.covariant(limited().submit(task)));
    }

    private <T extends @Nullable Object> Future<T> add(Supplier<Future<T>> submission) {
        Promise<@Nullable Void> announced = new Promise<>();
        coming.put(announced, Thread.currentThread());
        try {
            if (closed) {
                throw new IllegalStateException("the group is closed");
            }
            return stopped.get() ? Promise.cancelled() : add(submission.get());
        } finally {
            coming.remove(announced);
            announced.setResult(null);
        }
    }

    private FutureExecutor limited() {
        return deadline.never() ? executor : executor.withDeadline(Duration.ofNanos(deadline.remaining()));
    }

    private <T extends @Nullable Object> Future<T> add(Future<T> future) {
        present.add(future);
        Outcome outcome = new Outcome(future);
        unrecorded.add(outcome);
        future.listen(outcome);
        future.addDoneCallback(done -> {
            if (isDecided()) {
                cancel();
            }
        });
        future.ended().addDoneCallback(end -> present.remove(future));
        if (stopped.get()) {
            future.cancel(/* mayInterruptIfRunning= */ true);
        }
        return future;
    }

    /** Whether the outcome of one task is all that matters now. */
    private boolean isDecided() {
        return switch (policy) {
            case FAIL_FAST -> failure.get() != null;
            case FIRST_SUCCESS -> success.get() != null;
            case COLLECT_ALL -> false;
        };
    }

    /** Records how a task has ended. */
    private final class Outcome extends Listener {
        private final Future<?> future;
        private final Promise<@Nullable Void> recorded = new Promise<>();

        Outcome(Future<?> future) {
            this.future = future;
        }

        @Override
        void done(Future<?> done) {
            if (policy != Policy.COLLECT_ALL && !done.isCancelled()) {
                recordIt();
            }
            unrecorded.remove(this);
            recorded.setResult(null);
        }

        private void recordIt() {
            if (!(future.word() instanceof Failed failed)) {
                if (policy == Policy.FIRST_SUCCESS && success.compareAndSet(null, future)) {
                    markFailureSeen();
                }
            } else if (success.get() != null) {
                failed.markSeen();
            } else if (!failure.compareAndSet(null, failed)) {
                Suppression.add(requireNonNull(failure.get()).peek(), failed.exception());
            }
        }
    }

    /** There is a success, so nobody asks why others have failed. */
    private void markFailureSeen() {
        Failed failed = failure.get();
        if (failed != null) {
            failed.markSeen();
        }
    }

    /** Cancels all tasks that are not done, as by {@code cancel(true)}, and all that are submitted from now on. */
    public void cancel() {
        if (stopped.compareAndSet(false, true)) {
            Withdrawals withdrawals = new Withdrawals();
            withdrawals.cancelAll(List.copyOf(present));
            withdrawals.tellListeners();
        }
    }

    /**
     * Waits until all tasks are done. Tasks that were cancelled count as done, although their bodies may not have ended.
     *
     * @throws Exception what the first task that failed has thrown, as {@link Future#result} throws it, if that is what
     *     the {@linkplain Policy policy} says; an {@link InterruptedException} if the calling thread was interrupted,
     *     which also cancels all tasks
     * @throws CancellationException with {@link Policy#FIRST_SUCCESS}, if no task has succeeded or failed
     * @throws DeadlockException if the calling thread runs a task of this group
     */
    public void join() throws Exception {
        ensureNotInside("join()");
        ThreadFrame frame = Runner.currentFrame();
        Runnable outer = frame == null ? null : frame.onInterrupt;
        if (frame != null) {
            frame.onInterrupt = this::cancel;
        }
        try {
            awaitOutcomes();
        } catch (InterruptedException e) {
            cancel();
            throw e;
        } finally {
            if (frame != null) {
                frame.onInterrupt = outer;
            }
        }
        Failed failed = failure.get();
        if (policy == Policy.FIRST_SUCCESS && success.get() != null) {
            return;
        }
        if (failed != null) {
            throw Failed.<Exception>rethrow(failed.forResult());
        }
        if (policy == Policy.FIRST_SUCCESS) {
            throw new CancellationException("no task of the group has succeeded");
        }
    }

    private void awaitOutcomes() throws InterruptedException {
        while (!coming.isEmpty() || !unrecorded.isEmpty()) {
            Await.awaitWithoutHelping(List.copyOf(coming.keySet()));
            ensureNotInside("join()");
            List<Outcome> open = List.copyOf(unrecorded);
            Futures.await(open.stream().map(each -> each.future).toList());
            // A future is done a moment before its listeners hear of it.
            Await.awaitWithoutHelping(open.stream().map(each -> each.recorded).toList());
        }
    }

    /**
     * {@return the future of the first task that succeeded, with {@link Policy#FIRST_SUCCESS}}
     *
     * @throws IllegalStateException if none has, or the policy is another one
     */
    public Future<?> firstSuccess() {
        Future<?> first = success.get();
        if (first == null) {
            throw new IllegalStateException("no task of the group has succeeded, or its policy is not FIRST_SUCCESS");
        }
        return first;
    }

    /**
     * Cancels what is not done, and waits until the bodies of all tasks have ended. An interrupt does not end this wait;
     * it is kept for the caller. Does nothing more if this was called before.
     *
     * @throws DeadlockException if the calling thread runs a task of this group
     */
    @Override
    public void close() {
        ensureNotInside("close()");
        closed = true;
        cancel();
        boolean interrupted = false;
        while (!coming.isEmpty() || !present.isEmpty()) {
            ensureNotInside("close()");
            List<Future<?>> ending = List.copyOf(present);
            try {
                Await.awaitWithoutHelping(List.copyOf(coming.keySet()));
                Await.awaitWithoutHelping(ending.stream().map(Future::ended).toList());
                ending.forEach(present::remove);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void ensureNotInside(String where) {
        boolean isInside = present.stream().anyMatch(Future::isRunByThisThread)
                // In a submission, a thread runs nothing but the task that it submits.
                || coming.containsValue(Thread.currentThread());
        if (isInside) {
            throw new DeadlockException("a task would wait in " + where + " of its group for its own end");
        }
    }

    @Override
    public String toString() {
        String life = closed ? "closed" : stopped.get() ? "cancelled" : "open";
        return "TaskGroup[" + life + ", " + policy + ", " + unrecorded.size() + " unfinished]";
    }
}
