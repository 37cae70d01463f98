// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import concurrent.futures.ManyFutures.Counted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An item's exception is thrown at its place and does not end the rest for those who go on. */
class MapExceptionTest {
    /** All there is to have of the iterator: results and what it threw, each at its place. */
    static List<Object> drain(Iterator<?> results) {
        List<Object> outcomes = new ArrayList<>();
        while (true) {
            try {
                if (!results.hasNext()) {
                    return outcomes;
                }
                outcomes.add(results.next());
            } catch (Throwable thrown) {
                outcomes.add(thrown);
            }
            assertThat(outcomes).as("an end").hasSizeLessThan(10_000);
        }
    }

    private static Throwable thrownFor(Throwable itemsException) {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            Iterator<Integer> results = executor.map(
                            i -> {
                                if (i == 1) {
                                    throwAny(itemsException);
                                }
                                return i;
                            },
                            List.of(0, 1, 2))
                    .iterator();
            assertThat(results.next()).isZero();
            Throwable thrown = catchThrowable(results::next);
            assertThat(results.next()).isEqualTo(2);
            assertThat(results.hasNext()).isFalse();
            return thrown;
        }
    }

    private static void throwAny(Throwable thrown) throws Exception {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (Exception) thrown;
    }

    @Test
    void unchecked_isThrownAsItIs() {
        RuntimeException exception = new IllegalStateException("item");
        assertThat(thrownFor(exception)).isSameAs(exception);
        Error error = new StackOverflowError();
        assertThat(thrownFor(error)).isSameAs(error);
        CompletionException ofTheItem = new CompletionException("item", null);
        assertThat(thrownFor(ofTheItem)).isSameAs(ofTheItem);
    }

    @Test
    void checked_isThrownInACompletionException() {
        IOException exception = new IOException("item");
        assertThat(thrownFor(exception))
                .isExactlyInstanceOf(CompletionException.class)
                .hasCause(exception);
        assertThat(thrownFor(exception).getCause()).isSameAs(exception);
    }

    @Test
    void timeoutExceptionOfAnItem_isToldFromTheMapsOwn() {
        TimeoutException exception = new TimeoutException("item");
        Throwable thrown = thrownFor(exception);
        assertThat(thrown).isExactlyInstanceOf(CompletionException.class);
        assertThat(thrown.getCause()).isExactlyInstanceOf(ExecutionException.class);
        assertThat(thrown.getCause().getCause()).isSameAs(exception);
    }

    @Test
    void cancellationExceptionOfAnItem_isToldFromAnInterruptOfTheWait() {
        CancellationException exception = new CancellationException("item");
        Throwable thrown = thrownFor(exception);
        assertThat(thrown).isExactlyInstanceOf(CompletionException.class);
        assertThat(thrown.getCause()).isExactlyInstanceOf(ExecutionException.class);
        assertThat(thrown.getCause().getCause()).isSameAs(exception);
    }

    @Test
    void interruptedExceptionOfAnItem_isToldFromAnInterruptOfTheWait() {
        InterruptedException exception = new InterruptedException("item");
        Throwable thrown = thrownFor(exception);
        assertThat(thrown).isExactlyInstanceOf(CompletionException.class);
        assertThat(thrown.getCause()).isExactlyInstanceOf(ExecutionException.class);
        assertThat(thrown.getCause().getCause()).isSameAs(exception);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** Python's StopIteration, which would end a generator silently. */
    @Test
    void noSuchElementExceptionOfAnItem_doesNotEndTheIteration() {
        assertThat(thrownFor(new NoSuchElementException("item"))).hasMessage("item");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void map_manyItemsFail_eachAtItsPlace(int chunkSize) {
        try (ThreadExecutor executor = new ThreadExecutor(3)) {
            List<Object> outcomes = drain(executor.map(
                            i -> {
                                if (i % 3 == 0) {
                                    throw new IllegalStateException("item " + i);
                                }
                                return i;
                            },
                            Counted.upTo(200),
                            MapOptions.defaults().chunkSize(chunkSize))
                    .iterator());
            assertThat(outcomes).hasSize(200);
            for (int i = 0; i < 200; i++) {
                if (i % 3 == 0) {
                    assertThat((Throwable) outcomes.get(i))
                            .isExactlyInstanceOf(IllegalStateException.class)
                            .hasMessage("item " + i);
                } else {
                    assertThat(outcomes.get(i)).isEqualTo(i);
                }
            }
        }
    }

    @Test
    void unordered_manyItemsFail_eachOnce() {
        try (ThreadExecutor executor = new ThreadExecutor(3)) {
            List<Object> outcomes = drain(executor.map(
                            i -> {
                                if (i % 3 == 0) {
                                    throw new IOException("item " + i);
                                }
                                return i;
                            },
                            Counted.upTo(300),
                            MapOptions.defaults().unordered())
                    .iterator());
            assertThat(outcomes.stream()
                            .map(outcome -> outcome instanceof Throwable thrown
                                    ? thrown.getCause().getMessage()
                                    : "item " + outcome)
                            .distinct())
                    .hasSize(300);
            assertThat(outcomes).hasSize(300);
        }
    }

    @Test
    void map_withoutGoingOn_aTerminalOperationThrowsTheFirst() {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            Stream<Integer> results = executor.map(
                    i -> {
                        if (i >= 5) {
                            throw new IllegalStateException("item " + i);
                        }
                        return i;
                    },
                    Counted.infinite());
            assertThatThrownBy(results::toList)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("item 5");
        }
    }

    @Test
    void map_anExceptionOfAnItem_cancelsNothing() {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            Iterator<Integer> results =
                    executor.map(i -> 6 / i, List.of(0, 1, 2, 3)).iterator();
            assertThatThrownBy(results::next).isInstanceOf(ArithmeticException.class);
            assertThat(drain(results)).containsExactly(6, 3, 2);
        }
    }

    /** One item of a task is interrupted or throws that: the others were not, and keep their places. */
    @Test
    void interruptedExceptionOfAnItemInAChunk_keepsTheResultsBeforeIt() {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            List<Object> outcomes = drain(executor.map(
                            i -> {
                                if (i == 2) {
                                    throw new InterruptedException("item 2");
                                }
                                return i;
                            },
                            Counted.upTo(8),
                            MapOptions.defaults().chunkSize(4))
                    .iterator());
            assertThat(outcomes.subList(0, 2)).containsExactly(0, 1);
            assertThat(outcomes.get(2)).isInstanceOf(CompletionException.class);
            assertThat(outcomes).endsWith(4, 5, 6, 7);
        }
    }
}
