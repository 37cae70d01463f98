// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Views with a timeout, which counts from the start of a task, or a deadline, which counts from its submission. */
interface TimeLimitContract extends ExecutorSource {
    Duration SHORT = Duration.ofMillis(30);
    Duration LONG = Duration.ofHours(1);

    /** Runs until it is interrupted. */
    private static void runLong(CountDownLatch interrupted) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
        }
    }

    @Test
    default void timeout_failsTheFutureAndInterruptsTheTask() throws Exception {
        assumeTrue(sharesMemory());
        CountDownLatch interrupted = new CountDownLatch(1);
        try (FutureExecutor executor = newExecutor(1)) {
            Future<?> future = executor.withTimeout(SHORT).submit(() -> runLong(interrupted));
            assertThat(future.exception()).isInstanceOf(TimeoutException.class).hasMessageContaining("timeout");
            assertThat(future.status()).isEqualTo(Future.Status.FINISHED);
            assertThat(future.isCancelled()).isFalse();
            assertThatThrownBy(future::result).isSameAs(future.exception());
            assertThatThrownBy(future::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCause(future.exception());
            assertThatThrownBy(future::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCause(future.exception());
            Gate.await(interrupted);
            future.ended().result();
            assertThat(executor.submit(() -> 42).result()).isEqualTo(42);
        }
    }

    @Test
    default void timeout_countsFromTheStart() throws Exception {
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            executor.submit(gate::pass);
            gate.awaitArrivals(1);
            Future<Integer> queued = executor.withTimeout(SHORT).submit(() -> 42);
            TimeUnit.NANOSECONDS.sleep(2 * SHORT.toNanos());
            assertThat(queued.status()).isEqualTo(Future.Status.PENDING);
            gate.open();
            assertThat(queued.result()).isEqualTo(42);
        }
    }

    @Test
    default void timeout_thatIsNotReached_changesNothing() throws Exception {
        try (FutureExecutor executor = newExecutor()) {
            FutureExecutor limited = executor.withTimeout(LONG).withDeadline(LONG);
            assertThat(limited.submit(() -> 42).result()).isEqualTo(42);
            IllegalStateException thrown = new IllegalStateException("on purpose");
            assertThat(limited.submit((Task<Integer>) () -> {
                                throw thrown;
                            })
                            .exception())
                    .hasSameClassAs(thrown)
                    .hasMessage(thrown.getMessage());
        }
    }

    @Test
    default void earlierOfTwoLimits_holds() throws Exception {
        assumeTrue(sharesMemory());
        CountDownLatch interrupted = new CountDownLatch(2);
        try (FutureExecutor executor = newExecutor(1)) {
            FutureExecutor first = executor.withTimeout(SHORT).withTimeout(LONG);
            assertThat(first.submit(() -> runLong(interrupted)).exception()).hasMessageContaining("timeout");
            FutureExecutor second = executor.withTimeout(LONG).withDeadline(SHORT);
            assertThat(second.submit(() -> runLong(interrupted)).exception()).hasMessageContaining("deadline");
            Gate.await(interrupted);
        }
    }

    @Test
    default void deadline_failsWhatHasNotStarted_andItNeverRuns() throws Exception {
        AtomicBoolean ran = new AtomicBoolean();
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            executor.submit(gate::pass);
            gate.awaitArrivals(1);
            Future<?> late = executor.withDeadline(SHORT).submit(() -> ran.set(true));
            assertThat(late.exception()).isInstanceOf(TimeoutException.class);
            late.ended().result();
            gate.open();
            assertThat(executor.submit(() -> 42).result()).isEqualTo(42);
        }
        assertThat(ran).isFalse();
    }

    @Test
    default void deadline_stopsWhatRuns() throws Exception {
        assumeTrue(sharesMemory());
        CountDownLatch interrupted = new CountDownLatch(1);
        try (FutureExecutor executor = newExecutor(1)) {
            Future<?> future = executor.withDeadline(SHORT).submit(() -> runLong(interrupted));
            assertThat(future.exception()).isInstanceOf(TimeoutException.class);
            Gate.await(interrupted);
        }
    }

    @Test
    default void deadline_thatIsOver_failsAtOnce() throws Exception {
        AtomicBoolean ran = new AtomicBoolean();
        try (FutureExecutor executor = newExecutor(1)) {
            Future<?> future = executor.withDeadline(Duration.ZERO).submit(() -> ran.set(true));
            assertThat(future.isDone()).isTrue();
            assertThat(future.exception()).isInstanceOf(TimeoutException.class);
            Future<?> negative = executor.withDeadline(Duration.ofSeconds(-1)).submit(() -> ran.set(true));
            assertThat(negative.exception()).isInstanceOf(TimeoutException.class);
        }
        assertThat(ran).isFalse();
    }

    @Test
    default void deadline_isInheritedByWhatATaskSubmits() throws Exception {
        assumeTrue(runsTasksItself());
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicReference<Future<?>> inner = new AtomicReference<>();
        try (FutureExecutor executor = newExecutor(2);
                FutureExecutor other = newExecutor(1)) {
            Future<?> outer = executor.withDeadline(SHORT).submit(() -> {
                inner.set(other.withTimeout(LONG).submit(() -> runLong(interrupted)));
                new CountDownLatch(1).await();
            });
            assertThat(outer.exception()).isInstanceOf(TimeoutException.class);
            assertThat(inner.get().exception())
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("deadline");
            Gate.await(interrupted);
        }
    }

    @Test
    default void deadline_isNotInheritedByATaskThatIsRunInBetween() throws Exception {
        assumeTrue(runsTasksItself());
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            executor.submit(gate::pass);
            gate.awaitArrivals(1);
            AtomicReference<Deadline> deadline = new AtomicReference<>();
            AtomicReference<Future<?>> helped = new AtomicReference<>();
            Future<?> outer =
                    executor.withDeadline(LONG).submit(() -> helped.get().result());
            helped.set(executor.submit(() -> {
                deadline.set(((WorkItem<?>) executor.submit(() -> {})).deadline());
            }));
            gate.open();
            outer.result();
            assertThat(deadline.get()).isEqualTo(Deadline.NEVER);
        }
    }

    @Test
    default void deadline_isNotInheritedByWhatListensToAFuture() throws Exception {
        assumeTrue(runsTasksItself());
        try (FutureExecutor executor = newExecutor(2)) {
            Promise<Integer> promise = new Promise<>();
            AtomicReference<Deadline> inCallback = new AtomicReference<>();
            Future<Integer> derived = promise.thenApply(n -> n + 1, executor);
            promise.addDoneCallback(done -> inCallback.set(((WorkItem<?>) executor.submit(() -> {})).deadline()));
            executor.withDeadline(LONG).submit(() -> promise.setResult(1)).result();
            assertThat(derived.result()).isEqualTo(2);
            assertThat(inCallback.get()).isEqualTo(Deadline.NEVER);
        }
    }

    @Test
    default void deadline_thatIsOver_doesNotHideAShutdown() {
        FutureExecutor executor = newExecutor(1);
        executor.close();
        assertThatThrownBy(() -> executor.withDeadline(Duration.ZERO).submit(() -> 1))
                .isInstanceOf(java.util.concurrent.RejectedExecutionException.class);
    }

    @Test
    default void execute_inheritsNoDeadline_andIsRefusedAfterItsOwn() throws Exception {
        assumeTrue(runsTasksItself());
        CountDownLatch cleaned = new CountDownLatch(1);
        try (FutureExecutor executor = newExecutor(2)) {
            executor.withDeadline(SHORT).submit(() -> {
                try {
                    new CountDownLatch(1).await();
                } finally {
                    executor.execute(cleaned::countDown);
                }
            });
            Gate.await(cleaned);
            assertThatThrownBy(() -> executor.withDeadline(Duration.ZERO).execute(() -> {}))
                    .isInstanceOf(java.util.concurrent.RejectedExecutionException.class);
        }
    }

    @Test
    default void limits_holdForAllWaysToSubmit() throws Exception {
        assumeTrue(sharesMemory());
        CountDownLatch interrupted = new CountDownLatch(5);
        try (FutureExecutor executor = newExecutor()) {
            FutureExecutor limited = executor.withTimeout(SHORT);
            limited.execute(() -> runLong(interrupted));
            List<Task<Object>> tasks = List.of(
                    () -> {
                        runLong(interrupted);
                        return 0;
                    },
                    () -> 1);
            List<java.util.concurrent.Future<Object>> all = limited.invokeAll(tasks);
            assertThat(all.get(0).state()).isEqualTo(java.util.concurrent.Future.State.FAILED);
            assertThat(all.get(1).get()).isEqualTo(1);
            assertThatThrownBy(() -> limited.invokeAny(tasks.subList(0, 1)))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
            assertThat(limited.submitAll(tasks).get(0).exception()).isInstanceOf(TimeoutException.class);
            try (Stream<Integer> results = limited.map(
                    number -> {
                        runLong(interrupted);
                        return number;
                    },
                    List.of(1))) {
                assertThatThrownBy(results::toList).hasRootCauseInstanceOf(TimeoutException.class);
            }
            Gate.await(interrupted);
        }
    }

    @Test
    default void callbacksAfterATimeout_holdUpNoOtherTimeout() throws Exception {
        assumeTrue(sharesMemory());
        CountDownLatch interrupted = new CountDownLatch(2);
        try (FutureExecutor executor = newExecutor(2);
                Gate gate = new Gate()) {
            Future<?> first = executor.withTimeout(SHORT).submit(() -> runLong(interrupted));
            first.addDoneCallback(done -> gate.passUninterruptibly());
            gate.awaitArrivals(1);
            Future<?> second = executor.withTimeout(SHORT).submit(() -> runLong(interrupted));
            assertThat(second.exception()).isInstanceOf(TimeoutException.class);
            Gate.await(interrupted);
        }
    }
}
