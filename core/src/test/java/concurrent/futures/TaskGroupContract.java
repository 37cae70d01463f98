// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Tasks that belong together, on any executor. */
interface TaskGroupContract extends ExecutorSource {
    Duration SHORT_TIME = Duration.ofMillis(30);

    @Test
    default void join_waitsForAll() throws Exception {
        try (FutureExecutor executor = newExecutor();
                TaskGroup group = TaskGroup.open(executor)) {
            Future<String> first = group.submit(() -> "a");
            Future<Integer> second = group.submit(() -> 1);
            Future<?> third = group.submit(() -> {});
            group.join();
            assertThat(first.resultNow() + second.resultNow() + third.resultNow())
                    .isEqualTo("a1null");
        }
    }

    @Test
    default void join_ofNothing_returns() throws Exception {
        try (FutureExecutor executor = newExecutor();
                TaskGroup group = TaskGroup.open(executor)) {
            group.join();
        }
    }

    @Test
    default void failFast_cancelsTheOthers_andThrowsTheFailure() throws Exception {
        assumeTrue(sharesMemory());
        IllegalStateException thrown = new IllegalStateException("on purpose");
        CountDownLatch interrupted = new CountDownLatch(1);
        try (FutureExecutor executor = newExecutor(2);
                Gate gate = new Gate()) {
            Future<?> running;
            Future<Integer> queued;
            try (TaskGroup group = TaskGroup.open(executor)) {
                running = group.submit(() -> {
                    try {
                        gate.pass();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                });
                gate.awaitArrivals(1);
                group.submit((Task<Integer>) () -> {
                    throw thrown;
                });
                queued = group.submit(() -> {
                    new CountDownLatch(1).await();
                    return 1;
                });
                assertThatThrownBy(group::join)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("on purpose");
                assertThat(group.submit(() -> 1).isCancelled()).isTrue();
            }
            Gate.await(interrupted);
            assertThat(running.isCancelled()).isTrue();
            assertThat(queued.isCancelled()).isTrue();
        }
    }

    @Test
    default void collectAll_throwsNothing_andGoesOn() throws Exception {
        try (FutureExecutor executor = newExecutor();
                TaskGroup group = TaskGroup.open(executor, TaskGroup.Policy.COLLECT_ALL)) {
            Future<Integer> failing = group.submit(() -> {
                throw new IllegalStateException("on purpose");
            });
            Futures.await(java.util.List.of(failing));
            Future<Integer> good = group.submit(() -> 1);
            group.join();
            assertThat(failing.exceptionNow()).hasMessage("on purpose");
            assertThat(good.resultNow()).isEqualTo(1);
        }
    }

    @Test
    default void firstSuccess_cancelsTheOthers() throws Exception {
        try (FutureExecutor executor = newExecutor(2);
                TaskGroup group = TaskGroup.open(executor, TaskGroup.Policy.FIRST_SUCCESS)) {
            assertThatThrownBy(group::firstSuccess).isInstanceOf(IllegalStateException.class);
            Future<Integer> failing = group.submit(() -> {
                throw new IllegalStateException("on purpose");
            });
            failing.exception();
            Future<?> slow = group.submit(() -> new CountDownLatch(1).await());
            Future<Integer> quick = group.submit(() -> 1);
            group.join();
            assertThat(group.firstSuccess()).isSameAs(quick);
            assertThat(slow.isCancelled()).isTrue();
        }
    }

    @Test
    default void firstSuccess_withoutAny_throwsAllFailures() throws Exception {
        try (FutureExecutor executor = newExecutor(1)) {
            try (TaskGroup group = TaskGroup.open(executor, TaskGroup.Policy.FIRST_SUCCESS)) {
                for (String name : new String[] {"a", "b"}) {
                    group.submit((Task<Integer>) () -> {
                        throw new IllegalStateException(name);
                    });
                }
                assertThatThrownBy(group::join)
                        .hasMessage("a")
                        .satisfies(
                                thrown -> assertThat(thrown.getSuppressed()[0]).hasMessage("b"));
            }
            try (TaskGroup group = TaskGroup.open(executor, TaskGroup.Policy.FIRST_SUCCESS)) {
                assertThatThrownBy(group::join).isInstanceOf(CancellationException.class);
            }
        }
    }

    @Test
    default void leavingWithoutAJoin_cancelsAll_andWaitsForTheBodies() throws Exception {
        assumeTrue(sharesMemory());
        AtomicBoolean ended = new AtomicBoolean();
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            AtomicReference<Future<?>> queued = new AtomicReference<>();
            assertThatThrownBy(() -> {
                        try (TaskGroup group = TaskGroup.open(executor)) {
                            group.submit(() -> {
                                try {
                                    gate.pass();
                                } finally {
                                    Thread.sleep(50);
                                    ended.set(true);
                                }
                            });
                            gate.awaitArrivals(1);
                            queued.set(group.submit(() -> {}));
                            throw new IllegalArgumentException("something else");
                        }
                    })
                    .hasMessage("something else");
            assertThat(ended).isTrue();
            assertThat(queued.get().isCancelled()).isTrue();
        }
    }

    @Test
    default void tasks_maySubmitToTheirGroup() throws Exception {
        assumeTrue(sharesMemory());
        AtomicInteger runs = new AtomicInteger();
        try (FutureExecutor executor = newExecutor();
                TaskGroup group = TaskGroup.open(executor)) {
            fork(group, runs, 4);
            group.join();
            assertThat(runs).hasValue(31);
        }
    }

    private static void fork(TaskGroup group, AtomicInteger runs, int depth) {
        group.submit(() -> {
            runs.incrementAndGet();
            if (depth > 0) {
                fork(group, runs, depth - 1);
                fork(group, runs, depth - 1);
            }
        });
    }

    @Test
    default void nestedGroup_isCancelledWithTheTaskAroundIt() throws Exception {
        assumeTrue(runsTasksItself());
        CountDownLatch interrupted = new CountDownLatch(1);
        try (FutureExecutor executor = newExecutor(3);
                Gate gate = new Gate()) {
            try (TaskGroup outer = TaskGroup.open(executor)) {
                outer.submit(() -> {
                    try (TaskGroup inner = TaskGroup.open(executor)) {
                        inner.submit(() -> {
                            try {
                                gate.pass();
                            } catch (InterruptedException e) {
                                interrupted.countDown();
                            }
                        });
                        inner.join();
                    }
                });
                gate.awaitArrivals(1);
                outer.submit((Task<Integer>) () -> {
                    throw new IllegalStateException("on purpose");
                });
                assertThatThrownBy(outer::join).hasMessage("on purpose");
            }
            assertThat(interrupted.getCount()).isZero();
        }
    }

    @Test
    default void deadline_failsWhatIsNotDone() throws Exception {
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate();
                TaskGroup group = TaskGroup.open(executor, TaskGroup.Policy.FAIL_FAST, SHORT_TIME)) {
            group.submit(gate::pass);
            assertThatThrownBy(group::join).isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    default void interruptOfWhoeverJoins_cancelsAll() throws Exception {
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate();
                TaskGroup group = TaskGroup.open(executor)) {
            Future<?> waiting = group.submit(gate::pass);
            Thread.currentThread().interrupt();
            assertThatThrownBy(group::join).isInstanceOf(InterruptedException.class);
            assertThat(waiting.isCancelled()).isTrue();
        }
    }

    @Test
    default void closedGroup_takesNothing() throws Exception {
        try (FutureExecutor executor = newExecutor(1)) {
            TaskGroup group = TaskGroup.open(executor);
            group.close();
            group.close();
            assertThatThrownBy(() -> group.submit(() -> 1)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    default void closeByATaskOfTheGroup_isRefused_alsoIfItIsCancelled() throws Exception {
        assumeTrue(runsTasksItself());
        try (FutureExecutor executor = newExecutor(1);
                TaskGroup group = TaskGroup.open(executor)) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Future<?> closing = group.submit(() -> {
                group.cancel();
                try {
                    group.close();
                } catch (Throwable e) {
                    thrown.set(e);
                }
            });
            closing.ended().result();
            assertThat(thrown.get()).isInstanceOf(DeadlockException.class);
        }
    }

    @Test
    default void tree_ofGroups_needsFewWorkers() throws Exception {
        assumeTrue(runsTasksItself());
        try (FutureExecutor executor = newExecutor(2)) {
            assertThat(executor.submit(() -> leaves(executor, 100)).result()).isEqualTo(100);
        }
    }

    static int leaves(FutureExecutor executor, int number) throws Exception {
        if (number == 1) {
            return 1;
        }
        try (TaskGroup group = TaskGroup.open(executor)) {
            Future<Integer> left = group.submit(() -> leaves(executor, number / 2));
            Future<Integer> right = group.submit(() -> leaves(executor, number - number / 2));
            group.join();
            return left.resultNow() + right.resultNow();
        }
    }

    @Test
    default void cancel_stopsAll_beforeCallbacksAreTold() throws Exception {
        try (FutureExecutor executor = newExecutor(2);
                Gate gate = new Gate();
                TaskGroup group = TaskGroup.open(executor)) {
            Future<?> first = group.submit(gate::pass);
            Future<?> second = group.submit(gate::pass);
            gate.awaitArrivals(2);
            AtomicInteger told = new AtomicInteger();
            first.addDoneCallback(done -> told.addAndGet(second.isCancelled() ? 1 : 0));
            second.addDoneCallback(done -> told.addAndGet(first.isCancelled() ? 1 : 0));
            group.cancel();
            assertThat(told).hasValue(2);
        }
    }

    @Test
    default void largeGroup_isCancelledWithoutStartingAnyMore() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (FutureExecutor executor = newExecutor(2);
                Gate blocked = new Gate();
                Gate gate = new Gate()) {
            try (TaskGroup group = TaskGroup.open(executor)) {
                group.submit(blocked::pass);
                group.submit(() -> {
                    gate.passUninterruptibly();
                    throw new IllegalStateException("on purpose");
                });
                blocked.awaitArrivals(1);
                gate.awaitArrivals(1);
                for (int i = 0; i < 5_000; i++) {
                    group.submit(() -> runs.incrementAndGet());
                }
                gate.open();
                assertThatThrownBy(group::join).hasMessage("on purpose");
            }
        }
        assertThat(runs).hasValue(0);
    }

    @Test
    default void cancelledGroup_startsNothing() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (FutureExecutor executor = newExecutor(2);
                Gate gate = new Gate()) {
            try (TaskGroup group = TaskGroup.open(executor)) {
                group.submit(gate::pass);
                group.submit(gate::pass);
                gate.awaitArrivals(2);
                for (int i = 0; i < 1_000; i++) {
                    group.submit(() -> runs.incrementAndGet());
                }
            }
        }
        assertThat(runs).hasValue(0);
    }

    @Test
    default void taskThatIsCancelledByHand_isNoFailure() throws Exception {
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate();
                TaskGroup group = TaskGroup.open(executor)) {
            group.submit(gate::pass);
            gate.awaitArrivals(1);
            group.submit(() -> 1).cancel();
            gate.open();
            group.join();
        }
    }

    @Test
    default void anyThread_maySubmit() throws Exception {
        try (FutureExecutor executor = newExecutor();
                TaskGroup group = TaskGroup.open(executor)) {
            AtomicReference<Future<Integer>> future = new AtomicReference<>();
            Thread thread = Thread.ofVirtual().start(() -> future.set(group.submit(() -> 1)));
            thread.join();
            group.join();
            assertThat(future.get().resultNow()).isEqualTo(1);
        }
    }

    @Test
    default void taskThatJoinsItsOwnGroup_isRefused_andTheGroupGoesOn() throws Exception {
        assumeTrue(runsTasksItself());
        try (FutureExecutor executor = newExecutor(1);
                TaskGroup group = TaskGroup.open(executor, TaskGroup.Policy.COLLECT_ALL)) {
            Future<?> joining = group.submit(() -> group.join());
            group.join();
            assertThat(joining.exceptionNow()).isInstanceOf(DeadlockException.class);
            assertThatThrownBy(group::firstSuccess).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    default void taskThatTimesOutByItself_failsAsResultWouldTell() throws Exception {
        try (FutureExecutor executor = newExecutor(1);
                TaskGroup group = TaskGroup.open(executor)) {
            group.submit((Task<Integer>) () -> {
                throw new TimeoutException("of a socket");
            });
            assertThatThrownBy(group::join)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
        }
    }
}
