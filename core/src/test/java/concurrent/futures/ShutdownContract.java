// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The ways to end an executor that do not wait, and waiting for the end. */
interface ShutdownContract extends ExecutorSource {
    String SHUT_DOWN = "cannot schedule new futures after shutdown";

    @Test
    default void shutdown_refusesWhateverComesLater() {
        FutureExecutor executor = newExecutor();
        assertThat(executor.isShutdown()).isFalse();
        executor.shutdown();
        assertThat(executor.isShutdown()).isTrue();
        List<Task<String>> tasks = List.of(() -> "refused");
        List<ThrowingCallable> calls = List.of(
                () -> executor.submit(() -> "refused"),
                () -> executor.submit(() -> {}),
                () -> executor.submit((Callable<String>) () -> "refused"),
                () -> executor.submit((Runnable) () -> {}),
                () -> executor.submit(() -> {}, "refused"),
                () -> executor.execute(() -> {}),
                () -> executor.submitAll(tasks),
                () -> executor.invokeAll(tasks),
                () -> executor.invokeAll(tasks, 1, TimeUnit.SECONDS),
                () -> executor.invokeAny(tasks),
                () -> executor.invokeAny(tasks, 1, TimeUnit.SECONDS),
                () -> executor.map(i -> i, List.of(1)));
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call)
                    .isExactlyInstanceOf(RejectedExecutionException.class)
                    .hasMessage(SHUT_DOWN);
        }
        executor.close();
    }

    @Test
    default void shutdown_ofUnused_terminatesAtOnce() throws Exception {
        FutureExecutor executor = newExecutor();
        assertThat(executor.isTerminated()).isFalse();
        executor.shutdown();
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    default void shutdown_runsWhatIsQueued() throws Exception {
        assumeTrue(sharesMemory());
        AtomicInteger runs = new AtomicInteger();
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            executor.submit(gate::pass);
            for (int i = 0; i < 100; i++) {
                executor.submit(runs::incrementAndGet);
            }
            gate.awaitArrivals(1);
            executor.shutdown();
            executor.shutdown(false);
            assertThat(executor.isTerminated()).isFalse();
            assertThat(runs).hasValue(0);
            gate.open();
            assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(runs).hasValue(100);
    }

    @Test
    default void shutdown_fromTask_works() throws Exception {
        assumeTrue(sharesMemory());
        FutureExecutor executor = newExecutor();
        Future<?> task = executor.submit(() -> {
            executor.shutdown();
            executor.submit(() -> "refused");
        });
        assertThat(task.exception())
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage(SHUT_DOWN);
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    default void shutdownCancelPending_cancelsWhatHasNotStarted() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            Future<String> running = executor.submit(() -> {
                boolean interrupted = gate.passUninterruptibly();
                return interrupted ? "interrupted" : "as usual";
            });
            gate.awaitArrivals(1);
            Eventually.await().until(running::isRunning);
            List<Future<Integer>> pending = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                pending.add(executor.submit(runs::incrementAndGet));
            }
            Future<?> waiting = BulkContract.inThread(() -> pending.get(9).result());

            executor.shutdown(true);

            assertThat(waiting.exception(Duration.ofSeconds(20))).isInstanceOf(CancellationException.class);
            assertThat(pending).allMatch(Future::isCancelled);
            assertThat(Futures.await(pending).notDone()).isEmpty();
            assertThat(Futures.asCompleted(pending).stream()).hasSize(10);
            assertThat(running.isDone()).isFalse();
            gate.open();
            assertThat(running.result()).isEqualTo("as usual");
        }
        assertThat(runs).hasValue(0);
    }

    @Test
    default void shutdownNow_returnsWhatNeverRan_andRunningThatDoesNothing() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            Future<?> running = executor.submit(gate::pass);
            gate.awaitArrivals(1);
            Eventually.await().until(running::isRunning);
            List<Future<?>> pending = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                pending.add(executor.submit(runs::incrementAndGet));
            }
            pending.remove(2).cancel();
            executor.execute(runs::incrementAndGet);

            List<Runnable> neverRan = executor.shutdownNow();

            assertThat(neverRan).hasSize(5);
            assertThat(neverRan.subList(0, 4)).isEqualTo(pending);
            assertThat(neverRan)
                    .allSatisfy(each -> assertThat(each)
                            .isInstanceOfSatisfying(
                                    RunnableFuture.class,
                                    future -> assertThat(future.isCancelled()).isTrue()));
            neverRan.forEach(Runnable::run);
            assertThat(executor.shutdownNow()).isEmpty();
        }
        assertThat(runs).hasValue(0);
    }

    @Test
    default void shutdownNow_interruptsWhatRuns_whichEndsAsItsBodyDoes() throws Exception {
        try (FutureExecutor executor = newExecutor(2);
                Gate gate = new Gate()) {
            Future<String> returning = executor.submit(() -> {
                try {
                    gate.pass();
                    return "not interrupted";
                } catch (InterruptedException e) {
                    return "interrupted";
                }
            });
            Future<?> failing = executor.submit(gate::pass);
            gate.awaitArrivals(2);
            // The gate may know before the future does.
            Eventually.await().until(() -> returning.isRunning() && failing.isRunning());
            assertThat(executor.shutdownNow()).isEmpty();
            assertThat(returning.get(20, TimeUnit.SECONDS)).isEqualTo("interrupted");
            assertThat(failing.exception(Duration.ofSeconds(20))).isInstanceOf(InterruptedException.class);
            assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Whether the task is still queued, on its way, or running: it is cancelled or interrupted, and nobody waits. */
    @Test
    default void shutdownNow_atAnyMomentAfterSubmit_leavesNothingRunning() throws Exception {
        long seed = System.nanoTime();
        System.out.println(getClass().getSimpleName() + " shuts down with seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 2 * rounds(); i++) {
            FutureExecutor executor = newExecutor();
            try (Gate gate = new Gate()) {
                executor.submit(() -> "warm").result();
                Future<?> first = executor.submit(gate::pass);
                Future<?> second = executor.submit(gate::pass);
                for (int spin = random.nextInt(3_000); spin > 0; spin--) {
                    Thread.onSpinWait();
                }
                executor.shutdownNow();
                assertThat(executor.awaitTermination(5, TimeUnit.SECONDS))
                        .as("round %d, seed %d: %s, %s, %s", i, seed, executor, first, second)
                        .isTrue();
                assertThat(first.isDone()).isTrue();
                assertThat(second.isDone()).isTrue();
            }
        }
    }

    /** Every future ends; what was accepted has run, and what was refused has not. */
    @Test
    default void shutdown_racingWithSubmit_losesNothing() throws Exception {
        assumeTrue(sharesMemory());
        for (int round = 0; round < rounds(); round++) {
            FutureExecutor executor = newExecutor();
            AtomicInteger runs = new AtomicInteger();
            List<Future<Integer>> accepted = submitUntilRefused(executor, runs, round, executor::shutdown);
            assertTerminates(executor);
            assertThat(accepted).allMatch(future -> future.state() == java.util.concurrent.Future.State.SUCCESS);
            assertThat(runs).hasValue(accepted.size());
        }
    }

    /** As before, but what has not started is cancelled: nobody may wait for ever. */
    @Test
    default void shutdownCancelPending_racingWithSubmit_endsEveryFuture() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            FutureExecutor executor = newExecutor();
            AtomicInteger runs = new AtomicInteger();
            List<Future<Integer>> accepted =
                    submitUntilRefused(executor, runs, round, () -> executor.shutdown(/* cancelPending= */ true));
            assertTerminates(executor);
            assertThat(accepted).allMatch(Future::isDone);
            if (sharesMemory()) {
                assertThat(accepted.stream().filter(future -> !future.isCancelled()))
                        .hasSize(runs.get());
            }
        }
    }

    /** Two threads submit until they are refused, or have submitted enough; a third shuts down after some tasks. */
    private static List<Future<Integer>> submitUntilRefused(
            FutureExecutor executor, AtomicInteger runs, int tasksBefore, Runnable shutdown) throws Exception {
        ConcurrentLinkedQueue<Future<Integer>> accepted = new ConcurrentLinkedQueue<>();
        AtomicInteger submitted = new AtomicInteger();
        SubmitContract.inParallel(3, number -> {
            if (number == 0) {
                while (submitted.get() < tasksBefore) {
                    Thread.onSpinWait();
                }
                shutdown.run();
                return;
            }
            for (int i = 0; i < 300; i++) {
                try {
                    accepted.add(executor.submit(runs::incrementAndGet));
                } catch (RejectedExecutionException e) {
                    assertThat(e).hasMessage(SHUT_DOWN);
                    return;
                }
                submitted.incrementAndGet();
            }
        });
        return new ArrayList<>(accepted);
    }

    @Test
    default void awaitTermination_outOfTime_isFalse() throws Exception {
        try (FutureExecutor executor = newExecutor();
                Gate gate = new Gate()) {
            executor.submit(gate::pass);
            gate.awaitArrivals(1);
            assertThat(executor.awaitTermination(0, TimeUnit.SECONDS)).isFalse();
            executor.shutdown();
            assertThat(executor.awaitTermination(-1, TimeUnit.SECONDS)).isFalse();
            assertThat(executor.awaitTermination(10, TimeUnit.MILLISECONDS)).isFalse();
            gate.open();
            assertThat(executor.awaitTermination(Long.MAX_VALUE, TimeUnit.DAYS)).isTrue();
        }
    }

    @Test
    default void awaitTermination_interrupted_throws() throws Exception {
        try (FutureExecutor executor = newExecutor()) {
            Promise<Throwable> thrown = new Promise<>();
            Thread waiter = new Thread(() -> {
                try {
                    executor.awaitTermination(20, TimeUnit.SECONDS);
                    thrown.setResult(null);
                } catch (InterruptedException e) {
                    thrown.setResult(e);
                }
            });
            waiter.start();
            Eventually.await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
            waiter.interrupt();
            assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    default void awaitTermination_withoutUnit_namesTheArgument() {
        try (FutureExecutor executor = newExecutor()) {
            assertThatNullPointerException()
                    .isThrownBy(() -> executor.awaitTermination(1, null))
                    .withMessageContaining("unit");
        }
    }

    private static void assertTerminates(FutureExecutor executor) throws InterruptedException {
        if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new AssertionError(executor + " does not terminate" + Stacks.ofAllThreads());
        }
    }
}
