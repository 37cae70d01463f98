// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A place to run calls, with one {@link Future} for each: Python's {@code concurrent.futures.Executor}, and at the same
 * time an {@link ExecutorService}.
 *
 * {@snippet file="concurrent/futures/snippets/ExecutorSnippets.java" region="executor"}
 *
 * <p>The calls of one thread start in the order in which it submits them. A call may throw anything, and its future
 * has it; only what {@link #execute} runs has no future, and goes to the uncaught-exception handler of its thread.
 *
 * <p>Close an executor when it is not needed any more, best by try-with-resources. {@link #close()} waits until all
 * that was submitted is done; {@link #shutdown(boolean)} can cancel what has not started. A forgotten executor does
 * not keep the JVM alive once its work is done, and what was submitted is done before the JVM ends by itself.
 *
 * <p>All methods may be called from any thread. Null arguments are refused with a {@link NullPointerException}. After a
 * shutdown, everything that submits throws {@link RejectedExecutionException}; on a broken executor
 * {@link BrokenExecutorException}.
 */
public interface FutureExecutor extends ExecutorService {
    /**
     * {@return an executor that runs its tasks on the threads of another one} That may be a
     * {@link java.util.concurrent.ForkJoinPool}, a container's managed executor, a scheduler.
     *
     * <p>Everything is as with the executors of this library. A task is pending until a thread of the other executor
     * begins to run it, so it can be cancelled while it is queued there, and a task that waits for it may run it.
     * Closing this executor waits for what was submitted to it, and leaves the other one open. If the other one refuses
     * a task, its future fails with a {@link RejectedExecutionException}. If it drops a task without a word, as after its
     * own {@code shutdownNow}, the future is never done, and closing this executor waits for it, unless whoever did that
     * cancels the runnables it got, which are the futures, and then runs them.
     *
     * {@snippet file="concurrent/futures/snippets/ViewSnippets.java" region="over"}
     *
     * @param threads the other executor; it is given at most 10,000 tasks at a time, which it may queue. What is queued
     *     there keeps its place there, whatever its priority, and also if it is cancelled
     */
    static FutureExecutor over(Executor threads) {
        return over(threads, BorrowingExecutor.WORKERS_BY_DEFAULT);
    }

    /**
     * {@return an executor that runs its tasks on the threads of another one} As {@link #over(Executor)}, with a bound.
     *
     * @param threads the other executor
     * @param maxWorkers how many tasks it is given at a time, beside those that wait; others are queued here
     * @throws IllegalArgumentException if {@code maxWorkers} is not positive
     */
    static FutureExecutor over(Executor threads, int maxWorkers) {
        return new BorrowingExecutor(requireNonNull(threads, "threads"), Numbers.maxWorkers(maxWorkers));
    }

    /**
     * Submits a call that returns a result. A lambda with a result ends up here.
     *
     * @param task the call
     * @param <T> the type of the result
     * @return its future
     */
    <T extends @Nullable Object> Future<T> submit(Task<T> task);

    /**
     * Submits a call that returns nothing. A lambda without a result ends up here.
     *
     * @param action the call
     * @return its future, with null as the result
     */
    Future<?> submit(Action action);

    /**
     * Submits a callable.
     *
     * @param task the callable
     * @param <T> the type of the result
     * @return its future
     */
    @Override
    <T extends @Nullable Object> Future<T> submit(Callable<T> task);

    /**
     * Submits a runnable.
     *
     * @param task the runnable
     * @return its future, with null as the result
     */
    @Override
    Future<?> submit(Runnable task);

    /**
     * Submits a runnable with the result that its future is to have.
     *
     * @param task the runnable
     * @param result the result
     * @param <T> the type of the result
     * @return its future
     */
    @Override
    <T extends @Nullable Object> Future<T> submit(Runnable task, T result);

    /**
     * Submits many calls. If one of them is refused, those before it are cancelled.
     *
     * @param tasks the calls
     * @param <T> the type of the results
     * @return their futures, in the same order
     */
    <T extends @Nullable Object> List<Future<T>> submitAll(Iterable<? extends Task<T>> tasks);

    /**
     * Applies a function to each item in parallel; like {@link #map(Mapper, Iterable, MapOptions)} with
     * {@linkplain MapOptions#defaults() default options}.
     *
     * @param fn the function
     * @param items the items
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @return the results, in the order of the items
     */
    <A extends @Nullable Object, R extends @Nullable Object> Stream<R> map(
            Mapper<? super A, ? extends R> fn, Iterable<? extends A> items);

    /**
     * Applies a function to each item in parallel.
     *
     * <p>Work begins at this call, not when the stream is first asked for a result. Only a window of items is read and
     * submitted ahead of the results that have been taken ({@link MapOptions#bufferSize}), so that the items may be
     * many, or infinite. A result that is ready is given out without reading another item.
     *
     * {@snippet file="concurrent/futures/snippets/ExecutorSnippets.java" region="map"}
     *
     * <p>Asking for the result of an item that failed throws what {@link Future#join} throws; an iterator of the
     * stream throws it from {@code hasNext}. Whoever goes on asking gets the results of the other items. When the
     * {@linkplain MapOptions#timeout timeout} is over, what has not started is cancelled and the stream ends with a
     * {@link java.util.concurrent.CompletionException} around a {@link java.util.concurrent.TimeoutException}. When an
     * item cannot be read or submitted, because the executor was shut down for example, the results of those before it
     * are given out first, and then what was thrown. If the thread that asks is interrupted, its interrupt status is
     * set again and a {@link java.util.concurrent.CancellationException} is thrown.
     *
     * <p>Closing the stream cancels what has not started. {@code parallel()} on the stream changes nothing.
     *
     * @param fn the function
     * @param items the items; read by the calling thread now, and by the thread that asks for results later
     * @param options how to go about it
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @return the results
     */
    <A extends @Nullable Object, R extends @Nullable Object> Stream<R> map(
            Mapper<? super A, ? extends R> fn, Iterable<? extends A> items, MapOptions options);

    /* ---------------- Views ---------------- */

    /**
     * {@return this executor, with a limit on how long each task may run}
     *
     * <p>The time counts from the start of the task, not from its submission. When it is over, the future fails with a
     * {@link java.util.concurrent.TimeoutException}, and the task is stopped as {@code cancel(true)} would; see
     * {@link Future#ended} for when it really ends. {@link Future#result} throws that exception as it is. A second limit
     * holds together with the first.
     *
     * <p>This and what the other methods below return are views: they share the workers, the queue and the life of this
     * executor, so that closing one closes it, and they can be combined. What is submitted through a view, in whatever
     * way, gets its options; what is submitted to this executor itself does not.
     *
     * {@snippet file="concurrent/futures/snippets/ViewSnippets.java" region="views"}
     *
     * <p>Of a {@code map}, a chunk is a task: a limit that is over fails all of its items.
     *
     * @param timeout how long; zero or less stops each task as it begins
     */
    FutureExecutor withTimeout(Duration timeout);

    /**
     * {@return this executor, with a limit on when each task has to be done, and all that it submits}
     *
     * <p>The time counts from the submission. When it is over, the future fails with a
     * {@link java.util.concurrent.TimeoutException}; a task that has not started never will, and one that runs is
     * stopped as {@code cancel(true)} would. What a task submits on its own thread, to whichever executor of this JVM,
     * inherits the deadline unless it has an earlier one. A submission that waits for room in a full queue ends its
     * wait then, too. Each submission starts a clock of its own; for one common end there is
     * {@link TaskGroup#open(FutureExecutor, Duration)}.
     *
     * @param deadline how long after its submission; with zero or less each task fails at once
     */
    FutureExecutor withDeadline(Duration deadline);

    /**
     * {@return this executor, with a name for each task} It shows in {@link Future#toString}, and in the name of the
     * thread while that runs the task.
     *
     * @param name the name
     */
    FutureExecutor withName(String name);

    /**
     * {@return this executor, with a priority for each task}
     *
     * <p>Tasks with a higher one start before those with a lower one, and those with the same in the order of their
     * submission. Others have priority 0. As long as tasks of a higher priority come in without end, those of a lower
     * one do not start.
     *
     * @param priority the priority; may be negative
     */
    FutureExecutor withPriority(int priority);

    /**
     * {@return this executor, with something of the submitting thread carried into each task} That may be a logging
     * context, a trace, or a scoped value:
     *
     * {@snippet file="concurrent/futures/snippets/ViewSnippets.java" region="context"}
     *
     * <p>Of several, the one that was given first is around the others when the task is run.
     *
     * @param context takes what is submitted, and returns what is to be called instead; called on the submitting
     *     thread, for each task, or for each chunk of a {@code map}. What it throws is thrown by {@code submit}. What it
     *     returns has to be serializable if the tasks run in another process
     */
    FutureExecutor withContext(UnaryOperator<Callable<@Nullable Object>> context);

    /**
     * {@return this executor, with a note on each exception about where its task was submitted}
     *
     * <p>The note is a suppressed exception of what the task has thrown, with the stack trace of {@code submit}. If that
     * was inside of another task with a note, its cause says where that one was submitted, and so on, up to 20 of them:
     * what such a task submits to other executors gets a note as well. This costs a stack trace for each submission. The system property {@code concurrent.futures.debug=true} does the same
     * for all executors.
     */
    FutureExecutor withTracing();

    /* ---------------- Looking ---------------- */

    /** {@return the executor of which this is a view; this one if it is none} */
    FutureExecutor unwrapped();

    /**
     * {@return what this executor does at the moment, and has done so far} Of a view, this is about its executor, as is
     * what the methods below return. Pending tasks are counted one by one.
     */
    ExecutorStats stats();

    /**
     * Adds a listener that hears of all tasks that are submitted from now on, through whichever view, and of the workers.
     * As long as there is one, each task costs some clock reads and what the listener takes.
     *
     * @param listener the listener; one that is added twice hears twice
     * @return ends that
     */
    ExecutorListener.Registration addListener(ExecutorListener listener);

    /**
     * {@return a text for people that tells what this executor does} It has the {@linkplain #stats() numbers}, the tasks
     * that run, each with the stack of its thread and what that waits for, and the tasks that have been queued for
     * longest. For how long they run, or are queued, is known of those that were submitted while somebody listened.
     *
     * {@snippet file="concurrent/futures/snippets/WatchingSnippets.java" region="dump"}
     */
    String dump();

    /* ---------------- Ending ---------------- */

    /**
     * Stops accepting calls, and does not wait.
     *
     * @param cancelPending whether to cancel what has not started; otherwise it is run as usual
     */
    void shutdown(boolean cancelPending);

    /** {@return how many calls may run at the same time, those aside that wait for futures} */
    int maxWorkers();

    /** {@return whether this executor cannot be used any more because something essential failed} */
    boolean isBroken();

    /**
     * Stops accepting calls, cancels what has not started, and interrupts what runs, which ends as its body does.
     *
     * @return a runnable for each call that was cancelled by this; running it does nothing
     */
    @Override
    List<Runnable> shutdownNow();

    /**
     * {@inheritDoc}
     *
     * @throws DeadlockException if the timeout is endless (some 146 years) and the calling thread runs a task of this
     *     executor
     */
    @Override
    boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException;

    /**
     * {@inheritDoc}
     *
     * @throws DeadlockException if the calling thread runs a task of this executor, which could never end this way;
     *     nothing has been shut down then
     */
    @Override
    void close();
}
