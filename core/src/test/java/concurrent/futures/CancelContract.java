// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Cancelling a task in every stage of its life, and being called back. */
interface CancelContract extends ExecutorSource {

    @Test
    default void cancel_ofPending_neverRunsIt() throws Exception {
        AtomicBoolean ran = new AtomicBoolean();
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            executor.submit(gate::pass);
            gate.awaitArrivals(1);
            Future<?> pending = executor.submit(() -> ran.set(true));
            assertThat(pending.status()).isEqualTo(Future.Status.PENDING);

            assertThat(pending.cancel()).isTrue();
            assertThat(pending.isDone()).isTrue();
            assertThat(pending.isCancelled()).isTrue();
            assertThatThrownBy(pending::result).isInstanceOf(CancellationException.class);
            assertThat(pending.cancel()).isTrue();
            assertThat(pending.cancel(true)).isTrue();

            gate.open();
            Eventually.await().until(() -> pending.status() == Future.Status.CANCELLED_AND_NOTIFIED);
        }
        assertThat(ran).isFalse();
    }

    @Test
    default void cancel_ofPending_releasesWaitersAtOnce() throws Exception {
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            executor.submit(gate::pass);
            gate.awaitArrivals(1);
            Future<String> pending = executor.submit(() -> "never");
            LinkedBlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
            Thread waiter = new Thread(() -> {
                try {
                    pending.result();
                } catch (Throwable e) {
                    thrown.add(e);
                }
            });
            waiter.start();
            Eventually.await().until(() -> waiter.getState() == Thread.State.WAITING);
            pending.cancel();
            assertThat(thrown.poll(20, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
            assertThat(Futures.await(List.of(pending)).done()).containsExactly(pending);
        }
    }

    @Test
    default void cancel_ofPending_letsGoOfTheTaskAtOnce() throws Exception {
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            executor.submit(gate::pass);
            gate.awaitArrivals(1);
            List<Future<?>> futures = new ArrayList<>();
            WeakReference<Object> captured =
                    Garbage.reference(payload -> futures.add(executor.submit(payload::hashCode)));
            futures.get(0).cancel();
            Garbage.awaitCollected(captured);
        }
    }

    @Test
    default void cancel_ofRunning_isRefused() throws Exception {
        try (FutureExecutor executor = newExecutor();
                Gate gate = new Gate()) {
            Future<String> running = executor.submit(() -> {
                gate.pass();
                return "result";
            });
            gate.awaitArrivals(1);
            // The gate may know before the future does.
            Eventually.await().until(() -> running.status() == Future.Status.RUNNING);
            assertThat(running.cancel()).isFalse();
            gate.open();
            assertThat(running.result()).isEqualTo("result");
        }
    }

    @Test
    default void cancelTrue_ofRunning_completesAtOnceAndInterrupts() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor();
                Gate gate = new Gate();
                Gate interrupted = new Gate()) {
            AtomicReference<Throwable> seen = new AtomicReference<>();
            Future<String> running = executor.submit(() -> {
                try {
                    gate.pass();
                } catch (InterruptedException e) {
                    seen.set(e);
                    interrupted.passUninterruptibly();
                }
                return "unheard";
            });
            gate.awaitArrivals(1);
            assertThat(running.cancel(true)).isTrue();
            assertThat(running.status()).isEqualTo(Future.Status.CANCELLED_AND_NOTIFIED);
            interrupted.awaitArrivals(1);
            assertThat(seen.get()).isInstanceOf(InterruptedException.class);
            interrupted.open();
            ExecutorSource.end(executor);
            assertThatThrownBy(running::result).isInstanceOf(CancellationException.class);
            assertThat(running.cancel()).isTrue();
        }
    }

    @Test
    default void cancelFalse_ofRunning_completesAtOnceAndLetsTheBodyEnd() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor();
                Gate gate = new Gate()) {
            AtomicReference<Boolean> interrupted = new AtomicReference<>();
            Future<?> running = executor.submit(() -> interrupted.set(gate.passUninterruptibly()));
            gate.awaitArrivals(1);
            assertThat(running.cancel(false)).isTrue();
            assertThat(running.isCancelled()).isTrue();
            assertThat(interrupted.get()).isNull();
            gate.open();
            ExecutorSource.end(executor);
            assertThat(interrupted.get()).isFalse();
            assertThat(running.isCancelled()).isTrue();
        }
    }

    @Test
    default void cancel_ofFinished_isRefused() throws Exception {
        try (FutureExecutor executor = newExecutor()) {
            Future<String> finished = executor.submit(() -> "result");
            finished.result();
            assertThat(finished.cancel()).isFalse();
            assertThat(finished.cancel(true)).isFalse();
            assertThat(finished.result()).isEqualTo("result");
        }
    }

    /** The interrupt comes at any moment around the end of the first task; the second must never see it. */
    @Test
    default void cancelTrue_neverInterruptsTheNextTask() throws Exception {
        assumeTrue(sharesMemory());
        long seed = System.nanoTime();
        System.out.println(getClass().getSimpleName() + " cancels with seed " + seed);
        Random random = new Random(seed);
        try (FutureExecutor executor = newExecutor(1)) {
            for (int i = 0; i < 20 * rounds(); i++) {
                CountDownLatch started = new CountDownLatch(1);
                long nanos = random.nextInt(10_000);
                Future<?> first = executor.submit(() -> {
                    started.countDown();
                    // Neither ends because of the interrupt nor clears it.
                    spinFor(nanos);
                });
                Future<Boolean> second = executor.submit(() -> {
                    boolean before = Thread.currentThread().isInterrupted();
                    spinFor(5_000);
                    return before || Thread.currentThread().isInterrupted();
                });
                while (started.getCount() > 0) {
                    Thread.onSpinWait();
                }
                spinFor(random.nextInt(15_000));
                first.cancel(true);
                assertThat(second.get(20, TimeUnit.SECONDS))
                        .as("round %d, seed %d", i, seed)
                        .isFalse();
            }
        }
    }

    private static void spinFor(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** Whoever wins the race between running and cancelling, both sides agree on it. */
    @Test
    default void cancel_racingWithTheStart_eitherRunsOrCancels() throws Exception {
        try (FutureExecutor executor = newExecutor()) {
            for (int i = 0; i < 20 * rounds(); i++) {
                AtomicInteger ran = new AtomicInteger();
                Future<Integer> future = executor.submit(ran::incrementAndGet);
                if (future.cancel()) {
                    assertThat(executor.submit(() -> "later").get(20, TimeUnit.SECONDS))
                            .isEqualTo("later");
                    assertThat(ran).hasValue(0);
                } else {
                    assertThat(future.get(20, TimeUnit.SECONDS)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    default void callback_ofTask_runsAfterCompletionInTheOrderOfAdding() throws Exception {
        try (FutureExecutor executor = newExecutor();
                Gate gate = new Gate()) {
            Future<String> future = executor.submit(() -> {
                gate.pass();
                return "result";
            });
            gate.awaitArrivals(1);
            List<Integer> called = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch last = new CountDownLatch(1);
            AtomicReference<Thread> caller = new AtomicReference<>();
            for (int i = 0; i < 5; i++) {
                int number = i;
                future.addDoneCallback(done -> {
                    assertThat(done).isSameAs(future);
                    assertThat(done.isDone()).isTrue();
                    called.add(number);
                });
            }
            future.addDoneCallback(done -> {
                caller.set(Thread.currentThread());
                last.countDown();
            });
            gate.open();
            Gate.await(last);
            assertThat(called).containsExactly(0, 1, 2, 3, 4);
            assertThat(caller.get()).isNotSameAs(Thread.currentThread());
        }
    }

    @Test
    default void callback_thatThrows_hurtsNeitherTheNextNorTheWorker() throws Exception {
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            Future<?> future = executor.submit(gate::pass);
            gate.awaitArrivals(1);
            CountDownLatch second = new CountDownLatch(1);
            future.addDoneCallback(done -> {
                throw new AssertionError("a callback that fails on purpose");
            });
            future.addDoneCallback(done -> second.countDown());
            gate.open();
            Gate.await(second);
            assertThat(executor.submit(() -> "next").get(20, TimeUnit.SECONDS)).isEqualTo("next");
        }
    }

    @Test
    default void callback_maySubmit() throws Exception {
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            Promise<Future<String>> submitted = new Promise<>();
            Future<?> first = executor.submit(gate::pass);
            first.addDoneCallback(done -> submitted.setResult(executor.submit(() -> "from a callback")));
            gate.open();
            assertThat(submitted.get(20, TimeUnit.SECONDS).get(20, TimeUnit.SECONDS))
                    .isEqualTo("from a callback");
        }
    }

    @Test
    default void callback_ofCancelledTask_runsOnceOnTheCancellingThread() throws Exception {
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            executor.submit(gate::pass);
            gate.awaitArrivals(1);
            Future<?> pending = executor.submit(() -> "never");
            List<Thread> callers = Collections.synchronizedList(new ArrayList<>());
            pending.addDoneCallback(done -> callers.add(Thread.currentThread()));
            pending.cancel();
            pending.cancel();
            gate.open();
            ExecutorSource.end(executor);
            assertThat(callers).containsExactly(Thread.currentThread());
        }
    }

    @Test
    default void close_waitsForCallbacksOfTheLastTask() throws Exception {
        try (Gate task = new Gate();
                Gate callback = new Gate()) {
            FutureExecutor executor = newExecutor();
            AtomicBoolean called = new AtomicBoolean();
            Future<?> last = executor.submit(task::pass);
            last.addDoneCallback(done -> {
                callback.passUninterruptibly();
                called.set(true);
            });
            executor.shutdown();
            task.open();
            callback.awaitArrivals(1);
            assertThat(executor.isTerminated()).isFalse();
            callback.open();
            executor.close();
            assertThat(called).isTrue();
        }
    }
}
