// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The calls that submit many tasks: map, invokeAll and invokeAny. */
interface BulkContract extends ExecutorSource {

    /* ---------------- map ---------------- */

    @Test
    default void map_yieldsInTheOrderOfTheItems() {
        try (FutureExecutor executor = newExecutor()) {
            List<Integer> items = IntStream.range(0, 500).boxed().toList();
            assertThat(executor.map(i -> i * 2, items))
                    .containsExactlyElementsOf(items.stream().map(i -> i * 2).toList());
        }
    }

    @Test
    default void map_ofNothing_isEmpty() {
        try (FutureExecutor executor = newExecutor()) {
            assertThat(executor.map(Object::toString, List.of())).isEmpty();
        }
    }

    @Test
    default void map_unordered_yieldsAll() {
        try (FutureExecutor executor = newExecutor()) {
            List<Integer> items = IntStream.range(0, 500).boxed().toList();
            assertThat(executor.map(i -> i * 2, items, MapOptions.defaults().unordered()))
                    .containsExactlyInAnyOrderElementsOf(
                            items.stream().map(i -> i * 2).toList());
        }
    }

    @Test
    default void map_inChunks_yieldsTheSame() {
        try (FutureExecutor executor = newExecutor()) {
            List<Integer> items = IntStream.range(0, 100).boxed().toList();
            assertThat(executor.map(i -> i + 1, items, MapOptions.defaults().chunkSize(7)))
                    .containsExactlyElementsOf(items.stream().map(i -> i + 1).toList());
        }
    }

    @Test
    default void map_startsBeforeAnybodyAsks() {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor()) {
            AtomicInteger runs = new AtomicInteger();
            Stream<Integer> results = executor.map(i -> runs.incrementAndGet(), List.of(1, 2, 3));
            Eventually.await().untilAsserted(() -> assertThat(runs).hasValue(3));
            assertThat(results).hasSize(3);
        }
    }

    @Test
    default void map_failureOfAnItem_comesAtItsPlaceAndTheRestGoesOn() {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor()) {
            IOException thrown = new IOException("two");
            Iterator<Integer> results = executor.map(
                            i -> {
                                if (i == 2) {
                                    throw thrown;
                                }
                                return i;
                            },
                            List.of(1, 2, 3))
                    .iterator();
            assertThat(results.next()).isEqualTo(1);
            assertThatThrownBy(results::next)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isSameAs(thrown);
            assertThat(results.next()).isEqualTo(3);
            assertThat(results.hasNext()).isFalse();
        }
    }

    @Test
    default void map_closed_cancelsWhatHasNotStarted() throws Exception {
        assumeTrue(sharesMemory());
        AtomicInteger runs = new AtomicInteger();
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            try (Stream<Integer> results = executor.map(
                    i -> {
                        gate.pass();
                        return runs.incrementAndGet();
                    },
                    List.of(1, 2, 3))) {
                gate.awaitArrivals(1);
                assertThat(results).isNotNull();
            }
            gate.open();
        }
        assertThat(runs).hasValue(1);
    }

    @Test
    default void map_outOfTime_saysSo() throws Exception {
        try (FutureExecutor executor = newExecutor();
                Gate gate = new Gate()) {
            MapOptions options = MapOptions.defaults().timeout(Duration.ofMillis(10));
            Stream<Object> results = executor.map(
                    i -> {
                        gate.pass();
                        return i;
                    },
                    List.<Object>of(1),
                    options);
            assertThatThrownBy(results::toList)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    default void map_ofNull_namesTheArgument() {
        try (FutureExecutor executor = newExecutor()) {
            assertThatNullPointerException()
                    .isThrownBy(() -> executor.map(null, List.of()))
                    .withMessageContaining("fn");
            assertThatNullPointerException()
                    .isThrownBy(() -> executor.map(i -> i, null))
                    .withMessageContaining("items");
            assertThatNullPointerException()
                    .isThrownBy(() -> executor.map(i -> i, List.of(), null))
                    .withMessageContaining("options");
        }
    }

    /* ---------------- invokeAll ---------------- */

    @Test
    default void invokeAll_returnsWhenAllAreDone() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor()) {
            IOException thrown = new IOException();
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int number = i;
                tasks.add(() -> {
                    if (number == 25) {
                        throw thrown;
                    }
                    return number;
                });
            }
            List<java.util.concurrent.Future<Integer>> futures = executor.invokeAll(tasks);
            assertThat(futures).hasSize(50).allMatch(java.util.concurrent.Future::isDone);
            assertThat(futures.get(24).get()).isEqualTo(24);
            assertThat(futures.get(25).exceptionNow()).isSameAs(thrown);
        }
    }

    @Test
    default void invokeAll_ofNothing_returnsNothing() throws Exception {
        try (FutureExecutor executor = newExecutor()) {
            assertThat(executor.invokeAll(List.<Callable<String>>of())).isEmpty();
            assertThat(executor.invokeAll(List.<Callable<String>>of(), 1, TimeUnit.SECONDS))
                    .isEmpty();
        }
    }

    @Test
    default void invokeAll_inTime_returnsResults() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor()) {
            assertThat(executor.invokeAll(List.<Callable<Integer>>of(() -> 1, () -> 2), 20, TimeUnit.SECONDS))
                    .extracting(java.util.concurrent.Future::resultNow)
                    .containsExactly(1, 2);
        }
    }

    @Test
    default void invokeAll_outOfTime_cancelsTheRest() throws Exception {
        assumeTrue(sharesMemory());
        AtomicInteger never = new AtomicInteger();
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            List<Callable<Integer>> tasks = List.of(
                    () -> 1,
                    () -> {
                        gate.pass();
                        return 2;
                    },
                    never::incrementAndGet);
            Future<List<java.util.concurrent.Future<Integer>>> call =
                    inThread(() -> executor.invokeAll(tasks, 300, TimeUnit.MILLISECONDS));
            gate.awaitArrivals(1);
            List<java.util.concurrent.Future<Integer>> futures = call.get(20, TimeUnit.SECONDS);
            assertThat(futures.get(0).resultNow()).isEqualTo(1);
            assertThat(futures.get(1).isCancelled()).isTrue();
            assertThat(futures.get(2).isCancelled()).isTrue();
        }
        assertThat(never).hasValue(0);
    }

    /** The worker that an interrupt sets free must not come upon tasks that are about to be cancelled. */
    @Test
    default void invokeAll_outOfTime_startsNothingWhileItCancels() throws Exception {
        assumeTrue(sharesMemory());
        AtomicInteger never = new AtomicInteger();
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            List<Callable<Integer>> tasks = new ArrayList<>();
            tasks.add(() -> {
                gate.pass();
                return 1;
            });
            tasks.addAll(Collections.nCopies(500, never::incrementAndGet));
            for (int round = 0; round < 20; round++) {
                List<java.util.concurrent.Future<Integer>> futures =
                        executor.invokeAll(tasks, 5, TimeUnit.MILLISECONDS);
                assertThat(futures).allMatch(java.util.concurrent.Future::isCancelled);
            }
        }
        assertThat(never).hasValue(0);
    }

    @Test
    default void invokeAll_interrupted_cancelsAll() throws Exception {
        assumeTrue(sharesMemory());
        AtomicInteger never = new AtomicInteger();
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            List<Callable<Integer>> tasks = List.of(
                    () -> {
                        gate.pass();
                        return 1;
                    },
                    never::incrementAndGet);
            Promise<Throwable> thrown = new Promise<>();
            Thread caller = new Thread(() -> thrown.setResult(
                    catchThrowableOfType(InterruptedException.class, () -> executor.invokeAll(tasks))));
            caller.start();
            gate.awaitArrivals(1);
            caller.interrupt();
            assertThat(thrown.get(20, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(never).hasValue(0);
    }

    @Test
    default void invokeAll_withNull_submitsNothing() {
        AtomicInteger runs = new AtomicInteger();
        try (FutureExecutor executor = newExecutor()) {
            List<Callable<Integer>> tasks = Arrays.asList(runs::incrementAndGet, null);
            assertThatNullPointerException().isThrownBy(() -> executor.invokeAll(tasks));
            assertThatNullPointerException().isThrownBy(() -> executor.invokeAll(tasks, 1, TimeUnit.SECONDS));
            assertThatNullPointerException()
                    .isThrownBy(() -> executor.invokeAll(null))
                    .withMessageContaining("tasks");
            assertThatNullPointerException()
                    .isThrownBy(() -> executor.invokeAll(List.<Callable<Integer>>of(), 1, null))
                    .withMessageContaining("unit");
        }
        assertThat(runs).hasValue(0);
    }

    /* ---------------- invokeAny ---------------- */

    @Test
    default void invokeAny_returnsAResultAndCancelsTheRest() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor();
                Gate gate = new Gate()) {
            List<Callable<Integer>> tasks = List.of(
                    () -> {
                        throw new IOException();
                    },
                    () -> 2,
                    () -> {
                        gate.pass();
                        return 3;
                    });
            assertThat(executor.invokeAny(tasks)).isEqualTo(2);
            assertThat(executor.invokeAny(tasks, 20, TimeUnit.SECONDS)).isEqualTo(2);
            // Only because the third is interrupted does this end although the gate is shut.
            ExecutorSource.end(executor);
        }
    }

    @Test
    default void invokeAny_allFail_throwsOneWithTheOthersSuppressed() {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor()) {
            List<IllegalStateException> failures = List.of(
                    new IllegalStateException("a"), new IllegalStateException("b"), new IllegalStateException("c"));
            List<Callable<Object>> tasks = new ArrayList<>();
            for (IllegalStateException failure : failures) {
                tasks.add(() -> {
                    throw failure;
                });
            }
            for (boolean timed : new boolean[] {false, true}) {
                ExecutionException thrown = catchThrowableOfType(
                        ExecutionException.class,
                        () -> Collections.singletonList(
                                timed ? executor.invokeAny(tasks, 20, TimeUnit.SECONDS) : executor.invokeAny(tasks)));
                assertThat(thrown.getSuppressed()).hasSize(2);
                List<Throwable> all = new ArrayList<>(List.of(thrown.getSuppressed()));
                all.add(thrown.getCause());
                assertThat(all).containsExactlyInAnyOrderElementsOf(failures);
            }
        }
    }

    @Test
    default void invokeAny_outOfTime_throwsAndCancels() throws Exception {
        try (FutureExecutor executor = newExecutor();
                Gate gate = new Gate()) {
            List<Task<Integer>> tasks = List.of(() -> {
                gate.pass();
                return 1;
            });
            assertThatThrownBy(() -> executor.invokeAny(tasks, 20, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            ExecutorSource.end(executor);
        }
    }

    @Test
    default void invokeAny_ofNothing_isRefused() {
        try (FutureExecutor executor = newExecutor()) {
            assertThatIllegalArgumentException().isThrownBy(() -> executor.invokeAny(List.<Callable<String>>of()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> executor.invokeAny(List.<Callable<String>>of(), 1, TimeUnit.SECONDS));
        }
    }

    @Test
    default void invokeAny_withNull_submitsNothing() {
        AtomicInteger runs = new AtomicInteger();
        try (FutureExecutor executor = newExecutor()) {
            List<Callable<Integer>> tasks = Arrays.asList(runs::incrementAndGet, null);
            assertThatNullPointerException().isThrownBy(() -> executor.invokeAny(tasks));
            assertThatNullPointerException()
                    .isThrownBy(() -> executor.invokeAny(null))
                    .withMessageContaining("tasks");
            assertThatNullPointerException()
                    .isThrownBy(() -> executor.invokeAny(List.of(() -> 1), 1, null))
                    .withMessageContaining("unit");
        }
        assertThat(runs).hasValue(0);
    }

    /** Has a thread of its own make a call, whose outcome the test waits for. */
    static <T> Future<T> inThread(Callable<T> call) {
        Promise<T> promise = new Promise<>();
        new Thread(() -> {
                    try {
                        promise.setResult(call.call());
                    } catch (Throwable thrown) {
                        promise.setException(thrown);
                    }
                })
                .start();
        return promise;
    }
}
