// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The two-way bridge to {@link CompletableFuture}; no other class of this library calls that one.
 *
 * @param <T> the type of the result
 */
final class Bridge<T extends @Nullable Object> extends CompletableFuture<T> {
    private final Future<T> source;
    private final Listener link = new Link();

    private Bridge(Future<T> source) {
        this.source = source;
    }

    /** Our future as a linked {@code CompletableFuture}. */
    static <T extends @Nullable Object> CompletableFuture<T> to(Future<T> source) {
        Bridge<T> bridge = new Bridge<>(source);
        source.listen(bridge.link);
        if (!bridge.isDone()) {
            // However it is completed, nothing of it stays on the source.
            CompletableFuture<T> unused = bridge.whenComplete((value, exception) -> source.unlisten(bridge.link));
        }
        return bridge;
    }

    /** Somebody's stage as a future of ours; cancelling it cancels the stage. */
    static <T extends @Nullable Object> Future<T> from(CompletionStage<T> stage) {
        Adopted<T> adopted = new Adopted<>(stage);
        stage.whenComplete((value, exception) -> adopted.settle(outcome(value, exception)));
        return adopted;
    }

    private static Object outcome(@Nullable Object value, @Nullable Throwable exception) {
        if (exception == null) {
            return Completion.encode(value);
        }
        Throwable cause = exception instanceof CompletionException && exception.getCause() != null
                ? exception.getCause()
                : exception;
        return cause instanceof CancellationException ? Cancelled.NOTICED : new Failed(cause);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (isDone()) {
            return isCancelled();
        }
        // Cancelling the source completes this through the link, unless it is just being completed otherwise.
        source.cancel(mayInterruptIfRunning);
        return super.cancel(mayInterruptIfRunning) || isCancelled();
    }

    private final class Link extends Listener {
        @Override
        boolean runsUserCode() {
            return true;
        }

        @Override
        void done(Future<?> future) {
            switch (source.state()) {
                case SUCCESS -> complete(source.resultNow());
                case FAILED -> completeExceptionally(source.exceptionNow());
                default -> Bridge.super.cancel(false);
            }
        }
    }

    /** A future that a foreign stage completes. */
    private static final class Adopted<T extends @Nullable Object> extends Future<T> implements Completion.Owner {
        private final CompletionStage<T> stage;

        Adopted(CompletionStage<T> stage) {
            this.stage = stage;
        }

        @Override
        Completion.Owner owner() {
            return this;
        }

        @Override
        public void withdrawn(Completion future, CancelMode mode) {
            noticeCancel();
            stage.toCompletableFuture().cancel(mode == CancelMode.INTERRUPTING);
        }
    }
}
