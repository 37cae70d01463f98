// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What executors with a bounded queue do when it is full. */
interface BoundedQueueContract {
    FutureExecutor newExecutor(int maxWorkers, int queueCapacity, WhenFull whenFull);

    /** Fills an executor with two workers and room for three; its tasks wait at the gate. */
    private static List<Future<?>> fill(FutureExecutor executor, Gate gate) throws InterruptedException {
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            futures.add(executor.submit(gate::pass));
        }
        gate.awaitArrivals(2);
        return futures;
    }

    private static void awaitBlocked(Thread thread) {
        Eventually.await().until(() -> thread.getState() == Thread.State.WAITING);
    }

    /* ---------------- BLOCK ---------------- */

    @Test
    default void block_whenFull_waitsUntilATaskHasEnded() throws Exception {
        try (FutureExecutor executor = newExecutor(2, 3, WhenFull.BLOCK);
                Gate gate = new Gate()) {
            fill(executor, gate);
            Promise<Future<String>> submitted = new Promise<>();
            Thread submitter = new Thread(() -> submitted.setResult(executor.submit(() -> "later")));
            submitter.start();
            awaitBlocked(submitter);
            assertThat(submitted.isDone()).isFalse();
            gate.open();
            assertThat(submitted.get(20, TimeUnit.SECONDS).get(20, TimeUnit.SECONDS))
                    .isEqualTo("later");
        }
    }

    @Test
    default void block_whenFull_cancelMakesRoomAtOnce() throws Exception {
        try (FutureExecutor executor = newExecutor(2, 3, WhenFull.BLOCK);
                Gate gate = new Gate()) {
            List<Future<?>> futures = fill(executor, gate);
            Promise<Future<String>> submitted = new Promise<>();
            Thread submitter = new Thread(() -> submitted.setResult(executor.submit(() -> "later")));
            submitter.start();
            awaitBlocked(submitter);
            futures.get(3).cancel();
            Future<String> later = submitted.get(20, TimeUnit.SECONDS);
            assertThat(later.isDone()).isFalse();
        }
    }

    @Test
    default void block_interrupted_rejectsWithTheInterruptKept() throws Exception {
        AtomicInteger never = new AtomicInteger();
        try (FutureExecutor executor = newExecutor(2, 3, WhenFull.BLOCK);
                Gate gate = new Gate()) {
            fill(executor, gate);
            AtomicBoolean kept = new AtomicBoolean();
            Promise<Throwable> thrown = new Promise<>();
            Thread submitter = new Thread(() -> {
                try {
                    executor.submit(never::incrementAndGet);
                    thrown.setResult(null);
                } catch (RejectedExecutionException e) {
                    kept.set(Thread.currentThread().isInterrupted());
                    thrown.setResult(e);
                }
            });
            submitter.start();
            awaitBlocked(submitter);
            submitter.interrupt();
            assertThat(thrown.get(20, TimeUnit.SECONDS))
                    .isExactlyInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("interrupted")
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(kept).isTrue();
        }
        assertThat(never).hasValue(0);
    }

    @Test
    default void block_withInterruptStatusSet_acceptsIfThereIsRoom() throws Exception {
        try (FutureExecutor executor = newExecutor(2, 3, WhenFull.BLOCK)) {
            Thread.currentThread().interrupt();
            Future<String> future = executor.submit(() -> "accepted");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(future.result()).isEqualTo("accepted");
        }
    }

    @Test
    default void block_shutdown_releasesAllWhoWait() throws Exception {
        AtomicInteger never = new AtomicInteger();
        for (boolean cancelPending : new boolean[] {false, true}) {
            try (FutureExecutor executor = newExecutor(2, 3, WhenFull.BLOCK);
                    Gate gate = new Gate()) {
                fill(executor, gate);
                List<Future<?>> refusals = new ArrayList<>();
                List<Thread> submitters = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    Promise<Object> refusal = new Promise<>();
                    refusals.add(refusal);
                    Thread submitter = new Thread(() -> {
                        try {
                            refusal.setResult(executor.submit(never::incrementAndGet));
                        } catch (RejectedExecutionException e) {
                            refusal.setException(e);
                        }
                    });
                    submitters.add(submitter);
                    submitter.start();
                    awaitBlocked(submitter);
                }
                executor.shutdown(cancelPending);
                for (Future<?> refusal : refusals) {
                    assertThatThrownBy(() -> refusal.get(20, TimeUnit.SECONDS))
                            .isInstanceOf(ExecutionException.class)
                            .cause()
                            .isExactlyInstanceOf(RejectedExecutionException.class)
                            .hasMessage(ShutdownContract.SHUT_DOWN);
                }
            }
        }
        assertThat(never).hasValue(0);
    }

    /** A worker that waited for room in its own executor might wait for itself. */
    @Test
    default void block_fromOwnTask_goesBeyondTheCapacity() throws Exception {
        try (FutureExecutor executor = newExecutor(1, 1, WhenFull.BLOCK);
                Gate gate = new Gate()) {
            Future<List<Future<Integer>>> outer = executor.submit(() -> {
                gate.pass();
                List<Future<Integer>> inner = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    int number = i;
                    inner.add(executor.submit(() -> number));
                }
                return inner;
            });
            gate.awaitArrivals(1);
            executor.submit(() -> "fills the queue");
            gate.open();
            List<Future<Integer>> inner = outer.get(20, TimeUnit.SECONDS);
            for (int i = 0; i < 50; i++) {
                assertThat(inner.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(i);
            }
        }
    }

    @Test
    default void block_fromCallbackOnOwnWorker_goesBeyondTheCapacity() throws Exception {
        try (FutureExecutor executor = newExecutor(1, 1, WhenFull.BLOCK);
                Gate gate = new Gate()) {
            Promise<List<Future<?>>> inner = new Promise<>();
            Future<?> first = executor.submit(gate::pass);
            gate.awaitArrivals(1);
            first.addDoneCallback(done -> {
                List<Future<?>> futures = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    futures.add(executor.submit(() -> "inner"));
                }
                inner.setResult(futures);
            });
            executor.submit(() -> "fills the queue");
            gate.open();
            for (Future<?> future : inner.get(20, TimeUnit.SECONDS)) {
                assertThat((Object) future.get(20, TimeUnit.SECONDS)).isEqualTo("inner");
            }
        }
    }

    @Test
    default void block_underLoad_holdsTheBoundAndLosesNothing() throws Exception {
        AtomicInteger held = new AtomicInteger();
        AtomicInteger peak = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        int each = 1_500;
        try (FutureExecutor executor = newExecutor(2, 3, WhenFull.BLOCK)) {
            SubmitContract.inParallel(3, number -> {
                for (int i = 0; i < each; i++) {
                    Future<?> future = executor.submit(() -> {
                        runs.incrementAndGet();
                        held.decrementAndGet();
                    });
                    peak.accumulateAndGet(held.incrementAndGet(), Math::max);
                    if (i % 7 == 0 && future.cancel()) {
                        runs.incrementAndGet();
                        held.decrementAndGet();
                    }
                }
            });
        }
        assertThat(runs).hasValue(3 * each);
        assertThat(held).hasValue(0);
        // Two run and three wait, and each of the three submitters may not have counted its own yet or be just
        // refilling.
        assertThat(peak.get()).isBetween(1, 2 + 3 + 3);
    }

    /* ---------------- REJECT ---------------- */

    @Test
    default void reject_whenFull_rejectsUntilThereIsRoom() throws Exception {
        AtomicInteger never = new AtomicInteger();
        try (FutureExecutor executor = newExecutor(2, 3, WhenFull.REJECT);
                Gate gate = new Gate()) {
            List<Future<?>> futures = fill(executor, gate);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> executor.submit(never::incrementAndGet))
                        .isExactlyInstanceOf(RejectedExecutionException.class)
                        .hasMessageContaining("full");
            }
            futures.get(2).cancel();
            Future<String> taken = executor.submit(() -> "taken");
            assertThatThrownBy(() -> executor.submit(never::incrementAndGet))
                    .isExactlyInstanceOf(RejectedExecutionException.class);
            gate.open();
            assertThat(taken.get(20, TimeUnit.SECONDS)).isEqualTo("taken");
            Eventually.await()
                    .ignoreExceptions()
                    .until(() -> executor.submit(() -> true).result());
        }
        assertThat(never).hasValue(0);
    }

    /** Room is a matter of what has been submitted and has ended, not of how far the workers have come. */
    @Test
    default void reject_takesExactlyWorkersPlusCapacity() throws Exception {
        for (int round = 0; round < 50; round++) {
            try (FutureExecutor executor = newExecutor(2, 3, WhenFull.REJECT);
                    Gate gate = new Gate()) {
                int taken = 0;
                try {
                    while (taken < 100) {
                        executor.submit(gate::pass);
                        taken++;
                    }
                } catch (RejectedExecutionException e) {
                    assertThat(e).hasMessageContaining("full");
                }
                assertThat(taken).isEqualTo(5);
            }
        }
    }

    /** Whoever has a result in hand finds its room free. */
    @Test
    default void reject_afterAResult_hasRoom() throws Exception {
        try (FutureExecutor executor = newExecutor(1, 1, WhenFull.REJECT)) {
            for (int i = 0; i < 3_000; i++) {
                Future<Integer> one = executor.submit(() -> 1);
                Future<Integer> two = executor.submit(() -> 2);
                assertThat(one.result() + two.result()).isEqualTo(3);
            }
        }
    }

    @Test
    default void reject_afterShutdown_speaksOfTheShutdown() throws Exception {
        try (FutureExecutor executor = newExecutor(2, 3, WhenFull.REJECT);
                Gate gate = new Gate()) {
            fill(executor, gate);
            executor.shutdown();
            assertThatThrownBy(() -> executor.submit(() -> "never")).hasMessage(ShutdownContract.SHUT_DOWN);
        }
    }

    @Test
    default void submitAll_rejectedHalfway_cancelsWhatWasTaken() throws Exception {
        AtomicInteger never = new AtomicInteger();
        try (FutureExecutor executor = newExecutor(1, 2, WhenFull.REJECT);
                Gate gate = new Gate()) {
            executor.submit(gate::pass);
            gate.awaitArrivals(1);
            List<Task<Integer>> tasks = List.of(never::incrementAndGet, never::incrementAndGet, never::incrementAndGet);
            assertThatThrownBy(() -> executor.submitAll(tasks)).isExactlyInstanceOf(RejectedExecutionException.class);
            assertThatThrownBy(() -> executor.invokeAll(tasks)).isExactlyInstanceOf(RejectedExecutionException.class);
            executor.submit(() -> "there is room");
        }
        assertThat(never).hasValue(0);
    }

    /* ---------------- CALLER_RUNS ---------------- */

    @Test
    default void callerRuns_whenFull_runsInTheCaller() throws Exception {
        try (FutureExecutor executor = newExecutor(2, 3, WhenFull.CALLER_RUNS);
                Gate gate = new Gate()) {
            fill(executor, gate);
            Future<Thread> ran = executor.submit(Thread::currentThread);
            assertThat(ran.resultNow()).isSameAs(Thread.currentThread());
            Future<Object> failed = executor.submit(() -> {
                throw new IllegalStateException("in the caller");
            });
            assertThat(failed.exceptionNow()).hasMessage("in the caller");
            gate.open();
            Eventually.await()
                    .until(() -> executor.submit(Thread::currentThread).result() != Thread.currentThread());
        }
    }

    @Test
    default void callerRuns_keepsTheInterruptStatusOfTheCaller() throws Exception {
        try (FutureExecutor executor = newExecutor(2, 3, WhenFull.CALLER_RUNS);
                Gate gate = new Gate()) {
            fill(executor, gate);
            Thread.currentThread().interrupt();
            Future<Boolean> sawIt = executor.submit(() -> Thread.currentThread().isInterrupted());
            assertThat(Thread.interrupted()).isTrue();
            assertThat(sawIt.resultNow()).isFalse();
        }
    }

    @Test
    default void callerRuns_close_fromTaskInTheCaller_throws() throws Exception {
        try (FutureExecutor executor = newExecutor(2, 3, WhenFull.CALLER_RUNS);
                Gate gate = new Gate()) {
            fill(executor, gate);
            Future<?> inCaller = executor.submit(executor::close);
            assertThat(inCaller.exceptionNow()).isInstanceOf(DeadlockException.class);
        }
    }

    @Test
    default void callerRuns_close_waitsForTheCaller() throws Exception {
        try (Gate gate = new Gate();
                Gate inner = new Gate()) {
            FutureExecutor executor = newExecutor(2, 3, WhenFull.CALLER_RUNS);
            fill(executor, gate);
            Thread caller = new Thread(() -> executor.submit(inner::pass));
            caller.start();
            inner.awaitArrivals(1);
            executor.shutdown();
            gate.open();
            assertThat(executor.awaitTermination(50, TimeUnit.MILLISECONDS)).isFalse();
            inner.open();
            assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            Gate.await(caller);
        }
    }

    @Test
    default void callerRuns_shutdownNow_interruptsTheCaller() throws Exception {
        try (Gate gate = new Gate();
                Gate inner = new Gate()) {
            FutureExecutor executor = newExecutor(2, 3, WhenFull.CALLER_RUNS);
            fill(executor, gate);
            Thread caller = new Thread(() -> executor.submit(inner::pass));
            caller.start();
            inner.awaitArrivals(1);
            executor.shutdownNow();
            assertThat(executor.awaitTermination(5, TimeUnit.SECONDS))
                    .as("what runs in a caller is interrupted as well")
                    .isTrue();
        }
    }

    @Test
    default void callerRuns_afterShutdown_refuses() throws Exception {
        try (FutureExecutor executor = newExecutor(2, 3, WhenFull.CALLER_RUNS);
                Gate gate = new Gate()) {
            fill(executor, gate);
            executor.shutdown();
            assertThatThrownBy(() -> executor.submit(() -> "never")).hasMessage(ShutdownContract.SHUT_DOWN);
        }
    }

    @Test
    default void callerRuns_underLoad_losesNothing() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (FutureExecutor executor = newExecutor(2, 3, WhenFull.CALLER_RUNS)) {
            SubmitContract.inParallel(3, number -> {
                for (int i = 0; i < 2_000; i++) {
                    executor.submit(runs::incrementAndGet);
                }
            });
        }
        assertThat(runs).hasValue(6_000);
    }

    /* ---------------- Options ---------------- */

    @Test
    default void queueCapacity_notPositive_isRefused() {
        for (int capacity : new int[] {0, -1}) {
            assertThatThrownBy(() -> newExecutor(1, capacity, WhenFull.BLOCK))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("queueCapacity");
        }
    }

    @Test
    default void whenFull_null_isRefused() {
        assertThatThrownBy(() -> newExecutor(1, 1, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("whenFull");
    }

    @Test
    default void queueCapacity_hugeWithManyWorkers_doesNotOverflow() throws Exception {
        try (FutureExecutor executor = newExecutor(4, Integer.MAX_VALUE, WhenFull.REJECT)) {
            assertThat(executor.submit(() -> "taken").result()).isEqualTo("taken");
        }
    }
}
