// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A failure that nobody has looked at is told of when its future is collected. */
@Isolated("there is one handler for all")
class UnseenFailureTest {
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final FutureExecutor executor = new ThreadExecutor(1);

    /** Failures of this test, as opposed to those of others. */
    private static final class OnPurpose extends RuntimeException {
        private static final long serialVersionUID = 1;

        OnPurpose(String message) {
            super(message);
        }
    }

    @BeforeEach
    void listen() {
        Futures.onUnseenFailure((name, thrown) -> {
            if (thrown instanceof OnPurpose) {
                heard.add(name + ": " + thrown.getMessage());
            }
        });
    }

    @AfterEach
    void close() {
        Futures.onUnseenFailure(Log::failureUnseen);
        executor.close();
    }

    /** How a user looks at a failure, or does not. */
    private interface Look {
        void at(Future<Integer> future) throws Exception;
    }

    private void failAndCollect(String message, Look look) throws Exception {
        WeakReference<Future<Integer>> reference = fail(message, look);
        Garbage.awaitCollected(reference);
        // Cleaners run one after the other.
        Garbage.awaitCollected(Garbage.reference(object -> Reclaim.register(object, () -> {})));
    }

    private WeakReference<Future<Integer>> fail(String message, Look look) throws Exception {
        Future<Integer> future = executor.submit(() -> {
            throw new OnPurpose(message);
        });
        Futures.await(List.of(future));
        executor.submit(() -> 0).result();
        look.at(future);
        return new WeakReference<>(future);
    }

    @Test
    void failureThatNobodyLooksAt_isToldOnce() throws Exception {
        failAndCollect("unseen", future -> future.toString());
        Eventually.await().until(() -> !heard.isEmpty());
        assertThat(heard).singleElement().asString().matches("Future@[0-9a-f]+ in ThreadExecutor-\\d+: unseen");
    }

    @Test
    void failureThatSomebodyHasLookedAt_isNotTold() throws Exception {
        List<Look> looks = List.of(
                future -> assertThatThrownBy(future::result).isNotNull(),
                future -> assertThatThrownBy(future::join).isNotNull(),
                future -> assertThatThrownBy(future::get).isNotNull(),
                future -> assertThatThrownBy(() -> future.get(1, TimeUnit.SECONDS))
                        .isNotNull(),
                Future::exception,
                Future::exceptionNow,
                Future::toCompletableFuture);
        for (Look look : looks) {
            failAndCollect("seen", look);
        }
        failAndCollect("unseen", future -> {});
        Eventually.await().until(() -> !heard.isEmpty());
        assertThat(heard).singleElement().asString().endsWith("unseen");
    }

    @Test
    void timeThatWasOver_isToldAsWell() throws Exception {
        Futures.onUnseenFailure((name, thrown) -> {
            if (thrown instanceof TimeoutException) {
                heard.add(String.valueOf(thrown.getMessage()));
            }
        });
        Garbage.awaitCollected(runOutOfTime());
        Eventually.await().until(() -> !heard.isEmpty());
        assertThat(heard).singleElement().asString().contains("timeout");
    }

    private WeakReference<Future<?>> runOutOfTime() throws InterruptedException {
        Future<?> future = executor.withTimeout(Duration.ofMillis(1)).submit(() -> new CountDownLatch(1).await());
        Futures.await(List.of(future));
        future.ended().join();
        return new WeakReference<>(future);
    }

    @Test
    void failureOfACancelledTask_isNotTold() throws Exception {
        try (Gate gate = new Gate()) {
            Future<?> future = executor.submit(() -> {
                gate.passUninterruptibly();
                throw new OnPurpose("cancelled");
            });
            gate.awaitArrivals(1);
            future.cancel(/* mayInterruptIfRunning= */ false);
        }
        failAndCollect("unseen", future -> {});
        Eventually.await().until(() -> !heard.isEmpty());
        assertThat(heard).singleElement().asString().endsWith("unseen");
    }

    @Test
    void exceptionThatRefersToItsFuture_doesNotKeepItForEver() throws Exception {
        WeakReference<Object> reference = failWithAReferenceToItself();
        for (int i = 0; i < 1_100; i++) {
            failQuickly();
        }
        Garbage.awaitCollected(reference);
    }

    private WeakReference<Object> failWithAReferenceToItself() throws Exception {
        Promise<Object> self = new Promise<>();
        Future<?> future = executor.submit(() -> {
            OnPurpose exception = new OnPurpose("refers to its future");
            exception.addSuppressed(new Referring(self));
            throw exception;
        });
        self.setResult(future);
        Futures.await(List.of(future));
        executor.submit(() -> 0).result();
        return new WeakReference<>(future);
    }

    private static final class Referring extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Object object;

        Referring(Object object) {
            this.object = object;
        }

        @Override
        public String getMessage() {
            return String.valueOf(object);
        }
    }

    private void failQuickly() throws InterruptedException {
        Future<Integer> future = executor.submit(() -> {
            throw new OnPurpose("one of many");
        });
        Futures.await(List.of(future));
    }

    @Test
    void withoutAHandler_nothingIsWatched() throws Exception {
        Futures.onUnseenFailure(null);
        WeakReference<Future<Integer>> reference = fail("unwatched", future -> {});
        listen();
        Garbage.awaitCollected(reference);
        failAndCollect("unseen", future -> {});
        Eventually.await().until(() -> !heard.isEmpty());
        assertThat(heard).singleElement().asString().endsWith("unseen");
    }

    @Test
    void handlerThatFails_isLogged() throws Exception {
        try (FutureLog log = new FutureLog()) {
            Futures.onUnseenFailure((name, thrown) -> {
                throw new IllegalStateException("the handler fails");
            });
            failAndCollect("unseen", future -> {});
            Eventually.await().until(() -> log.messages().contains("the handler of unseen failures failed"));
        }
    }
}
