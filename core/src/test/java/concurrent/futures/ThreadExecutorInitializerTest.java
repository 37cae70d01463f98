// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What each worker runs before its first task, and what comes of an executor in which that fails. */
class ThreadExecutorInitializerTest {
    private static final String BROKEN = "A thread initializer failed, the thread pool is not usable anymore";

    @Test
    void initializer_runsOncePerWorkerBeforeItsTasks() throws Exception {
        ThreadLocal<Integer> local = ThreadLocal.withInitial(() -> 0);
        AtomicInteger runs = new AtomicInteger();
        try (ThreadExecutor executor = ThreadExecutor.builder()
                        .maxWorkers(3)
                        .initializer(() -> {
                            local.set(local.get() + 1);
                            runs.incrementAndGet();
                        })
                        .build();
                Gate gate = new Gate()) {
            assertThat(runs).hasValue(0);
            List<Future<Integer>> seen = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                seen.add(executor.submit(() -> {
                    gate.pass();
                    return local.get();
                }));
            }
            gate.awaitArrivals(3);
            gate.open();
            for (Future<Integer> each : seen) {
                assertThat(each.result()).isEqualTo(1);
            }
            assertThat(runs).hasValue(3);
        }
    }

    @Test
    void initializer_failing_breaksWhatIsQueuedAndWhatComesLater() throws Exception {
        for (Throwable thrown : List.of(new IllegalStateException("first"), new AssertionError("second"))) {
            try (Gate gate = new Gate()) {
                ThreadExecutor executor = ThreadExecutor.builder()
                        .maxWorkers(1)
                        .initializer(() -> {
                            gate.passUninterruptibly();
                            throw FailureContract.<RuntimeException>sneaky(thrown);
                        })
                        .build();
                AtomicInteger runs = new AtomicInteger();
                List<Future<?>> queued = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    queued.add(executor.submit(runs::incrementAndGet));
                }
                gate.awaitArrivals(1);
                assertThat(executor.isBroken()).isFalse();
                gate.open();

                Set<Throwable> instances = Collections.newSetFromMap(new IdentityHashMap<>());
                for (Future<?> future : queued) {
                    Throwable failure = future.exception();
                    assertThat(failure)
                            .isExactlyInstanceOf(BrokenExecutorException.class)
                            .hasMessage(BROKEN)
                            .hasCause(thrown);
                    instances.add(failure);
                }
                assertThat(executor.isBroken()).isTrue();
                assertThat(executor.isShutdown()).isFalse();
                for (int i = 0; i < 2; i++) {
                    Throwable refusal = catchThrowable(() -> executor.submit(runs::incrementAndGet));
                    assertThat(refusal)
                            .isExactlyInstanceOf(BrokenExecutorException.class)
                            .hasMessage(BROKEN)
                            .hasCause(thrown);
                    instances.add(refusal);
                }
                assertThat(instances).hasSize(7);

                assertThat(executor).asString().contains("broken");
                executor.close();
                assertThat(executor.isTerminated()).isTrue();
                assertThat(runs).hasValue(0);
            }
        }
    }

    @Test
    void initializer_failing_afterShutdown_stillSaysBroken() throws Exception {
        try (Gate gate = new Gate()) {
            ThreadExecutor executor = ThreadExecutor.builder()
                    .maxWorkers(1)
                    .initializer(() -> {
                        gate.passUninterruptibly();
                        throw new IllegalStateException();
                    })
                    .build();
            Future<?> queued = executor.submit(() -> "never");
            gate.awaitArrivals(1);
            executor.shutdown();
            gate.open();
            assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            assertThat(queued.exception()).isInstanceOf(BrokenExecutorException.class);
            assertThatThrownBy(() -> executor.submit(() -> "never")).isInstanceOf(BrokenExecutorException.class);
        }
    }

    @Test
    void initializer_failingInTheSecondWorker_letsRunningTasksEnd() throws Exception {
        AtomicInteger workers = new AtomicInteger();
        try (Gate gate = new Gate()) {
            ThreadExecutor executor = ThreadExecutor.builder()
                    .maxWorkers(2)
                    .initializer(() -> {
                        if (workers.incrementAndGet() == 2) {
                            throw new IllegalStateException();
                        }
                    })
                    .build();
            Future<String> running = executor.submit(() -> {
                gate.pass();
                return "result";
            });
            gate.awaitArrivals(1);
            Future<String> queued = executor.submit(() -> "never");
            assertThat(queued.exception()).isInstanceOf(BrokenExecutorException.class);
            gate.open();
            assertThat(running.result()).isEqualTo("result");
            executor.close();
        }
    }

    /** One that blocks holds up nothing but the tasks that its worker would run. */
    @Test
    void initializer_thatBlocks_holdsUpItsWorkerAlone() throws Exception {
        AtomicInteger workers = new AtomicInteger();
        try (Gate gate = new Gate();
                ThreadExecutor executor = ThreadExecutor.builder()
                        .maxWorkers(2)
                        .initializer(() -> {
                            if (workers.incrementAndGet() == 1) {
                                gate.passUninterruptibly();
                            }
                        })
                        .build()) {
            Future<String> first = executor.submit(() -> "first");
            gate.awaitArrivals(1);
            // Another worker is started, and does what is queued for the first one.
            assertThat(executor.submit(() -> "second").result()).isEqualTo("second");
            assertThat(first.result()).isEqualTo("first");
            gate.open();
        }
    }

    @Test
    void initializer_thatBlocks_isInterruptedByShutdownNow_andWhatIsQueuedIsCancelled() throws Exception {
        try (Gate gate = new Gate();
                FutureLog log = new FutureLog()) {
            AtomicBoolean interrupted = new AtomicBoolean();
            ThreadExecutor executor = ThreadExecutor.builder()
                    .maxWorkers(1)
                    .initializer(() -> {
                        try {
                            gate.pass();
                        } catch (InterruptedException e) {
                            interrupted.set(true);
                        }
                    })
                    .build();
            Future<String> future = executor.submit(() -> "never");
            gate.awaitArrivals(1);
            assertThat(future.cancel()).isTrue();
            Future<String> queued = executor.submit(() -> "never");
            executor.shutdownNow();
            assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            assertThat(queued.isCancelled()).isTrue();
            assertThat(interrupted).isTrue();
            assertThat(log.records()).isEmpty();
        }
    }

    /** Those who wait for room are released into an executor that has just broken. */
    @Test
    void initializer_failing_releasesBlockedSubmittersAndIsNotTriedAgain() throws Exception {
        for (int round = 0; round < 60; round++) {
            AtomicInteger tries = new AtomicInteger();
            try (Gate gate = new Gate()) {
                ThreadExecutor executor = ThreadExecutor.builder()
                        .maxWorkers(1)
                        .queueCapacity(1)
                        .initializer(() -> {
                            tries.incrementAndGet();
                            gate.passUninterruptibly();
                            throw new IllegalStateException();
                        })
                        .build();
                executor.submit(() -> "never");
                executor.submit(() -> "never");
                List<Future<?>> blocked = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    blocked.add(BulkContract.inThread(() -> executor.submit(() -> "never")));
                }
                gate.awaitArrivals(1);
                if (round % 2 == 0) {
                    Eventually.await().until(() -> executor.queuedTasks() == 2);
                }
                gate.open();
                for (Future<?> submission : blocked) {
                    try {
                        Future<?> accepted = (Future<?>) submission.get(20, TimeUnit.SECONDS);
                        assertThat(accepted.exception()).isInstanceOf(BrokenExecutorException.class);
                    } catch (ExecutionException e) {
                        assertThat(e).hasCauseInstanceOf(BrokenExecutorException.class);
                    }
                }
                executor.shutdown();
                if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                    throw new AssertionError("round " + round + ": " + executor + ", tries of the initializer: " + tries
                            + Stacks.ofAllThreads());
                }
                // A broken executor may start no worker that would only fail again.
                assertThat(tries.get()).as("tries in round %d", round).isEqualTo(1);
            }
        }
    }

    /** As above, with submitters that do not wait for room but come at the very moment of the failure. */
    @Test
    void initializer_failing_racingWithSubmit_endsEveryFuture() throws Exception {
        for (int round = 0; round < 200; round++) {
            AtomicInteger tries = new AtomicInteger();
            ThreadExecutor executor = ThreadExecutor.builder()
                    .maxWorkers(2)
                    .initializer(() -> {
                        tries.incrementAndGet();
                        throw new IllegalStateException();
                    })
                    .build();
            SubmitContract.inParallel(2, number -> {
                List<Future<?>> accepted = new ArrayList<>();
                try {
                    for (int i = 0; i < 200; i++) {
                        accepted.add(executor.submit(() -> "never"));
                    }
                } catch (BrokenExecutorException e) {
                    assertThat(e).hasMessage(BROKEN);
                }
                for (Future<?> future : accepted) {
                    assertThat(future.exception(Duration.ofSeconds(20))).isInstanceOf(BrokenExecutorException.class);
                }
            });
            executor.shutdown();
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                throw new AssertionError("round " + round + ": " + executor + ", tries of the initializer: " + tries
                        + Stacks.ofAllThreads());
            }
            assertThat(tries.get()).as("tries in round %d", round).isBetween(1, 2);
        }
    }

    @Test
    void initializer_interruptingItsThread_doesNotReachTheTask() throws Exception {
        try (ThreadExecutor executor = ThreadExecutor.builder()
                .maxWorkers(1)
                .initializer(() -> Thread.currentThread().interrupt())
                .build()) {
            assertThat(executor.submit(() -> Thread.currentThread().isInterrupted())
                            .result())
                    .isFalse();
        }
    }

    @Test
    void initializer_closingTheExecutor_breaksItInsteadOfHanging() throws Exception {
        ThreadExecutor[] self = new ThreadExecutor[1];
        self[0] = ThreadExecutor.builder()
                .maxWorkers(1)
                .initializer(() -> self[0].close())
                .build();
        Throwable failure = self[0].submit(() -> "never").exception();
        assertThat(failure).isInstanceOf(BrokenExecutorException.class).hasCauseInstanceOf(DeadlockException.class);
        self[0].close();
    }
}
