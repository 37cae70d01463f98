// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a {@link Future} that make another one from it. They are not final, as then they could not be called by
 * reflection: a class that is not public declares them.
 *
 * @param <T> the type of the result
 */
abstract class Composable<T extends @Nullable Object> extends Completion {
    Composable() {
        super(Pending.PENDING);
    }

    abstract Future<T> self();

    /**
     * Makes a future of what a function makes of the result.
     *
     * <p>The function runs when this future is done, in turn with the callbacks, on the thread that completes it; at
     * once on the calling thread if it is done. If this future fails, the new one fails with the same exception; if
     * this is cancelled, so is the new one. What the function throws becomes the exception of the new future.
     *
     * <p>Cancelling the new future cancels this one in the same way, unless something else is left that listens to this
     * one or waits for it: a callback, a thread, another future made from it. {@link Futures#shield} keeps it from
     * that. A function that is being run is not interrupted, and what it returns is not heard.
     *
     * {@snippet file="concurrent/futures/snippets/CompositionSnippets.java" region="thenApply"}
     *
     * @param fn the function
     * @param <R> the type of the new result
     * @return the new future, which is pending until it is done
     */
    public <R extends @Nullable Object> Future<R> thenApply(Mapper<? super T, ? extends R> fn) {
        return Derived.of(self(), Step.apply(requireNonNull(fn, "fn")), null);
    }

    /**
     * As {@link #thenApply(Mapper)}, but the function is run by an executor. If that is one of this library, cancelling
     * the new future cancels the call of the function in the same way.
     *
     * @param fn the function
     * @param executor what runs it; if it refuses to, the new future fails with the refusal
     * @param <R> the type of the new result
     * @return the new future
     */
    public <R extends @Nullable Object> Future<R> thenApply(Mapper<? super T, ? extends R> fn, Executor executor) {
        return Derived.of(self(), Step.apply(requireNonNull(fn, "fn")), requireNonNull(executor, "executor"));
    }

    /**
     * Makes a future that becomes what the future becomes that a function returns for the result.
     *
     * <p>Otherwise as {@link #thenApply(Mapper)}. Cancelling the new future cancels whichever of the two it waits for.
     *
     * {@snippet file="concurrent/futures/snippets/CompositionSnippets.java" region="thenCompose"}
     *
     * @param fn the function
     * @param <R> the type of the new result
     * @return the new future
     */
    public <R extends @Nullable Object> Future<R> thenCompose(Mapper<? super T, ? extends Future<? extends R>> fn) {
        return Derived.of(self(), Step.compose(requireNonNull(fn, "fn")), null);
    }

    /**
     * As {@link #thenCompose(Mapper)}, but the function is run by an executor.
     *
     * @param fn the function
     * @param executor what runs it
     * @param <R> the type of the new result
     * @return the new future
     */
    public <R extends @Nullable Object> Future<R> thenCompose(
            Mapper<? super T, ? extends Future<? extends R>> fn, Executor executor) {
        return Derived.of(self(), Step.compose(requireNonNull(fn, "fn")), requireNonNull(executor, "executor"));
    }

    /**
     * Makes a future of what a function makes of the outcome, whether that is a result, an exception or a cancellation.
     *
     * <p>Otherwise as {@link #thenApply(Mapper)}.
     *
     * {@snippet file="concurrent/futures/snippets/CompositionSnippets.java" region="handle"}
     *
     * @param handler the function
     * @param <R> the type of the new result
     * @return the new future
     */
    public <R extends @Nullable Object> Future<R> handle(Handler<? super T, ? extends R> handler) {
        return Derived.of(self(), Step.handle(requireNonNull(handler, "handler")), null);
    }

    /**
     * As {@link #handle(Handler)}, but the function is run by an executor.
     *
     * @param handler the function
     * @param executor what runs it
     * @param <R> the type of the new result
     * @return the new future
     */
    public <R extends @Nullable Object> Future<R> handle(Handler<? super T, ? extends R> handler, Executor executor) {
        return Derived.of(
                self(), Step.handle(requireNonNull(handler, "handler")), requireNonNull(executor, "executor"));
    }

    /**
     * Makes a future that has the same result or, if there is none, what a function makes of the exception, which is a
     * {@link java.util.concurrent.CancellationException} if this future was cancelled.
     *
     * <p>Otherwise as {@link #thenApply(Mapper)}.
     *
     * {@snippet file="concurrent/futures/snippets/CompositionSnippets.java" region="exceptionally"}
     *
     * @param fn the function
     * @return the new future
     */
    public Future<T> exceptionally(Mapper<? super Throwable, ? extends T> fn) {
        return Derived.of(self(), Step.exceptionally(requireNonNull(fn, "fn")), null);
    }

    /**
     * As {@link #exceptionally(Mapper)}, but the function is run by an executor.
     *
     * @param fn the function
     * @param executor what runs it
     * @return the new future
     */
    public Future<T> exceptionally(Mapper<? super Throwable, ? extends T> fn, Executor executor) {
        return Derived.of(self(), Step.exceptionally(requireNonNull(fn, "fn")), requireNonNull(executor, "executor"));
    }
}
