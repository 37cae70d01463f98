// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.interop;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;
import static com.google.common.util.concurrent.MoreExecutors.listeningDecorator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.util.concurrent.AbstractFuture;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.SettableFuture;
import concurrent.futures.Future;
import concurrent.futures.Futures;
import concurrent.futures.ThreadExecutor;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our futures as {@code ListenableFuture}s and the other way round, each linked with its cancellation. */
@Timeout(30)
class GuavaTest {
    private final ThreadExecutor executor = new ThreadExecutor(1);

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    // @start region="to"
    static final class Listenable<T> extends AbstractFuture<T> {
        private final Future<T> future;

        Listenable(Future<T> future) {
            this.future = future;
            future.addDoneCallback(done -> {
                switch (future.state()) {
                    case SUCCESS -> set(future.resultNow());
                    case FAILED -> setException(future.exceptionNow());
                    default -> cancel(/* mayInterruptIfRunning= */ false);
                }
            });
        }

        @Override
        protected void afterDone() {
            if (isCancelled()) {
                future.cancel(wasInterrupted());
            }
        }
    }
    // @end

    // @start region="from"
    static <T> Future<T> from(ListenableFuture<T> theirs) {
        CompletableFuture<T> stage = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                theirs.cancel(mayInterruptIfRunning);
                return super.cancel(mayInterruptIfRunning);
            }
        };
        theirs.addListener(
                () -> {
                    switch (theirs.state()) {
                        case SUCCESS -> stage.complete(theirs.resultNow());
                        case FAILED -> stage.completeExceptionally(theirs.exceptionNow());
                        default -> stage.cancel(/* mayInterruptIfRunning= */ false);
                    }
                },
                directExecutor());
        return Futures.from(stage);
    }
    // @end

    @Test
    void results_passBothWays() throws Exception {
        assertThat(new Listenable<>(executor.submit(() -> "page")).get()).isEqualTo("page");
        SettableFuture<String> theirs = SettableFuture.create();
        Future<String> ours = from(theirs);
        theirs.set("page");
        assertThat(ours.result()).isEqualTo("page");
    }

    @Test
    void failures_passUnwrapped() {
        IOException thrown = new IOException("no page");
        ListenableFuture<String> theirs = new Listenable<>(Futures.failed(thrown));
        assertThat(theirs.exceptionNow()).isSameAs(thrown);
        assertThat(catchThrowable(() -> from(theirs).result())).isSameAs(thrown);
    }

    @Test
    void cancellingTheirs_interruptsTheTask() throws Exception {
        Endless endless = new Endless();
        ListenableFuture<String> theirs = new Listenable<>(executor.submit(endless));
        endless.awaitBegin();
        theirs.cancel(true);
        endless.awaitInterrupt();
    }

    @Test
    void cancellingTheEndOfAChainOfOurs_cancelsTheirs() {
        SettableFuture<String> theirs = SettableFuture.create();
        from(theirs).thenApply(String::length).cancel(true);
        assertThat(theirs.isCancelled()).isTrue();
    }

    @Test
    void cancellations_passBothWays() {
        Future<String> ours = from(com.google.common.util.concurrent.Futures.<String>immediateCancelledFuture());
        assertThat(ours.isCancelled()).isTrue();
        assertThat(new Listenable<>(ours).isCancelled()).isTrue();
    }

    @Test
    void decoratedExecutor_givesListenableFuturesOfItsOwn() throws Exception {
        // @start region="decorator"
        ListeningExecutorService listening = listeningDecorator(executor);
        ListenableFuture<String> theirs = listening.submit(() -> "page");
        // @end
        assertThat(theirs.get()).isEqualTo("page");

        Endless endless = new Endless();
        ListenableFuture<String> running = listening.submit(endless);
        endless.awaitBegin();
        running.cancel(true);
        endless.awaitInterrupt();
    }

    @Test
    void cancelledTaskOfTheDecorator_keepsItsPlaceInTheQueue() throws Exception {
        Endless endless = new Endless();
        Future<String> running = executor.submit(endless);
        endless.awaitBegin();
        listeningDecorator(executor).submit(() -> "page").cancel(true);
        assertThat(executor.queuedTasks()).isEqualTo(1);
        new Listenable<>(executor.submit(() -> "page")).cancel(true);
        assertThat(executor.queuedTasks()).isEqualTo(1);
        running.cancel(true);
    }
}
