// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Cases of CPython's tests that are newer than the ones that {@code conformance} runs, each under its name there; those
 * without a test in CPython have the number of its issue.
 */
interface CPythonContract extends ExecutorSource {

    private static Stream<String> map(FutureExecutor executor, Iterable<Integer> items, int bufferSize) {
        return executor.map(String::valueOf, items, MapOptions.defaults().bufferSize(bufferSize));
    }

    private static List<Integer> range(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    private static Iterable<Integer> count() {
        return () -> Stream.iterate(0, i -> i + 1).iterator();
    }

    @Test
    default void test_map_buffersize_value_validation() {
        for (int bufferSize : new int[] {0, -1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MapOptions.defaults().bufferSize(bufferSize))
                    .withMessageContaining("bufferSize");
        }
    }

    @Test
    default void test_map_buffersize() {
        List<Integer> items = range(4);
        try (FutureExecutor executor = newExecutor()) {
            for (int bufferSize : new int[] {1, 2, items.size(), items.size() * 2}) {
                assertThat(map(executor, items, bufferSize)).containsExactly("0", "1", "2", "3");
            }
        }
    }

    @Test
    default void test_map_buffersize_on_infinite_iterable() {
        try (FutureExecutor executor = newExecutor();
                Stream<String> results = map(executor, count(), 2)) {
            Iterator<String> iterator = results.iterator();
            assertThat(iterator.next()).isEqualTo("0");
            assertThat(iterator.next()).isEqualTo("1");
            assertThat(iterator.next()).isEqualTo("2");
        }
    }

    @Test
    default void test_map_buffersize_on_empty_iterable() {
        try (FutureExecutor executor = newExecutor()) {
            assertThat(map(executor, List.of(), 2).iterator().hasNext()).isFalse();
        }
    }

    @Test
    default void test_map_buffersize_when_buffer_is_full() {
        Iterator<Integer> items = range(4).iterator();
        try (FutureExecutor executor = newExecutor()) {
            map(executor, () -> items, 2);
        }
        assertThat(items.next()).as("the first item that has not been read").isEqualTo(2);
    }

    /** gh-108518: up to Python 3.15 the first exception ends the iteration. */
    @Test
    default void gh_108518_iterationGoesOnAfterAnItemsException() {
        try (FutureExecutor executor = newExecutor()) {
            Iterator<Integer> results =
                    executor.map(i -> 10 / i, List.of(5, 0, 2, 0, 1)).iterator();
            assertThat(results.next()).isEqualTo(2);
            assertThatThrownBy(results::next).isInstanceOf(ArithmeticException.class);
            assertThat(results.next()).isEqualTo(5);
            assertThatThrownBy(results::next).isInstanceOf(ArithmeticException.class);
            assertThat(results.next()).isEqualTo(10);
            assertThat(results.hasNext()).isFalse();
        }
    }

    /** gh-108518: a timeout of the function's own neither ends the iteration nor looks like the map's. */
    @Test
    default void gh_108518_timeoutErrorOfTheFunctionIsToldFromTheMapsOwn() throws Exception {
        try (FutureExecutor executor = newExecutor();
                Gate gate = new Gate()) {
            Mapper<Integer, Integer> fn = i -> {
                if (i == 0) {
                    throw new TimeoutException("the function's");
                }
                if (i == 2) {
                    gate.pass();
                }
                return i;
            };
            Iterator<Integer> results = executor.map(
                            fn, range(3), MapOptions.defaults().timeout(Duration.ofSeconds(1)))
                    .iterator();
            assertThatThrownBy(results::next)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("the function's");
            assertThat(results.next()).isEqualTo(1);
            assertThatThrownBy(results::next)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(TimeoutException.class);
            assertThat(results.hasNext()).isFalse();
        }
    }

    /** An exception that denies being one in every way that Java gives it, as one without length does in Python. */
    final class FalseyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean equals(Object other) {
            return other == null;
        }

        @Override
        public int hashCode() {
            throw new UnsupportedOperationException("hashCode");
        }

        @Override
        public String toString() {
            throw new UnsupportedOperationException("toString");
        }
    }

    @Test
    default void test_swallows_falsey_exceptions() throws Exception {
        FalseyException falsey = new FalseyException();
        Task<Object> failing = () -> {
            throw falsey;
        };
        try (FutureExecutor executor = newExecutor();
                Gate gate = new Gate()) {
            Future<Object> failed = executor.submit(failing);
            assertThat(failed.exception() == falsey).isTrue();
            assertThat(thrownBy(failed::result) == falsey).isTrue();
            assertThat(thrownBy(executor.map(i -> failing.call(), range(1)).iterator()::next) == falsey)
                    .isTrue();
            Future<?> blocked = executor.submit(gate::pass);
            assertThat(Futures.await(List.of(blocked, failed), ReturnWhen.FIRST_EXCEPTION)
                            .done())
                    .isEqualTo(Set.of(failed));
        }
    }

    private static Throwable thrownBy(Task<?> task) {
        try {
            task.call();
        } catch (Throwable thrown) {
            return thrown;
        }
        throw new AssertionError("nothing was thrown");
    }

    /** gh-87893: in Python, {@code as_completed} never yields them. */
    @Test
    default void gh_87893_asCompletedYieldsWhatShutdownCancelled() {
        List<Future<?>> futures = new ArrayList<>();
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            for (int i = 0; i < 20; i++) {
                futures.add(executor.submit(gate::pass));
            }
            executor.shutdown(/* cancelPending= */ true);
            gate.open();
            List<Future<?>> completed = new ArrayList<>();
            Futures.asCompleted(futures, Duration.ofSeconds(30)).forEach(completed::add);
            assertThat(completed).containsExactlyInAnyOrderElementsOf(futures);
            assertThat(completed).filteredOn(Future::isCancelled).hasSizeGreaterThanOrEqualTo(19);
        }
    }

    /** A shutdown does not hang over a future that is cancelled right before it. */
    @Test
    default void test_hang_gh94440() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            FutureExecutor executor = newExecutor(1);
            executor.submit(() -> 0).result();
            executor.submit(() -> 0).cancel();
            executor.close();
            assertThat(executor.isTerminated()).isTrue();
        }
    }
}
