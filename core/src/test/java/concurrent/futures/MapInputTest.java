// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.ManyFutures.Counted;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reads the input of a {@code map}, and what happens if the input fails. */
class MapInputTest {
    private static Iterable<Integer> failingAt(int index) {
        return Counted.of(Integer.MAX_VALUE, i -> {
            if (i == index) {
                throw new IllegalStateException("item " + i);
            }
            return i;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 1_000})
    void inputThatThrows_isThrownAfterTheResultsBeforeIt(int index) {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            Iterator<Integer> results = executor.map(i -> i, failingAt(index)).iterator();
            for (int i = 0; i < index; i++) {
                assertThat(results.next()).isEqualTo(i);
            }
            assertThatThrownBy(results::next)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("item " + index);
            assertThat(results.hasNext()).isFalse();
        }
    }

    @Test
    void inputThatClosesTheStream_endsIt() {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            AtomicReference<Stream<Integer>> stream = new AtomicReference<>();
            Counted items = Counted.of(Integer.MAX_VALUE, i -> {
                if (i == 5) {
                    stream.get().close();
                }
                return i;
            });
            stream.set(executor.map(i -> i, items, MapOptions.defaults().bufferSize(2)));
            assertThat(stream.get().iterator()).toIterable().startsWith(0, 1).doesNotContain(5);
            assertThat(items.read()).isEqualTo(6);
        }
    }

    @Test
    void inputThatShutsDownTheExecutorAndThrows_tellsBoth() {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            Counted items = Counted.of(Integer.MAX_VALUE, i -> {
                if (i == 3) {
                    executor.shutdown();
                    throw new IllegalStateException("item " + i);
                }
                return i;
            });
            Iterator<Integer> results = executor.map(
                            i -> i, items, MapOptions.defaults().chunkSize(2))
                    .iterator();
            assertThat(results.next()).isZero();
            assertThat(results.next()).isEqualTo(1);
            assertThatThrownBy(results::next)
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasSuppressedException(new IllegalStateException("item 3"));
        }
    }

    @Test
    void inputThatThrowsAtOnce_isThrownAtTheCall() {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            assertThatThrownBy(() -> executor.map(i -> i, failingAt(0)))
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("item 0");
        }
    }

    @Test
    void inputThatThrowsInTheMiddleOfAChunk_losesNothingBeforeIt() {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            List<Object> outcomes = MapExceptionTest.drain(
                    executor.map(i -> i, failingAt(7), MapOptions.defaults().chunkSize(5))
                            .iterator());
            assertThat(outcomes.subList(0, 7)).containsExactly(0, 1, 2, 3, 4, 5, 6);
            assertThat(outcomes).hasSize(8);
            assertThat(outcomes.get(7)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void inputWhoseHasNextThrowsAnError_isThrownAfterTheResultsBeforeIt() {
        Iterable<Integer> items = () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                if (next == 2) {
                    throw new StackOverflowError("hasNext");
                }
                return true;
            }

            @Override
            public Integer next() {
                return next++;
            }
        };
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            List<Object> outcomes =
                    MapExceptionTest.drain(executor.map(i -> i, items).iterator());
            assertThat(outcomes.subList(0, 2)).containsExactly(0, 1);
            assertThat(outcomes).hasSize(3);
            assertThat(outcomes.get(2)).isInstanceOf(StackOverflowError.class);
        }
    }

    @Test
    void input_isReadByTheCallerAndByTheOneWhoAsks() {
        Thread caller = Thread.currentThread();
        AtomicInteger elsewhere = new AtomicInteger();
        Iterable<Integer> items = Counted.of(500, i -> {
            if (Thread.currentThread() != caller) {
                elsewhere.incrementAndGet();
            }
            return i;
        });
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            assertThat(executor.map(i -> i, items).toList()).hasSize(500);
        }
        assertThat(elsewhere).hasValue(0);
    }

    @Test
    void input_afterItsEnd_isNotAskedAgain() {
        int[] asked = {0};
        Iterable<Integer> items = () -> new Iterator<>() {
            private boolean ended;
            private int next;

            @Override
            public boolean hasNext() {
                assertThat(ended).as("asked after its end").isFalse();
                asked[0]++;
                ended = next == 3;
                return !ended;
            }

            @Override
            public Integer next() {
                if (next == 3) {
                    throw new NoSuchElementException();
                }
                return next++;
            }
        };
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            Iterator<Integer> results = executor.map(i -> i, items).iterator();
            results.forEachRemaining(i -> {});
            assertThat(results.hasNext()).isFalse();
        }
        assertThat(asked[0]).isEqualTo(4);
    }

    @Test
    void input_maySubmitToTheSameExecutor() {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            Iterable<Integer> items =
                    Counted.of(200, i -> executor.submit(() -> i).join());
            assertThat(executor.map(i -> i, items).toList()).hasSize(200).isSorted();
        }
    }

    @Test
    void input_mayBeTheResultsOfAnotherMap() {
        try (ThreadExecutor first = new ThreadExecutor(2);
                ThreadExecutor second = new ThreadExecutor(2)) {
            Stream<Integer> squares = first.map(i -> i * i, Counted.upTo(300));
            List<Integer> results =
                    second.map(square -> square + 1, squares::iterator).toList();
            assertThat(results).hasSize(300).startsWith(1, 2, 5, 10).endsWith(299 * 299 + 1);
        }
    }
}
