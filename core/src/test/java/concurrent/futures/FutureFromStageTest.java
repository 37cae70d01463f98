// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.FutureFixtures.awaitListener;
import static concurrent.futures.FutureFixtures.inBackground;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import concurrent.futures.Future.Status;
import concurrent.futures.FutureFixtures.Background;
import concurrent.futures.FutureFixtures.Lockstep;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Futures.from(stage)}: the bridge in the other direction. */
class FutureFromStageTest {
    private final CompletableFuture<String> stage = new CompletableFuture<>();

    @Test
    void result_completesOurs() throws Exception {
        Future<String> future = Futures.from(stage);
        assertThat(future.status()).isEqualTo(Status.PENDING);
        stage.complete("value");
        assertThat(future.result()).isEqualTo("value");
        assertThat(future.status()).isEqualTo(Status.FINISHED);
    }

    @Test
    void nullResult_completesOurs() throws Exception {
        Future<String> future = Futures.from(stage);
        stage.complete(null);
        assertThat(future.result()).isNull();
        assertThat(future.exception()).isNull();
    }

    @Test
    void exception_completesOurs_asTheSameObject() {
        IOException thrown = new IOException("boom");
        Future<String> future = Futures.from(stage);
        stage.completeExceptionally(thrown);
        assertThat(catchThrowable(future::result)).isSameAs(thrown);
    }

    @Test
    void exceptionOfADependentStage_comesOutOfItsCompletionException() {
        IOException thrown = new IOException("boom");
        Future<String> future = Futures.from(stage.thenApply(value -> value + "!"));
        stage.completeExceptionally(thrown);
        assertThat(catchThrowable(future::result)).isSameAs(thrown);
    }

    @Test
    void exceptionThrownByAStage_comesOutOfItsCompletionException() throws Exception {
        IllegalStateException thrown = new IllegalStateException("boom");
        Future<String> future = Futures.from(stage.thenApply(value -> {
            throw thrown;
        }));
        stage.complete("value");
        assertThat(future.exception()).isSameAs(thrown);
    }

    @Test
    void completionExceptionWithoutCause_staysWhatItIs() throws Exception {
        CompletionException thrown = new CompletionException("no cause", null);
        Future<String> future = Futures.from(stage);
        stage.completeExceptionally(thrown);
        assertThat(future.exception()).isSameAs(thrown);
    }

    @Test
    void timeoutOfAStage_isToldFromOneOfTheWait() {
        Future<String> future = Futures.from(stage.orTimeout(1, TimeUnit.NANOSECONDS));
        assertThatThrownBy(future::result)
                .isInstanceOf(java.util.concurrent.ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void doneStage_givesADoneFuture() throws Exception {
        assertThat(Futures.from(CompletableFuture.completedStage("value")).result())
                .isEqualTo("value");
        assertThat(Futures.from(CompletableFuture.failedStage(new IOException("boom")))
                        .exceptionNow())
                .isInstanceOf(IOException.class);
    }

    @Test
    void waitersAndCallbacks_areTold() throws Exception {
        Future<String> future = Futures.from(stage);
        List<Object> seen = new ArrayList<>();
        Background<String> waiter = inBackground(future::result);
        awaitListener(future);
        future.addDoneCallback(done -> seen.add(done.resultNow()));
        stage.complete("value");
        assertThat(waiter.get()).isEqualTo("value");
        assertThat(seen).containsExactly("value");
    }

    /* ---------------- Cancellation ---------------- */

    @Test
    void cancelledStage_cancelsOurs() {
        Future<String> future = Futures.from(stage);
        stage.cancel(true);
        assertThat(future.isCancelled()).isTrue();
        assertThat(future.status()).isEqualTo(Status.CANCELLED_AND_NOTIFIED);
        assertThatThrownBy(future::result).isExactlyInstanceOf(CancellationException.class);
    }

    @Test
    void dependentOfACancelledStage_cancelsOurs() {
        Future<String> future = Futures.from(stage.thenApply(value -> value + "!"));
        stage.cancel(true);
        assertThat(future.isCancelled()).isTrue();
    }

    @Test
    void cancellingOurs_cancelsTheStage() {
        Future<String> future = Futures.from(stage);
        assertThat(future.cancel()).isTrue();
        assertThat(stage).isCancelled();
        assertThat(future.status()).isEqualTo(Status.CANCELLED_AND_NOTIFIED);
        assertThat(future.cancel()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancellingOurs_cancelsTheStageInTheSameWay(boolean mayInterrupt) {
        AtomicReference<Boolean> heard = new AtomicReference<>();
        CompletableFuture<String> listening = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                heard.set(mayInterruptIfRunning);
                return super.cancel(mayInterruptIfRunning);
            }
        };
        assertThat(Futures.from(listening).cancel(mayInterrupt)).isTrue();
        assertThat(heard).hasValue(mayInterrupt);
    }

    @Test
    void cancellingOurs_afterTheStageIsDone_isRefused() {
        Future<String> future = Futures.from(stage);
        stage.complete("value");
        assertThat(future.cancel(true)).isFalse();
        assertThat(future.resultNow()).isEqualTo("value");
    }

    @Test
    void cancellingOurs_isSeenByTheListenersOfBoth() {
        List<String> seen = new ArrayList<>();
        Future<String> future = Futures.from(stage);
        future.addDoneCallback(done -> seen.add("ours " + done.isCancelled()));
        stage.whenComplete((value, exception) -> seen.add("stage " + stage.isCancelled()));
        future.cancel(true);
        assertThat(seen).containsExactlyInAnyOrder("ours true", "stage true");
    }

    @Test
    void minimalStage_completesOurs_andIsLeftAloneByACancellation() {
        CompletionStage<String> minimal = stage.minimalCompletionStage();
        Future<String> completed = Futures.from(minimal);
        Future<String> cancelled = Futures.from(minimal);
        assertThat(cancelled.cancel(true)).isTrue();
        assertThat(stage).isNotDone();
        assertThat(cancelled.isCancelled()).isTrue();
        stage.complete("value");
        assertThat(completed.resultNow()).isEqualTo("value");
        assertThat(cancelled.isCancelled()).isTrue();
    }

    /** A stage that cannot be made a CompletableFuture, as the interface allows. */
    @Test
    void stageThatCannotBeCancelled_isLogged_andOursIsCancelled() throws Exception {
        assertCancelsInSpiteOf(new UnsupportedOperationException("not this one"));
    }

    @Test
    void stageThatFailsBadlyWhenCancelled_isLogged_andOursIsCancelled() throws Exception {
        assertCancelsInSpiteOf(new AssertionError("broken stage"));
    }

    private void assertCancelsInSpiteOf(Throwable thrown) throws Exception {
        Future<String> future = Futures.from(stageThatThrows(thrown));
        AtomicInteger calls = new AtomicInteger();
        future.addDoneCallback(done -> calls.incrementAndGet());
        Background<String> waiter = inBackground(future::result);
        FutureFixtures.soon().until(() -> FutureFixtures.listeners(future) == 2);
        try (FutureLog log = new FutureLog()) {
            Throwable escaped =
                    catchThrowable(() -> assertThat(future.cancel(true)).isTrue());

            assertThat(future.isCancelled()).isTrue();
            assertThat(calls).as("calls of the callback").hasValue(1);
            assertThat(waiter.failure()).isExactlyInstanceOf(CancellationException.class);
            assertThat(escaped).isNull();
            assertThat(log.thrown()).containsExactly(thrown);
        }
    }

    @SuppressWarnings("unchecked")
    private CompletionStage<String> stageThatThrows(Throwable thrown) {
        return (CompletionStage<String>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {CompletionStage.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("toCompletableFuture")) {
                        throw thrown;
                    }
                    return method.invoke(stage, arguments);
                });
    }

    /* ---------------- There and back ---------------- */

    @Test
    void roundTrip_carriesResultsAndCancellations() throws Exception {
        Promise<String> promise = new Promise<>();
        Future<String> there = Futures.from(promise.toCompletableFuture());
        promise.setResult("value");
        assertThat(there.result()).isEqualTo("value");

        Promise<String> cancelled = new Promise<>();
        Future<String> back = Futures.from(cancelled.toCompletableFuture());
        assertThat(back.cancel(true)).isTrue();
        assertThat(cancelled.isCancelled()).isTrue();

        IOException thrown = new IOException("boom");
        Promise<String> failed = new Promise<>();
        Future<String> again = Futures.from(failed.toCompletableFuture());
        failed.setException(thrown);
        assertThat(again.exception()).isSameAs(thrown);
    }

    @Test
    void futureOfAStage_worksWithAwaitAndAsCompleted() throws Exception {
        Future<String> future = Futures.from(stage);
        stage.complete("value");
        assertThat(Futures.await(List.of(future)).done()).containsExactly(future);
        assertThat(Futures.asCompleted(List.of(future)).take()).isSameAs(future);
    }

    @Test
    void completingTheStage_racingWithCancellingOurs_hasOneOutcome() throws Exception {
        int rounds = 10_000;
        List<CompletableFuture<Integer>> stages = new ArrayList<>();
        List<Future<Integer>> futures = new ArrayList<>();
        boolean[] cancelled = new boolean[rounds];
        AtomicInteger calls = new AtomicInteger();
        for (int i = 0; i < rounds; i++) {
            stages.add(new CompletableFuture<>());
            futures.add(Futures.from(stages.get(i)));
            futures.get(i).addDoneCallback(done -> calls.incrementAndGet());
        }
        Lockstep lockstep = new Lockstep(2);
        lockstep.run(
                () -> {
                    for (int i = 0; i < rounds; i++) {
                        lockstep.await(i + 1);
                        stages.get(i).complete(i);
                    }
                },
                () -> {
                    for (int i = 0; i < rounds; i++) {
                        lockstep.await(i + 1);
                        cancelled[i] = futures.get(i).cancel(true);
                    }
                });
        for (int i = 0; i < rounds; i++) {
            assertThat(futures.get(i).isDone()).isTrue();
            assertThat(futures.get(i).isCancelled()).isEqualTo(cancelled[i]);
        }
        assertThat(calls).hasValue(rounds);
    }
}
