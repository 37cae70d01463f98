// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import concurrent.futures.ManyFutures.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Cases of CPython that are newer than the 3.11 that {@code conformance} runs, under the names of CPython's tests or
 * with the numbers of its issues.
 */
interface CPythonContract extends ExecutorSource {

    private static Stream<String> map(FutureExecutor executor, Iterable<Integer> items, int bufferSize) {
        return executor.map(String::valueOf, items, MapOptions.defaults().bufferSize(bufferSize));
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
        try (FutureExecutor executor = newExecutor()) {
            for (int bufferSize : new int[] {1, 2, 4, 8}) {
                assertThat(map(executor, Counted.upTo(4), bufferSize)).containsExactly("0", "1", "2", "3");
            }
        }
    }

    @Test
    default void test_map_buffersize_on_infinite_iterable() {
        try (FutureExecutor executor = newExecutor();
                Stream<String> results = map(executor, Counted.infinite(), 2)) {
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
        Counted items = Counted.upTo(4);
        try (FutureExecutor executor = newExecutor()) {
            map(executor, items, 2);
        }
        assertThat(items.read()).isEqualTo(2);
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

    /** gh-155852: a timeout of the function's own neither ends the iteration nor looks like the map's. */
    @Test
    default void gh_155852_timeoutErrorOfTheFunctionIsToldFromTheMapsOwn() {
        Mapper<Integer, Integer> fn = i -> {
            if (i == 0) {
                throw new TimeoutException("the function's");
            }
            return i;
        };
        try (FutureExecutor executor = newExecutor()) {
            Iterator<Integer> results = executor.map(
                            fn, Counted.upTo(2), MapOptions.defaults().timeout(Duration.ofMinutes(1)))
                    .iterator();
            // The map's own is the cause itself.
            assertThatThrownBy(results::next)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("the function's");
            assertThat(results.next()).isEqualTo(1);
            assertThat(results.hasNext()).isFalse();
        }
    }

    /** In Python, an exception of length zero counts as false. Here its methods misbehave. */
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
        assumeTrue(sharesMemory());
        FalseyException falsey = new FalseyException();
        Task<Object> failing = () -> {
            throw falsey;
        };
        try (FutureExecutor executor = newExecutor();
                Gate gate = new Gate()) {
            Future<Object> failed = executor.submit(failing);
            // Not isSameAs, which would call its toString if it failed.
            assertThat(failed.exception() == falsey).isTrue();
            assertThat(catchThrowable(failed::result) == falsey).isTrue();
            assertThat(catchThrowable(executor.map(i -> failing.call(), Counted.upTo(1))
                                    .iterator()::next)
                            == falsey)
                    .isTrue();
            Future<?> blocked = executor.submit(gate::pass);
            assertThat(Futures.await(List.of(blocked, failed), ReturnWhen.FIRST_EXCEPTION)
                            .done())
                    .isEqualTo(Set.of(failed));
        }
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
