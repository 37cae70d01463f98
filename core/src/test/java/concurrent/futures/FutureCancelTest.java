// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.FutureFixtures.awaitCollected;
import static concurrent.futures.FutureFixtures.awaitDeaf;
import static concurrent.futures.FutureFixtures.awaitListener;
import static concurrent.futures.FutureFixtures.inBackground;
import static concurrent.futures.FutureFixtures.opens;
import static concurrent.futures.FutureFixtures.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.Future.Status;
import concurrent.futures.FutureFixtures.Background;
import concurrent.futures.FutureFixtures.Blocked;
import concurrent.futures.FutureFixtures.Lockstep;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FutureCancelTest {
    private final ThreadExecutor executor = new ThreadExecutor(1);
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();

    @AfterEach
    void close() {
        gate.countDown();
        executor.close();
    }

    /** A task that runs until the gate opens or it is interrupted. */
    private Future<String> submitListening() throws InterruptedException {
        Future<String> future = executor.submit(() -> {
            running.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
                throw e;
            } finally {
                ended.countDown();
            }
            return "value";
        });
        opens(running);
        return future;
    }

    /** A task that runs until the gate opens, whatever comes. */
    private Future<String> submitDeaf() throws InterruptedException {
        Future<String> future = executor.submit(() -> {
            running.countDown();
            awaitDeaf(gate);
            ended.countDown();
            return "value";
        });
        opens(running);
        return future;
    }

    /* ---------------- Pending ---------------- */

    @Test
    void pendingTask_cancelled_neverRuns() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        List<Future<?>> futures = new ArrayList<>();
        try (Blocked blocked = new Blocked()) {
            futures.add(blocked.executor.submit(() -> runs.incrementAndGet()));
            futures.add(blocked.executor.submit(() -> runs.incrementAndGet()));
            futures.add(blocked.executor.submit(() -> runs.incrementAndGet()));
            assertThat(futures.get(0).cancel()).isTrue();
            assertThat(futures.get(1).cancel(false)).isTrue();
            assertThat(futures.get(2).cancel(true)).isTrue();
            assertThat(futures).allMatch(future -> future.status() == Status.CANCELLED);
        }
        assertThat(runs).hasValue(0);
        assertThat(futures).allMatch(Future::isCancelled);
    }

    @Test
    void pendingTask_cancelled_releasesItsWaiters() throws Exception {
        try (Blocked blocked = new Blocked()) {
            Future<String> future = blocked.executor.submit(() -> "never");
            Background<String> waiter = inBackground(future::result);
            awaitListener(future);
            future.cancel();
            assertThat(waiter.failure()).isExactlyInstanceOf(CancellationException.class);
        }
    }

    @Test
    void cancelledTask_letsGoOfItsCallableAtOnce() throws Exception {
        try (Blocked blocked = new Blocked()) {
            List<Future<?>> futures = new ArrayList<>();
            WeakReference<Object> captured = submitCapturing(blocked.executor, futures);
            futures.get(0).cancel();
            awaitCollected(captured);
            assertThat(futures.get(0).status()).isEqualTo(Status.CANCELLED);
            Reference.reachabilityFence(futures);
        }
    }

    @Test
    void finishedTask_letsGoOfItsCallable() throws Exception {
        List<Future<?>> futures = new ArrayList<>();
        WeakReference<Object> captured = submitCapturing(executor, futures);
        futures.get(0).result();
        awaitCollected(captured);
        Reference.reachabilityFence(futures);
    }

    @Test
    void doneTask_letsGoOfItsExecutor() throws Exception {
        Future<?> finished = executor.submit(() -> "value");
        Future<?> failed = executor.submit(() -> {
            throw new AssertionError("boom");
        });
        Future<?> cancelled = submitListening();
        cancelled.cancel(true);
        executor.submit(() -> {}).result();

        assertThat(finished.owner()).isNull();
        assertThat(failed.owner()).isNull();
        assertThat(cancelled.owner()).isNull();
    }

    private static WeakReference<Object> submitCapturing(ThreadExecutor executor, List<Future<?>> futures) {
        Object captured = new Object();
        futures.add(executor.submit(() -> captured.hashCode()));
        return new WeakReference<>(captured);
    }

    @Test
    void cancelledTask_freesItsPlaceInABoundedQueueAtOnce() throws Exception {
        try (ThreadExecutor bounded = ThreadExecutor.builder()
                .maxWorkers(1)
                .queueCapacity(1)
                .whenFull(WhenFull.REJECT)
                .build()) {
            bounded.submit(() -> {
                running.countDown();
                awaitDeaf(gate);
            });
            opens(running);
            for (int i = 0; i < 100; i++) {
                Future<?> waiting = bounded.submit(() -> "never");
                assertThatThrownBy(() -> bounded.submit(() -> "too many"))
                        .isInstanceOf(RejectedExecutionException.class);
                assertThat(waiting.cancel(i % 2 == 0)).isTrue();
                assertThat(waiting.cancel()).as("again").isTrue();
            }
            bounded.submit(() -> "last").cancel();
            gate.countDown();
        }
    }

    /* ---------------- Running ---------------- */

    @Test
    void cancelWithoutArgument_refusesWhatRuns() throws Exception {
        Future<String> future = submitListening();
        assertThat(future.cancel()).isFalse();
        assertThat(future.isRunning()).isTrue();
        gate.countDown();
        assertThat(future.result()).isEqualTo("value");
        assertThat(interrupted).isFalse();
    }

    @Test
    void cancelTrue_interruptsTheBody() throws Exception {
        Future<String> future = submitListening();
        assertThat(future.cancel(true)).isTrue();
        assertThat(opens(ended)).isTrue();
        assertThat(interrupted).isTrue();
        assertThat(future.isCancelled()).isTrue();
    }

    @Test
    void cancelTrue_interruptsTheBodyBeforeCallbacksRun() throws Exception {
        Future<String> future = submitListening();
        AtomicBoolean inTime = new AtomicBoolean();
        future.addDoneCallback(done -> inTime.set(ended.await(5, TimeUnit.SECONDS)));
        future.cancel(true);
        assertThat(inTime).as("the body has ended while the callback runs").isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancel_completesTheFutureAtOnce_whileTheBodyStillRuns(boolean mayInterrupt) throws Exception {
        Future<String> future = submitDeaf();
        Background<String> waiter = inBackground(future::result);
        awaitListener(future);

        assertThat(future.cancel(mayInterrupt)).isTrue();

        assertThat(future.isDone()).isTrue();
        assertThat(future.isRunning()).isFalse();
        assertThat(future.status()).isEqualTo(Status.CANCELLED_AND_NOTIFIED);
        assertThatThrownBy(future::result).isExactlyInstanceOf(CancellationException.class);
        assertThat(waiter.failure()).isExactlyInstanceOf(CancellationException.class);
        assertThat(ended.getCount()).as("the body still runs").isEqualTo(1);
        gate.countDown();
        assertThat(opens(ended)).isTrue();
    }

    @Test
    void cancelFalse_letsTheBodyEndUnheard() throws Exception {
        try (FutureLog log = new FutureLog()) {
            Future<String> future = submitListening();
            assertThat(future.cancel(false)).isTrue();
            gate.countDown();
            assertThat(opens(ended)).isTrue();

            assertThat(executor.submit(() -> "next").result()).isEqualTo("next");
            assertThat(interrupted).isFalse();
            assertThatThrownBy(future::result).isExactlyInstanceOf(CancellationException.class);
            assertThat(log.records()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancelledBody_thatThrows_isUnheard(boolean mayInterrupt) throws Exception {
        try (FutureLog log = new FutureLog()) {
            Future<?> future = executor.submit(() -> {
                running.countDown();
                awaitDeaf(gate);
                throw new AssertionError("unheard");
            });
            opens(running);
            future.cancel(mayInterrupt);
            gate.countDown();

            assertThat(executor.submit(() -> "next").result()).isEqualTo("next");
            assertThatThrownBy(future::result).isExactlyInstanceOf(CancellationException.class);
            assertThat(future.status()).isEqualTo(Status.CANCELLED_AND_NOTIFIED);
            assertThat(log.records()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancelled_cancelsAgainTrue(boolean mayInterrupt) throws Exception {
        Future<String> future = submitDeaf();
        AtomicInteger calls = new AtomicInteger();
        future.addDoneCallback(done -> calls.incrementAndGet());
        assertThat(future.cancel(mayInterrupt)).isTrue();
        assertThat(future.cancel()).isTrue();
        assertThat(future.cancel(false)).isTrue();
        assertThat(future.cancel(true)).isTrue();
        assertThat(calls).hasValue(1);
    }

    @Test
    void cancel_ofAFinishedTask_changesNothing() throws Exception {
        Future<String> future = executor.submit(() -> "value");
        future.result();
        assertThat(future.cancel()).isFalse();
        assertThat(future.cancel(false)).isFalse();
        assertThat(future.cancel(true)).isFalse();
        assertThat(future.result()).isEqualTo("value");
    }

    @Test
    void body_cancellingItself_isInterruptedItself_andTheWorkerLivesOn() throws Exception {
        AtomicReference<Future<?>> self = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        Future<?> future = executor.submit(() -> {
            opens(known);
            self.get().cancel(true);
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        self.set(future);
        known.countDown();

        assertThat(executor.submit(() -> Thread.currentThread().isInterrupted()).result())
                .isFalse();
        assertThat(interrupted).isTrue();
        assertThat(future.isCancelled()).isTrue();
    }

    @Test
    void cancelledPromise_thatRuns_refusesItsResult() {
        Promise<String> promise = new Promise<>();
        promise.setRunningOrNotifyCancel();
        promise.cancel(true);
        assertThat(promise.trySetResult("late")).isFalse();
        assertThat(promise.isCancelled()).isTrue();
    }

    @Test
    void cancel_onAVirtualThread_interruptsTheBody() throws Exception {
        try (VirtualThreadExecutor virtual = new VirtualThreadExecutor()) {
            Future<?> future = virtual.submit(() -> {
                running.countDown();
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    interrupted.set(true);
                }
                ended.countDown();
            });
            opens(running);
            assertThat(future.cancel(true)).isTrue();
            assertThat(opens(ended)).isTrue();
            assertThat(interrupted).isTrue();
        }
    }

    /* ---------------- Shutting down ---------------- */

    @Test
    void shutdownNow_cancelsWhatIsPending_andReturnsARunnableForEachThatDoesNothing() throws Exception {
        submitListening();
        AtomicInteger runs = new AtomicInteger();
        Future<?> first = executor.submit(() -> runs.incrementAndGet());
        Future<?> cancelled = executor.submit(() -> runs.incrementAndGet());
        Future<?> last = executor.submit(() -> runs.incrementAndGet());
        Background<?> waiter = inBackground(last::result);
        awaitListener(last);
        cancelled.cancel();

        List<Runnable> never = executor.shutdownNow();

        assertThat(never).hasSize(2);
        never.forEach(Runnable::run);
        assertThat(runs).hasValue(0);
        assertThat(first.isCancelled()).isTrue();
        assertThat(last.isCancelled()).isTrue();
        assertThat(waiter.failure()).isExactlyInstanceOf(CancellationException.class);
    }

    @Test
    void shutdownNow_interruptsWhatRuns_whichEndsAsItsBodyDoes() throws Exception {
        Future<String> future = submitListening();

        executor.shutdownNow();

        assertThat(future.exception()).isInstanceOf(InterruptedException.class);
        assertThatThrownBy(future::result)
                .isExactlyInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(future.isCancelled()).isFalse();
    }

    @Test
    void shutdownNow_bodyThatIgnoresTheInterrupt_returnsItsResult() throws Exception {
        Future<String> future = submitDeaf();
        executor.shutdownNow();
        assertThat(future.isDone()).isFalse();
        gate.countDown();
        assertThat(future.result()).isEqualTo("value");
    }

    /* ---------------- Races ---------------- */

    @Test
    void cancel_racingWithCompletion_hasOneOutcomeForEverybody() throws Exception {
        int rounds = 30_000;
        List<Promise<Integer>> promises = new ArrayList<>();
        boolean[] cancelled = new boolean[rounds];
        boolean[] completed = new boolean[rounds];
        AtomicInteger[] calls = new AtomicInteger[rounds];
        for (int i = 0; i < rounds; i++) {
            Promise<Integer> promise = new Promise<>();
            AtomicInteger called = calls[i] = new AtomicInteger();
            promise.addDoneCallback(done -> called.addAndGet(done.isCancelled() ? 100 : 1));
            if (i % 2 == 0) {
                promise.setRunningOrNotifyCancel();
            }
            promises.add(promise);
        }
        Lockstep lockstep = new Lockstep(2);
        lockstep.run(
                () -> {
                    for (int i = 0; i < rounds; i++) {
                        lockstep.await(i + 1);
                        cancelled[i] = promises.get(i).cancel(i % 3 == 0);
                    }
                },
                () -> {
                    for (int i = 0; i < rounds; i++) {
                        lockstep.await(i + 1);
                        completed[i] = promises.get(i).trySetResult(i);
                    }
                });
        for (int i = 0; i < rounds; i++) {
            assertThat(cancelled[i]).isNotEqualTo(completed[i]);
            assertThat(calls[i].get()).isEqualTo(cancelled[i] ? 100 : 1);
            assertThat(promises.get(i).isCancelled()).isEqualTo(cancelled[i]);
            assertThat(promises.get(i).state() == java.util.concurrent.Future.State.SUCCESS)
                    .isEqualTo(completed[i]);
        }
    }

    @Test
    void cancel_fromManyThreads_isTrueForAllAndHeardOnce() throws Exception {
        for (int round = 0; round < 100; round++) {
            Promise<String> promise = new Promise<>();
            AtomicInteger calls = new AtomicInteger();
            AtomicInteger trues = new AtomicInteger();
            promise.addDoneCallback(done -> calls.incrementAndGet());
            Lockstep lockstep = new Lockstep(3);
            FutureFixtures.Body body = () -> {
                lockstep.await(1);
                trues.addAndGet(promise.cancel() ? 1 : 0);
            };
            lockstep.run(body, body, body);
            assertThat(trues).hasValue(3);
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void cancel_racingWithTheStartOfTheTask_runsItAndFinishes_orCancelsItAndNeverRuns() throws Exception {
        int rounds = 5_000;
        AtomicInteger started = new AtomicInteger();
        int refused = 0;
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            Future<?> future = executor.submit(() -> started.incrementAndGet());
            refused += future.cancel() ? 0 : 1;
            futures.add(future);
        }
        executor.submit(() -> {}).result();
        int finished = 0;
        for (Future<?> future : futures) {
            assertThat(future.isDone()).isTrue();
            finished += future.isCancelled() ? 0 : 1;
        }
        assertThat(finished).isEqualTo(refused).isEqualTo(started.get());
        soon().until(() -> futures.stream().noneMatch(future -> future.status() == Status.CANCELLED));
    }
}
