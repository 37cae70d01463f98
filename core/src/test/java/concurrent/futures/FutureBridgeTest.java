// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.FutureFixtures.awaitCollected;
import static concurrent.futures.FutureFixtures.awaitDeaf;
import static concurrent.futures.FutureFixtures.inBackground;
import static concurrent.futures.FutureFixtures.listeners;
import static concurrent.futures.FutureFixtures.opens;
import static concurrent.futures.FutureFixtures.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.FutureFixtures.Background;
import concurrent.futures.FutureFixtures.Blocked;
import concurrent.futures.FutureFixtures.Lockstep;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code toCompletableFuture()}: ours completes it, cancelling it cancels ours, and nothing else links the two. */
class FutureBridgeTest {
    private final Promise<String> promise = new Promise<>();

    /* ---------------- Ours completes it ---------------- */

    @Test
    void result_completesIt() throws Exception {
        CompletableFuture<String> bridge = promise.toCompletableFuture();
        assertThat(bridge).isNotDone();
        promise.setResult("value");
        assertThat(bridge).isCompletedWithValue("value");
        assertThat(bridge.get()).isEqualTo("value");
    }

    @Test
    void nullResult_completesIt() {
        CompletableFuture<String> bridge = promise.toCompletableFuture();
        promise.setResult(null);
        assertThat(bridge).isCompletedWithValue(null);
    }

    @Test
    void exception_completesItExceptionally_notWrapped() {
        IOException thrown = new IOException("boom");
        CompletableFuture<String> bridge = promise.toCompletableFuture();
        promise.setException(thrown);

        assertThat(bridge).isCompletedExceptionally();
        assertThat(bridge.exceptionNow()).isSameAs(thrown);
        assertThatThrownBy(bridge::get)
                .isExactlyInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(thrown);
        assertThatThrownBy(bridge::join)
                .isExactlyInstanceOf(CompletionException.class)
                .cause()
                .isSameAs(thrown);
    }

    static List<Throwable> throwables() {
        return FutureResultTest.throwables()
                .filter(thrown -> !(thrown instanceof CancellationException))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void exceptionOfAnyKind_reachesAHandlerAsItIs(Throwable thrown) {
        CompletableFuture<Throwable> handled = promise.toCompletableFuture().handle((value, exception) -> exception);
        promise.setException(thrown);
        assertThat(handled.join()).isSameAs(thrown);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancellation_cancelsIt(boolean whileRunning) {
        CompletableFuture<String> bridge = promise.toCompletableFuture();
        if (whileRunning) {
            promise.setRunningOrNotifyCancel();
        }
        promise.cancel(true);
        assertThat(bridge).isCancelled();
        assertThatThrownBy(bridge::get).isExactlyInstanceOf(CancellationException.class);
    }

    @Test
    void doneFuture_givesADoneBridge() {
        IOException thrown = new IOException("boom");
        promise.cancel();

        assertThat(Futures.completed("value").toCompletableFuture()).isCompletedWithValue("value");
        assertThat(Futures.completed(null).toCompletableFuture()).isCompletedWithValue(null);
        assertThat(Futures.failed(thrown).toCompletableFuture().exceptionNow()).isSameAs(thrown);
        assertThat(promise.toCompletableFuture()).isCancelled();
    }

    @Test
    void eachCall_makesANewOne() {
        CompletableFuture<String> first = promise.toCompletableFuture();
        CompletableFuture<String> second = promise.toCompletableFuture();
        assertThat(first).isNotSameAs(second);
        first.complete("by hand");
        promise.setResult("value");
        assertThat(second).isCompletedWithValue("value");
    }

    @Test
    void task_completesItOnItsWorker() throws Exception {
        try (Blocked blocked = new Blocked()) {
            Future<Thread> future = blocked.executor.submit(Thread::currentThread);
            CompletableFuture<Thread> dependent =
                    future.toCompletableFuture().thenApply(worker -> Thread.currentThread());
            blocked.gate.countDown();
            assertThat(dependent.get()).isSameAs(future.result());
        }
    }

    @Test
    void dependents_run() {
        List<Object> seen = new ArrayList<>();
        CompletableFuture<String> bridge = promise.toCompletableFuture();
        bridge.thenApply(value -> value + "!").thenAccept(seen::add);
        bridge.whenComplete((value, exception) -> seen.add(value));
        CompletableFuture<String> chained = bridge.thenCompose(value -> CompletableFuture.completedFuture(value + "?"));
        promise.setResult("value");

        assertThat(seen).containsExactlyInAnyOrder("value", "value!");
        assertThat(chained).isCompletedWithValue("value?");
    }

    @Test
    void throwingDependent_disturbsNobody() {
        try (FutureLog log = new FutureLog()) {
            CompletableFuture<Object> dependent = promise.toCompletableFuture().thenApply(value -> {
                throw new IllegalStateException("boom");
            });
            AtomicBoolean called = new AtomicBoolean();
            promise.addDoneCallback(done -> called.set(true));
            promise.setResult("value");
            assertThat(dependent).isCompletedExceptionally();
            assertThat(called).isTrue();
            assertThat(log.records()).isEmpty();
        }
    }

    @Test
    void allOf_and_anyOf_takeBridges() throws Exception {
        Promise<String> other = new Promise<>();
        CompletableFuture<Void> all =
                CompletableFuture.allOf(promise.toCompletableFuture(), other.toCompletableFuture());
        CompletableFuture<Object> any =
                CompletableFuture.anyOf(promise.toCompletableFuture(), other.toCompletableFuture());
        other.setResult("first");
        assertThat(any.get()).isEqualTo("first");
        assertThat(all).isNotDone();
        promise.setResult("second");
        assertThat(all).isCompleted();
    }

    /* ---------------- Cancelling it calls cancel(b) on ours ---------------- */

    @Test
    void cancellingIt_cancelsAPendingTask() throws Exception {
        try (Blocked blocked = new Blocked()) {
            AtomicBoolean ran = new AtomicBoolean();
            Future<?> future = blocked.executor.submit(() -> ran.set(true));
            CompletableFuture<?> bridge = future.toCompletableFuture();
            assertThat(bridge.cancel(false)).isTrue();
            assertThat(future.isCancelled()).isTrue();
            assertThat(bridge).isCancelled();
            blocked.gate.countDown();
            blocked.executor.submit(() -> {}).result();
            assertThat(ran).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancellingIt_cancelsARunningTask_withOrWithoutInterrupt(boolean mayInterrupt) throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            Future<?> future = executor.submit(() -> {
                running.countDown();
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    interrupted.set(true);
                }
                awaitDeaf(gate);
            });
            CompletableFuture<?> bridge = future.toCompletableFuture();
            opens(running);
            assertThat(bridge.cancel(mayInterrupt)).isTrue();
            assertThat(future.isCancelled()).isTrue();
            assertThat(bridge).isCancelled();
            if (mayInterrupt) {
                soon().untilTrue(interrupted);
            }
            gate.countDown();
        }
        assertThat(interrupted.get()).isEqualTo(mayInterrupt);
    }

    @Test
    void cancellingIt_twice_isTrueAgain() {
        CompletableFuture<String> bridge = promise.toCompletableFuture();
        assertThat(bridge.cancel(true)).isTrue();
        assertThat(bridge.cancel(true)).isTrue();
        assertThat(bridge).isCancelled();
    }

    @Test
    void cancellingIt_afterOursIsDone_isRefused() throws Exception {
        promise.setResult("value");
        CompletableFuture<String> bridge = promise.toCompletableFuture();
        assertThat(bridge.cancel(true)).isFalse();
        assertThat(bridge).isCompletedWithValue("value");
        assertThat(promise.result()).isEqualTo("value");
    }

    @Test
    void cancellingADependent_doesNotCancelOurs() {
        CompletableFuture<String> dependent = promise.toCompletableFuture().thenApply(value -> value);
        dependent.cancel(true);
        assertThat(promise.isDone()).isFalse();
    }

    @Test
    void cancellingOneBridge_cancelsTheOther() {
        CompletableFuture<String> first = promise.toCompletableFuture();
        CompletableFuture<String> second = promise.toCompletableFuture();
        first.cancel(true);
        assertThat(second).isCancelled();
    }

    /* ---------------- Completing it by other means detaches it ---------------- */

    private interface Means {
        void complete(CompletableFuture<String> bridge);
    }

    static Stream<Arguments> means() {
        return Stream.of(
                by("complete", bridge -> bridge.complete("by hand")),
                by("completeExceptionally", bridge -> bridge.completeExceptionally(new IOException("by hand"))),
                by("a CancellationException", bridge -> bridge.completeExceptionally(new CancellationException())),
                by("obtrudeValue", bridge -> bridge.obtrudeValue("by hand")),
                by("completeAsync", bridge -> bridge.completeAsync(() -> "by hand", Runnable::run)),
                by(
                        "orTimeout",
                        bridge -> bridge.orTimeout(1, TimeUnit.NANOSECONDS)
                                .exceptionally(late -> "late")
                                .join()),
                by(
                        "completeOnTimeout",
                        bridge -> bridge.completeOnTimeout("late", 1, TimeUnit.NANOSECONDS)
                                .join()));
    }

    private static Arguments by(String name, Means means) {
        return Arguments.of(Named.of(name, means));
    }

    @ParameterizedTest
    @MethodSource("means")
    void completingItByOtherMeans_leavesNothingOnOurs_whichGoesOn(Means means) throws Exception {
        promise.setRunningOrNotifyCancel();
        CompletableFuture<String> bridge = promise.toCompletableFuture();
        assertThat(promise.word()).isInstanceOf(Listening.class);

        means.complete(bridge);

        soon().until(() -> promise.word() == Frame.NOWHERE);
        assertThat(promise.isRunning()).isTrue();
        Object before = bridge.handle((value, exception) -> exception == null ? value : exception)
                .get();
        promise.setResult("value");
        Object after = bridge.handle((value, exception) -> exception == null ? value : exception)
                .get();
        assertThat(after).isSameAs(before);
        assertThat(promise.result()).isEqualTo("value");
    }

    @ParameterizedTest
    @MethodSource("means")
    void cancellingIt_afterItWasCompletedByOtherMeans_doesNotTouchOurs(Means means) throws Exception {
        promise.setRunningOrNotifyCancel();
        CompletableFuture<String> bridge = promise.toCompletableFuture();
        means.complete(bridge);

        bridge.cancel(true);

        assertThat(promise.isCancelled()).as("ours was detached").isFalse();
        promise.setResult("value");
        assertThat(promise.result()).isEqualTo("value");
    }

    @Test
    void orTimeout_thatIsInTime_changesNothing() throws Exception {
        CompletableFuture<String> bridge = promise.toCompletableFuture().orTimeout(1, TimeUnit.HOURS);
        promise.setResult("value");
        assertThat(bridge.get()).isEqualTo("value");
    }

    @Test
    void orTimeout_thatIsOver_throwsTimeoutException_andOursGoesOn() {
        CompletableFuture<String> bridge = promise.toCompletableFuture().orTimeout(1, TimeUnit.MILLISECONDS);
        assertThatThrownBy(bridge::get)
                .isExactlyInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
        assertThat(promise.isDone()).isFalse();
        soon().until(() -> promise.word() == Pending.PENDING);
    }

    @Test
    void manyDetachedBridges_onOneNeverEndingFuture_leaveNothing() {
        CompletableFuture<String> previous = promise.toCompletableFuture();
        for (int i = 0; i < 100_000; i++) {
            CompletableFuture<String> next = promise.toCompletableFuture();
            previous.complete("by hand");
            previous = next;
            if (i % 1_000 == 999) {
                assertThat(listeners(promise)).isLessThanOrEqualTo(34);
            }
        }
        previous.complete("by hand");
        assertThat(promise.word()).isSameAs(Pending.PENDING);
    }

    @Test
    void detachedBridge_isCollected() {
        WeakReference<Object> bridge = new WeakReference<>(detached());
        awaitCollected(bridge);
        Reference.reachabilityFence(promise);
    }

    private Object detached() {
        CompletableFuture<String> bridge = promise.toCompletableFuture();
        bridge.complete("by hand");
        return bridge;
    }

    @Test
    void completedBridge_isNotHeldByOurs() {
        WeakReference<Object> bridge = new WeakReference<>(promise.toCompletableFuture());
        promise.setResult("value");
        awaitCollected(bridge);
        Reference.reachabilityFence(promise);
    }

    /* ---------------- The others of its kind ---------------- */

    @Test
    void minimalCompletionStage_isCompletedByOurs() throws Exception {
        CompletionStage<String> minimal = promise.toCompletableFuture().minimalCompletionStage();
        CompletableFuture<String> copy = minimal.toCompletableFuture();
        promise.setResult("value");
        assertThat(copy.get()).isEqualTo("value");
    }

    @Test
    void copy_isCompletedByOurs_andCancellingItDoesNotCancelOurs() {
        CompletableFuture<String> bridge = promise.toCompletableFuture();
        CompletableFuture<String> cancelled = bridge.copy();
        CompletableFuture<String> copy = bridge.copy();
        cancelled.cancel(true);
        assertThat(promise.isDone()).isFalse();
        promise.setResult("value");
        assertThat(copy).isCompletedWithValue("value");
    }

    @Test
    void incompleteFutureOfIt_isNotLinked() {
        CompletableFuture<String> other = promise.toCompletableFuture().newIncompleteFuture();
        other.cancel(true);
        assertThat(promise.isDone()).isFalse();
    }

    /* ---------------- Concurrency ---------------- */

    @Test
    void completing_racingWithMakingABridge_alwaysCompletesIt() throws Exception {
        int rounds = 20_000;
        List<Promise<Integer>> promises = new ArrayList<>();
        List<CompletableFuture<Integer>> bridges = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            promises.add(new Promise<>());
        }
        Lockstep lockstep = new Lockstep(2);
        lockstep.run(
                () -> {
                    for (int i = 0; i < rounds; i++) {
                        lockstep.await(i + 1);
                        bridges.add(promises.get(i).toCompletableFuture());
                    }
                },
                () -> {
                    for (int i = 0; i < rounds; i++) {
                        lockstep.await(i + 1);
                        promises.get(i).setResult(i);
                    }
                });
        for (int i = 0; i < rounds; i++) {
            assertThat(bridges.get(i).getNow(-1) == i).isTrue();
        }
    }

    @Test
    void cancellingOurs_racingWithCancellingTheBridge_cancelsBoth() throws Exception {
        int rounds = 10_000;
        List<Promise<Integer>> promises = new ArrayList<>();
        List<CompletableFuture<Integer>> bridges = new ArrayList<>();
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger trues = new AtomicInteger();
        for (int i = 0; i < rounds; i++) {
            promises.add(new Promise<>());
            bridges.add(promises.get(i).toCompletableFuture());
            promises.get(i).addDoneCallback(done -> calls.incrementAndGet());
        }
        Lockstep lockstep = new Lockstep(2);
        lockstep.run(
                () -> {
                    for (int i = 0; i < rounds; i++) {
                        lockstep.await(i + 1);
                        trues.addAndGet(promises.get(i).cancel(true) ? 1 : 0);
                    }
                },
                () -> {
                    for (int i = 0; i < rounds; i++) {
                        lockstep.await(i + 1);
                        trues.addAndGet(bridges.get(i).cancel(true) ? 1 : 0);
                    }
                });
        assertThat(promises).allMatch(Future::isCancelled);
        assertThat(bridges).allMatch(CompletableFuture::isCancelled);
        assertThat(calls).hasValue(rounds);
        assertThat(trues).hasValue(2 * rounds);
    }

    /** Whoever is told by the bridge that it has been cancelled must not see a result there afterwards. */
    @Test
    void completingOurs_racingWithCancellingTheBridge_agreesWithWhatCancelSaid() throws Exception {
        int rounds = 10_000;
        List<Promise<Integer>> promises = new ArrayList<>();
        List<CompletableFuture<Integer>> bridges = new ArrayList<>();
        boolean[] cancelled = new boolean[rounds];
        boolean[] completed = new boolean[rounds];
        for (int i = 0; i < rounds; i++) {
            promises.add(new Promise<>());
            bridges.add(promises.get(i).toCompletableFuture());
        }
        Lockstep lockstep = new Lockstep(2);
        lockstep.run(
                () -> {
                    for (int i = 0; i < rounds; i++) {
                        lockstep.await(i + 1);
                        completed[i] = promises.get(i).trySetResult(i);
                    }
                },
                () -> {
                    for (int i = 0; i < rounds; i++) {
                        lockstep.await(i + 1);
                        cancelled[i] = bridges.get(i).cancel(true);
                    }
                });
        for (int i = 0; i < rounds; i++) {
            assertThat(bridges.get(i).isDone()).isTrue();
            assertThat(bridges.get(i).isCancelled()).isEqualTo(cancelled[i]);
            assertThat(promises.get(i).isCancelled()).isNotEqualTo(completed[i]);
            if (!cancelled[i]) {
                assertThat(completed[i]).isTrue();
            }
        }
    }

    @Test
    void completingOurs_whileAnotherThreadWaitsOnTheBridge_releasesIt() throws Exception {
        CompletableFuture<String> bridge = promise.toCompletableFuture();
        Background<String> waiter = inBackground(bridge::get);
        soon().until(() -> waiter.thread.getState() == Thread.State.WAITING);
        promise.setResult("value");
        assertThat(waiter.get()).isEqualTo("value");
    }
}
