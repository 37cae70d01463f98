// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.FutureFixtures.awaitCollected;
import static concurrent.futures.FutureFixtures.inBackground;
import static concurrent.futures.FutureFixtures.listeners;
import static concurrent.futures.FutureFixtures.opens;
import static concurrent.futures.FutureFixtures.sneak;
import static concurrent.futures.FutureFixtures.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.FutureFixtures.Background;
import concurrent.futures.FutureFixtures.Blocked;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FutureCallbackTest {
    private final List<Object> seen = Collections.synchronizedList(new ArrayList<>());

    /* ---------------- Order and number ---------------- */

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 31, 32, 33, 34, 500})
    void callbacks_runOnceEach_inTheOrderInWhichTheyWereAdded(int count) {
        Promise<String> promise = new Promise<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            promise.addDoneCallback(done -> seen.add(number));
        }
        promise.setResult("value");

        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, count).boxed().toList());
    }

    @Test
    void callbacks_addedInDifferentStates_runInTheOrderInWhichTheyWereAdded() {
        Promise<String> promise = new Promise<>();
        promise.addDoneCallback(done -> seen.add("pending"));
        promise.setRunningOrNotifyCancel();
        promise.addDoneCallback(done -> seen.add("running"));
        promise.setResult("value");
        promise.addDoneCallback(done -> seen.add("done"));

        assertThat(seen).containsExactly("pending", "running", "done");
    }

    @Test
    void callbacks_betweenWaitersThatComeAndGo_runInTheOrderInWhichTheyWereAdded() throws Exception {
        Promise<String> promise = new Promise<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            Background<String> waiter = inBackground(promise::result);
            soon().until(() -> listeners(promise) > number);
            promise.addDoneCallback(done -> seen.add(number));
            waiter.thread.interrupt();
            waiter.failure();
        }
        promise.setResult("value");

        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void callback_addedTwice_runsTwice() {
        Promise<String> promise = new Promise<>();
        DoneCallback<Object> callback = seen::add;
        promise.addDoneCallback(callback);
        promise.addDoneCallback(callback);
        promise.setResult("value");
        promise.addDoneCallback(callback);

        assertThat(seen).containsExactly(promise, promise, promise);
    }

    @Test
    void callback_isCalledWithTheVeryFuture() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            Future<String> future = executor.submit(() -> "value");
            AtomicReference<Object> given = new AtomicReference<>();
            CountDownLatch called = new CountDownLatch(1);
            future.addDoneCallback(done -> {
                given.set(done);
                called.countDown();
            });
            assertThat(opens(called)).isTrue();
            assertThat(given.get()).isSameAs(future);
        }
    }

    @Test
    void callback_ofACancelledFuture_runsOnce() {
        Promise<String> promise = new Promise<>();
        promise.addDoneCallback(done -> seen.add(done.status()));
        promise.cancel();
        promise.cancel(true);
        promise.setRunningOrNotifyCancel();
        promise.trySetResult("late");

        assertThat(seen).containsExactly(Future.Status.CANCELLED);
    }

    /* ---------------- Thread ---------------- */

    @Test
    void callback_runsOnTheThreadThatCompletes() throws Exception {
        Promise<String> promise = new Promise<>();
        promise.addDoneCallback(done -> seen.add(Thread.currentThread()));
        Background<Object> completer = inBackground(() -> {
            promise.setResult("value");
            return null;
        });
        completer.get();

        assertThat(seen).containsExactly(completer.thread);
    }

    @Test
    void callback_runsOnTheWorkerThatCompletes() throws Exception {
        try (Blocked blocked = new Blocked()) {
            Future<Thread> future = blocked.executor.submit(Thread::currentThread);
            CountDownLatch called = new CountDownLatch(1);
            future.addDoneCallback(done -> {
                seen.add(Thread.currentThread());
                called.countDown();
            });
            blocked.gate.countDown();
            assertThat(opens(called)).isTrue();
            assertThat(seen).containsExactly(future.result());
        }
    }

    @Test
    void callback_runsOnTheThreadThatCancels() throws Exception {
        for (boolean mayInterrupt : new boolean[] {false, true}) {
            seen.clear();
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch gate = new CountDownLatch(1);
            try (ThreadExecutor executor = new ThreadExecutor(1)) {
                Future<?> future = executor.submit(() -> {
                    running.countDown();
                    FutureFixtures.awaitDeaf(gate);
                });
                future.addDoneCallback(done -> seen.add(Thread.currentThread()));
                opens(running);
                future.cancel(mayInterrupt);
                assertThat(seen).containsExactly(Thread.currentThread());
                gate.countDown();
            }
            assertThat(seen).hasSize(1);
        }
    }

    @Test
    void callback_addedWhenDone_runsAtOnceOnTheCallersThread() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            Future<String> future = executor.submit(() -> "value");
            future.result();
            future.addDoneCallback(done -> seen.add(Thread.currentThread()));
            assertThat(seen).containsExactly(Thread.currentThread());
        }
    }

    @Test
    void callback_addedAfterCompletion_mayOvertakeThoseStillBeingRun() throws Exception {
        Promise<String> promise = new Promise<>();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        promise.addDoneCallback(done -> {
            first.countDown();
            opens(gate);
            seen.add("slow");
        });
        promise.addDoneCallback(done -> seen.add("queued"));
        Background<Boolean> completer = inBackground(() -> promise.trySetResult("value"));
        assertThat(opens(first)).isTrue();

        promise.addDoneCallback(done -> seen.add("late"));
        assertThat(seen).containsExactly("late");
        gate.countDown();
        completer.get();

        assertThat(seen).containsExactly("late", "slow", "queued");
    }

    /* ---------------- Waiters first ---------------- */

    @Test
    void waiters_areReleasedBeforeCallbacksRun() throws Exception {
        Promise<String> promise = new Promise<>();
        CountDownLatch released = new CountDownLatch(1);
        AtomicBoolean inTime = new AtomicBoolean();
        promise.addDoneCallback(done -> inTime.set(released.await(2, TimeUnit.SECONDS)));
        Background<String> waiter = inBackground(promise::result);
        soon().until(() -> listeners(promise) == 2);
        released(waiter, released);

        promise.setResult("value");

        assertThat(inTime).as("the waiter has returned while the callback runs").isTrue();
        assertThat(waiter.get()).isEqualTo("value");
    }

    @Test
    void waitersForManyFutures_areReleasedBeforeCallbacksRun() throws Exception {
        Promise<String> promise = new Promise<>();
        CountDownLatch released = new CountDownLatch(1);
        AtomicBoolean inTime = new AtomicBoolean();
        promise.addDoneCallback(done -> inTime.set(released.await(2, TimeUnit.SECONDS)));
        Background<Object> waiter = inBackground(() -> Futures.await(List.of(promise)));
        soon().until(() -> listeners(promise) == 2);
        released(waiter, released);

        promise.setResult("value");

        assertThat(inTime).as("await has returned while the callback runs").isTrue();
        waiter.get();
    }

    @Test
    void waitersForATask_areReleasedBeforeCallbacksRun() throws Exception {
        try (Blocked blocked = new Blocked()) {
            Future<String> future = blocked.executor.submit(() -> "value");
            CountDownLatch released = new CountDownLatch(1);
            CountDownLatch called = new CountDownLatch(1);
            AtomicBoolean inTime = new AtomicBoolean();
            future.addDoneCallback(done -> {
                inTime.set(released.await(2, TimeUnit.SECONDS));
                called.countDown();
            });
            Background<String> waiter = inBackground(future::result);
            soon().until(() -> listeners(future) == 2);
            released(waiter, released);

            blocked.gate.countDown();

            assertThat(opens(called)).isTrue();
            assertThat(inTime)
                    .as("the waiter has returned while the callback runs")
                    .isTrue();
        }
    }

    private static void released(Background<?> waiter, CountDownLatch latch) {
        inBackground(() -> {
            waiter.get();
            latch.countDown();
            return null;
        });
    }

    @Test
    void result_returnsWhileACallbackIsStillRunning() throws Exception {
        Promise<String> promise = new Promise<>();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        promise.addDoneCallback(done -> {
            running.countDown();
            opens(gate);
        });
        Background<Boolean> completer = inBackground(() -> promise.trySetResult("value"));
        assertThat(opens(running)).isTrue();

        assertThat(promise.result()).isEqualTo("value");
        assertThat(completer.isDone()).isFalse();
        gate.countDown();
        completer.get();
    }

    /* ---------------- Throwing ---------------- */

    static List<Throwable> throwables() {
        return FutureResultTest.throwables().toList();
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void throwingCallback_isLogged_andTheNextOneRuns(Throwable thrown) {
        Promise<String> promise = new Promise<>();
        try (FutureLog log = new FutureLog()) {
            promise.addDoneCallback(done -> seen.add("first"));
            promise.addDoneCallback(done -> {
                throw sneak(thrown);
            });
            promise.addDoneCallback(done -> seen.add("last"));

            promise.setResult("value");

            assertThat(seen).containsExactly("first", "last");
            assertThat(log.messages()).containsExactly("exception calling callback for " + promise);
            assertThat(log.thrown()).containsExactly(thrown);
            assertThat(log.records().get(0).getLevel()).isEqualTo(Level.SEVERE);
        }
    }

    @Test
    void throwingCallback_addedLate_isLoggedAndNotThrown() {
        IOException thrown = new IOException("boom");
        Future<String> future = Futures.completed("value");
        try (FutureLog log = new FutureLog()) {
            future.addDoneCallback(done -> {
                throw thrown;
            });
            assertThat(log.messages()).containsExactly("exception calling callback for " + future);
            assertThat(log.thrown()).containsExactly(thrown);
        }
    }

    @Test
    void throwingCallback_ofACancelledFuture_isLogged_andCancelReturns() {
        Promise<String> promise = new Promise<>();
        try (FutureLog log = new FutureLog()) {
            promise.addDoneCallback(done -> {
                throw new AssertionError("boom");
            });
            promise.addDoneCallback(done -> seen.add("last"));
            assertThat(promise.cancel(true)).isTrue();
            assertThat(seen).containsExactly("last");
            assertThat(log.messages()).containsExactly("exception calling callback for " + promise);
        }
    }

    @Test
    void throwingCallback_onAWorker_isLogged_andTheWorkerLivesOn() throws Exception {
        try (FutureLog log = new FutureLog();
                Blocked blocked = new Blocked()) {
            Future<Thread> future = blocked.executor.submit(Thread::currentThread);
            future.addDoneCallback(done -> {
                throw new StackOverflowError("made up");
            });
            blocked.gate.countDown();

            assertThat(blocked.executor.submit(Thread::currentThread).result()).isSameAs(future.result());
            assertThat(log.messages()).containsExactly("exception calling callback for " + future);
        }
    }

    @Test
    void throwingLogger_doesNotKeepTheNextCallbackFromRunning() {
        Handler hostile = new Handler() {
            @Override
            public void publish(LogRecord record) {
                throw new IllegalStateException("the disk is full");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("concurrent.futures");
        Promise<String> promise = new Promise<>();
        promise.addDoneCallback(done -> {
            throw new IOException("boom");
        });
        promise.addDoneCallback(done -> seen.add("last"));
        try (FutureLog log = new FutureLog()) {
            logger.addHandler(hostile);
            promise.setResult("value");
            assertThat(log.records()).hasSize(1);
        } finally {
            logger.removeHandler(hostile);
        }
        assertThat(seen).containsExactly("last");
    }

    @Test
    void quietCallbacks_logNothing() {
        try (FutureLog log = new FutureLog()) {
            Promise<String> promise = new Promise<>();
            promise.addDoneCallback(done -> {});
            promise.setException(new IOException("the task's own"));
            assertThat(log.records()).isEmpty();
        }
    }

    /* ---------------- What a callback does ---------------- */

    @Test
    void callback_addedInsideACallback_runsAtOnce() {
        Promise<String> promise = new Promise<>();
        promise.addDoneCallback(done -> seen.add(1));
        promise.addDoneCallback(done -> {
            seen.add(2);
            done.addDoneCallback(again -> seen.add("nested"));
        });
        promise.addDoneCallback(done -> seen.add(3));
        promise.setResult("value");

        assertThat(seen).containsExactly(1, 2, "nested", 3);
    }

    @Test
    void callback_completingAnotherFuture_runsItsCallbacksInside() {
        Promise<String> first = new Promise<>();
        Promise<String> second = new Promise<>();
        first.addDoneCallback(done -> {
            second.setResult(done.resultNow());
            seen.add("first");
        });
        second.addDoneCallback(done -> seen.add(done.resultNow()));
        first.setResult("value");

        assertThat(seen).containsExactly("value", "first");
    }

    @Test
    void callback_completingOrCancellingItsOwnFuture_isTooLate() throws Exception {
        Promise<String> promise = new Promise<>();
        promise.addDoneCallback(done -> seen.add(done.cancel(true)));
        promise.addDoneCallback(done -> seen.add(promise.trySetResult("another")));
        promise.addDoneCallback(done ->
                assertThatThrownBy(() -> promise.setResult("another")).isInstanceOf(InvalidStateException.class));
        try (FutureLog log = new FutureLog()) {
            promise.setResult("value");
            assertThat(log.records()).isEmpty();
        }
        assertThat(seen).containsExactly(false, false);
        assertThat(promise.result()).isEqualTo("value");
    }

    @Test
    void callback_cancellingAnotherTask_cancelsIt() throws Exception {
        Promise<String> promise = new Promise<>();
        try (Blocked blocked = new Blocked()) {
            Future<String> pending = blocked.executor.submit(() -> "never");
            promise.addDoneCallback(done -> seen.add(pending.cancel()));
            promise.setResult("value");
            assertThat(seen).containsExactly(true);
            assertThat(pending.isCancelled()).isTrue();
        }
    }

    @Test
    void callback_askingForTheResult_doesNotBlock() {
        Promise<String> promise = new Promise<>();
        promise.addDoneCallback(done -> seen.add(done.result()));
        promise.addDoneCallback(done -> seen.add(done.get(0, TimeUnit.SECONDS)));
        promise.setResult("value");
        assertThat(seen).containsExactly("value", "value");
    }

    @Test
    void noLockIsHeld_whileACallbackOfAPromiseRuns() throws Exception {
        Promise<String> promise = new Promise<>();
        promise.addDoneCallback(
                done -> seen.add(inBackground(() -> useAll(promise)).get()));
        promise.setResult("value");
        assertThat(seen).containsExactly("value");
    }

    @Test
    void noLockIsHeld_whileACallbackOfACancelledTaskRuns() throws Exception {
        try (Blocked blocked = new Blocked()) {
            ThreadExecutor executor = blocked.executor;
            Future<String> pending = executor.submit(() -> "never");
            pending.addDoneCallback(done -> seen.add(inBackground(() -> {
                        executor.submit(() -> "another").cancel();
                        executor.setMaxWorkers(2);
                        executor.shutdown();
                        return executor.toString() + pending;
                    })
                    .get()));
            pending.cancel();
            assertThat(seen).hasSize(1);
        }
    }

    @Test
    void noLockIsHeld_whileACallbackOfATaskInABoundedExecutorRuns() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        try (ThreadExecutor executor =
                ThreadExecutor.builder().maxWorkers(2).queueCapacity(1).build()) {
            Future<String> future = executor.submit(() -> {
                opens(gate);
                return "value";
            });
            future.addDoneCallback(done -> {
                seen.add(inBackground(() -> useAll(future)).get());
                seen.add(inBackground(() -> executor.submit(() -> "another").result())
                        .get());
                called.countDown();
            });
            gate.countDown();
            assertThat(opens(called)).isTrue();
        }
        assertThat(seen).containsExactly("value", "another");
    }

    /** What one can do to a future that is done. */
    private static String useAll(Future<String> future) throws Exception {
        future.addDoneCallback(again -> {});
        future.cancel(true);
        future.toCompletableFuture().get();
        Futures.await(List.of(future));
        assertThat(future.status()).isEqualTo(Future.Status.FINISHED);
        return future.result(Duration.ofSeconds(10));
    }

    /* ---------------- Bounds and memory ---------------- */

    @Test
    void callback_mayTakeFuturesOfASupertype() throws Exception {
        Future<Integer> future = Futures.completed(7);
        DoneCallback<Number> ofNumber = done -> seen.add(done.result().intValue());
        DoneCallback<Object> ofObject = done -> seen.add(done.result());
        future.addDoneCallback(ofNumber);
        future.addDoneCallback(ofObject);
        assertThat(seen).containsExactly(7, 7);
    }

    @Test
    void doneFuture_letsGoOfItsCallbacks() {
        for (boolean cancel : new boolean[] {false, true}) {
            Promise<String> promise = new Promise<>();
            WeakReference<Object> captured = addCapturing(promise);
            if (cancel) {
                promise.cancel();
            } else {
                promise.setResult("value");
            }
            awaitCollected(captured);
            Reference.reachabilityFence(promise);
        }
    }

    private static WeakReference<Object> addCapturing(Promise<String> promise) {
        Object captured = new Object();
        promise.addDoneCallback(done -> assertThat(captured).isNotNull());
        promise.addDoneCallback(done -> {});
        return new WeakReference<>(captured);
    }

    @Test
    void callback_racingWithCompletion_runsExactlyOnce() throws Exception {
        int rounds = 2_000;
        AtomicInteger calls = new AtomicInteger();
        List<Promise<Integer>> promises =
                IntStream.range(0, rounds).mapToObj(i -> new Promise<Integer>()).toList();
        Background<Object> completer = inBackground(() -> {
            promises.forEach(promise -> promise.setResult(1));
            return null;
        });
        promises.forEach(promise -> promise.addDoneCallback(done -> calls.incrementAndGet()));
        completer.get();

        assertThat(calls).hasValue(rounds);
    }
}
