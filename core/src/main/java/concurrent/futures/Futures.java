// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Verbs over many futures, of any executors and promises: Python's {@code wait} and {@code as_completed}. In Java, the
 * name {@code wait} is hidden by {@link Object#wait()} when it is imported statically.
 *
 * {@snippet file="concurrent/futures/snippets/FuturesSnippets.java" region="futures"}
 *
 * <p>In a task, a wait without a timeout for what waits for that very task throws a {@link DeadlockException}.
 *
 * <p>A future counts as done here as soon as it is cancelled. In Python, such a wait goes on until a worker has come
 * across the cancelled future.
 */
public final class Futures {
    private Futures() {}

    /**
     * Waits until all futures are done or cancelled.
     *
     * @param fs the futures; duplicates count once
     * @param <T> the type of the results
     * @return all of them, as done
     * @throws InterruptedException if the calling thread was interrupted
     */
    public static <T extends @Nullable Object> DoneAndNotDone<T> await(Iterable<? extends Future<? extends T>> fs)
            throws InterruptedException {
        return await(fs, ReturnWhen.ALL_COMPLETED);
    }

    /**
     * Waits until {@code returnWhen} holds.
     *
     * @param fs the futures; duplicates count once
     * @param returnWhen what to wait for; if it holds already, or there is no future, this returns at once
     * @param <T> the type of the results
     * @return which of them are done and which are not
     * @throws InterruptedException if the calling thread was interrupted
     */
    public static <T extends @Nullable Object> DoneAndNotDone<T> await(
            Iterable<? extends Future<? extends T>> fs, ReturnWhen returnWhen) throws InterruptedException {
        requireNonNull(fs, "fs");
        return Await.await(fs, Deadline.NEVER, requireNonNull(returnWhen, "returnWhen"));
    }

    /**
     * Waits until {@code returnWhen} holds, but not longer than {@code timeout}. Nothing is thrown when the time is
     * over.
     *
     * @param fs the futures; duplicates count once
     * @param timeout how long to wait; zero or less asks without waiting
     * @param returnWhen what to wait for
     * @param <T> the type of the results
     * @return which of them are done and which are not
     * @throws InterruptedException if the calling thread was interrupted
     */
    public static <T extends @Nullable Object> DoneAndNotDone<T> await(
            Iterable<? extends Future<? extends T>> fs, Duration timeout, ReturnWhen returnWhen)
            throws InterruptedException {
        requireNonNull(fs, "fs");
        Deadline deadline = Deadline.after(requireNonNull(timeout, "timeout"));
        return Await.await(fs, deadline, requireNonNull(returnWhen, "returnWhen"));
    }

    /**
     * Gives out futures as they are completed: first those that are done, then each when it is done or cancelled.
     *
     * @param fs the futures; duplicates count once
     * @param <T> the type of the results
     * @return an iteration over the futures; close it unless it is used to its end
     */
    public static <T extends @Nullable Object> AsCompleted<T> asCompleted(Iterable<? extends Future<? extends T>> fs) {
        return new AsCompleted<>(requireNonNull(fs, "fs"), Deadline.NEVER);
    }

    /**
     * Gives out futures as they are completed, but waits no longer than {@code timeout} in all; otherwise like
     * {@link #asCompleted(Iterable)}.
     *
     * @param fs the futures; duplicates count once
     * @param timeout the time from this call on; afterwards those that are done are still given out, and then a
     *     {@link java.util.concurrent.TimeoutException} tells how many are not
     * @param <T> the type of the results
     * @return an iteration over the futures
     */
    public static <T extends @Nullable Object> AsCompleted<T> asCompleted(
            Iterable<? extends Future<? extends T>> fs, Duration timeout) {
        requireNonNull(fs, "fs");
        return new AsCompleted<>(fs, Deadline.after(requireNonNull(timeout, "timeout")));
    }

    /**
     * Makes a future of the results of several futures.
     *
     * <p>It has all the results, in the order of the futures, when the last of them is done. If one fails it fails with
     * the same exception, to which the exceptions of those that had failed as well are added as suppressed; if one is
     * cancelled, so is it. The others are cancelled then, as by {@code cancel(true)}, unless something else is left
     * that listens to them or waits for them. Cancelling the new future cancels the others likewise, in the same way.
     *
     * {@snippet file="concurrent/futures/snippets/CompositionSnippets.java" region="all"}
     *
     * @param fs the futures
     * @param <T> the type of their results
     * @return the new future; if there are none, it has an empty list
     */
    public static <T extends @Nullable Object> Future<List<T>> all(Iterable<? extends Future<? extends T>> fs) {
        return AllOf.of(requireNonNull(fs, "fs"));
    }

    /**
     * Makes a future of the first result of several futures.
     *
     * <p>The others are cancelled then, as {@link #all} does. If none has a result, it fails with an
     * {@link java.util.concurrent.ExecutionException}: its cause is the exception of the first of the futures that
     * failed, and those of the others are suppressed. If all have been cancelled, so is it.
     *
     * @param fs the futures
     * @param <T> the type of their results
     * @return the new future
     * @throws IllegalArgumentException if there are no futures
     */
    public static <T extends @Nullable Object> Future<T> any(Iterable<? extends Future<? extends T>> fs) {
        return AnyOf.of(requireNonNull(fs, "fs"));
    }

    /**
     * Makes a future that becomes what another one becomes, and does not pass on that it is cancelled. As long as it is
     * not done, it also keeps the other one from being cancelled because all else that was made of that has been.
     *
     * {@snippet file="concurrent/futures/snippets/CompositionSnippets.java" region="shield"}
     *
     * @param future the other future
     * @param <T> the type of the result
     * @return the new future
     */
    public static <T extends @Nullable Object> Future<T> shield(Future<? extends T> future) {
        return Derived.shielding(requireNonNull(future, "future"));
    }

    /**
     * Says who hears of failures that nobody has looked at: of what a task has thrown, when its future is collected as
     * garbage and neither {@code result}, {@code join}, {@code get}, {@code exception} nor {@code exceptionNow} has
     * told anybody of it. By default it is logged as a warning. Tasks of all executors of this JVM are meant; tasks
     * that succeed pay nothing for it. At most the latest 1,000 failures are watched, and after a cancellation none is.
     *
     * @param handler is called, on a thread of the library's, with the name of the future and of its executor, and with
     *     the exception; must not block. Null has nobody hear of them, as is cheapest for tasks that fail often.
     */
    public static void onUnseenFailure(@Nullable BiConsumer<? super String, ? super Throwable> handler) {
        UnseenFailure.setHandler(handler);
    }

    /**
     * Makes a future that has a result.
     *
     * @param value the result, which may be null
     * @param <T> the type of the result
     * @return the future
     */
    public static <T extends @Nullable Object> Future<T> completed(T value) {
        Promise<T> promise = new Promise<>();
        promise.setResult(value);
        return promise;
    }

    /**
     * Makes a future that has failed.
     *
     * @param exception the exception
     * @param <T> the type of the result that it does not have
     * @return the future
     */
    public static <T extends @Nullable Object> Future<T> failed(Throwable exception) {
        Promise<T> promise = new Promise<>();
        promise.setException(exception);
        return promise;
    }

    /**
     * Makes a future of a stage. It is done when the stage is, with its result, or with its exception out of the
     * {@link java.util.concurrent.CompletionException} that stages wrap around it. Cancelling it cancels the stage; it
     * stays pending until it is done, since a stage does not tell whether it has started.
     *
     * @param stage the stage
     * @param <T> the type of the result
     * @return the future
     */
    public static <T extends @Nullable Object> Future<T> from(CompletionStage<T> stage) {
        return Bridge.from(requireNonNull(stage, "stage"));
    }
}
