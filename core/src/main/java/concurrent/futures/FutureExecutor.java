// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
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
