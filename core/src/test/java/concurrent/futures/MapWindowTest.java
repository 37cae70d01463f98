// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.ManyFutures.Background;
import concurrent.futures.ManyFutures.Counted;
import concurrent.futures.ManyFutures.Gate;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code map} submits from the moment of the call, works on infinite inputs and holds a bounded window. */
class MapWindowTest {
    @ParameterizedTest
    @CsvSource({"1, 64", "2, 64", "16, 64", "17, 68", "40, 160"})
    void map_defaultWindow_isSixtyFourOrFourTimesTheWorkers(int maxWorkers, int window) {
        try (ThreadExecutor executor = new ThreadExecutor(maxWorkers);
                Gate gate = new Gate()) {
            for (boolean unordered : new boolean[] {false, true}) {
                MapOptions options = unordered ? MapOptions.defaults().unordered() : MapOptions.defaults();
                Counted items = Counted.infinite();
                try (Stream<Integer> results = executor.map(gate::passWith, items, options)) {
                    assertThat(items.read()).isEqualTo(window);
                    assertThat(results.isParallel()).isFalse();
                }
            }
        }
    }

    @Test
    void map_neverAskedForAResult_submitsAllThatFitInTheWindow() {
        AtomicInteger applied = new AtomicInteger();
        Counted items = Counted.upTo(64);
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            executor.map(i -> applied.incrementAndGet(), items);
            assertThat(items.read()).isEqualTo(64);
        }
        assertThat(applied).hasValue(64);
    }

    @Test
    void map_moreThanFitInTheWindow_submitsNoMoreUntilAsked() {
        AtomicInteger applied = new AtomicInteger();
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            executor.map(i -> applied.incrementAndGet(), Counted.upTo(65));
        }
        assertThat(applied).hasValue(64);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 100})
    void bufferSize_isExact(int bufferSize) {
        try (ThreadExecutor executor = new ThreadExecutor(4);
                Gate gate = new Gate()) {
            Counted items = Counted.infinite();
            MapOptions options = MapOptions.defaults().bufferSize(bufferSize);
            try (Stream<Integer> results = executor.map(gate::passWith, items, options)) {
                assertThat(items.read()).isEqualTo(bufferSize);
                gate.open();
                Iterator<Integer> iterator = results.iterator();
                for (int yielded = 0; yielded < 200; yielded++) {
                    assertThat(items.read() - yielded).isBetween(0, bufferSize);
                    assertThat(iterator.next()).isEqualTo(yielded);
                    // What has been read may have been asked for by this very next, which gave out one of them.
                    assertThat(items.read() - yielded).isBetween(1, bufferSize);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 64})
    void bufferSizeUnordered_isExact(int bufferSize) {
        try (ThreadExecutor executor = new ThreadExecutor(4)) {
            Counted items = Counted.infinite();
            MapOptions options = MapOptions.defaults().bufferSize(bufferSize).unordered();
            try (Stream<Integer> results = executor.map(i -> i, items, options)) {
                assertThat(items.read()).isEqualTo(bufferSize);
                Iterator<Integer> iterator = results.iterator();
                for (int yielded = 0; yielded < 2_000; yielded++) {
                    assertThat(iterator.next()).isBetween(0, yielded + bufferSize);
                    assertThat(items.read() - yielded).isBetween(1, bufferSize);
                }
            }
        }
    }

    /** The head is slow: everything else in the window gets done, and still no more is submitted. */
    @Test
    void map_headIsSlow_doesNotRunAhead() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(2);
                Gate gate = new Gate()) {
            Counted items = Counted.infinite();
            AtomicInteger finished = new AtomicInteger();
            Iterator<Integer> results = executor.map(
                            i -> {
                                int result = i == 0 ? gate.passWith(i) : i;
                                finished.incrementAndGet();
                                return result;
                            },
                            items,
                            MapOptions.defaults().bufferSize(10))
                    .iterator();
            Background<Integer> first = Background.start(results::next);
            ManyFutures.eventually().until(() -> finished.get() == 9);
            first.assertStaysParked();
            assertThat(items.read()).isEqualTo(10);
            gate.open();
            assertThat(first.get()).isZero();
        }
    }

    @Test
    void map_infiniteInput_works() {
        try (ThreadExecutor executor = new ThreadExecutor(2);
                Stream<Integer> results = executor.map(i -> i + 1, Counted.infinite())) {
            assertThat(results.skip(10_000).limit(3).toList()).containsExactly(10_001, 10_002, 10_003);
        }
    }

    @Test
    void map_resultIsReady_isGivenOutWithoutReadingAnotherInput() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(2);
                Gate gate = new Gate()) {
            Counted items = Counted.infinite();
            AtomicInteger finished = new AtomicInteger();
            Iterator<Integer> results = executor.map(
                            i -> {
                                int result = i < 5 ? i : gate.passWith(i);
                                finished.incrementAndGet();
                                return result;
                            },
                            items,
                            MapOptions.defaults().bufferSize(5))
                    .iterator();
            ManyFutures.eventually().until(() -> finished.get() == 5 && executor.runningWorkers() == 0);
            for (int i = 0; i < 5; i++) {
                assertThat(results.next()).isEqualTo(i);
                assertThat(items.read()).isEqualTo(5);
            }
        }
    }

    @Test
    void unordered_resultIsReady_isGivenOutWithoutReadingAnotherInput() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            Counted items = Counted.infinite();
            Iterator<Integer> results = executor.map(
                            i -> i, items, MapOptions.defaults().bufferSize(5).unordered())
                    .iterator();
            ManyFutures.eventually().until(() -> executor.completedTasks() == 5);
            for (int i = 0; i < 5; i++) {
                results.next();
                assertThat(items.read()).isEqualTo(5);
            }
        }
    }

    /** An input that would block: the results of what came before are to be had meanwhile. */
    @Test
    void map_inputThatWouldBlock_isNotAskedWhileAResultIsReady() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            Iterable<Integer> items = Counted.of(6, i -> {
                try {
                    return i < 4 ? i : gate.passWith(i);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            Iterator<Integer> results = executor.map(
                            i -> i, items, MapOptions.defaults().bufferSize(4))
                    .iterator();
            ManyFutures.eventually().until(() -> executor.completedTasks() == 4);
            for (int i = 0; i < 4; i++) {
                assertThat(results.next()).isEqualTo(i);
            }
            assertThat(gate.entered()).isZero();
            Background<Integer> next = Background.start(results::next);
            gate.awaitEntered(1);
            gate.open();
            assertThat(next.get()).isEqualTo(4);
            assertThat(results.next()).isEqualTo(5);
            assertThat(results.hasNext()).isFalse();
        }
    }

    @Test
    void map_isFilledWhileAResultIsWaitedFor() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            Counted items = Counted.infinite();
            Iterator<Integer> results = executor.map(
                            i -> i == 0 ? i : gate.passWith(i),
                            items,
                            MapOptions.defaults().bufferSize(3))
                    .iterator();
            assertThat(results.next()).isZero();
            Background<Integer> next = Background.start(results::next);
            next.awaitParked();
            assertThat(items.read()).isEqualTo(4);
            gate.open();
            assertThat(next.get()).isEqualTo(1);
        }
    }

    @Test
    void map_hugeBufferSize_submitsAllAtOnce() {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            Counted items = Counted.upTo(1_000);
            Stream<Integer> results =
                    executor.map(i -> i, items, MapOptions.defaults().bufferSize(Integer.MAX_VALUE));
            assertThat(items.read()).isEqualTo(1_000);
            assertThat(results.toList()).hasSize(1_000);
        }
    }

    @Test
    void map_severalAtOnceOnOneExecutor_haveWindowsOfTheirOwn() {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            Iterator<Integer> one = executor.map(i -> i, Counted.upTo(500)).iterator();
            Iterator<Integer> other = executor.map(i -> -i, Counted.upTo(500)).iterator();
            for (int i = 0; i < 500; i++) {
                assertThat(List.of(one.next(), other.next())).containsExactly(i, -i);
            }
            assertThat(one.hasNext()).isFalse();
            assertThat(other.hasNext()).isFalse();
        }
    }
}
