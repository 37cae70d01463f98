// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.ManyFutures.Counted;
import concurrent.futures.ManyFutures.Gate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An executor shut down midway ends a map with {@code RejectedExecutionException}, never silently (gh-146392). */
class MapShutdownTest {
    private static final String MESSAGE = "cannot schedule new futures after shutdown";

    @Test
    void shutDownBeforeTheCall_isThrownAtTheCall() {
        ThreadExecutor executor = new ThreadExecutor(1);
        executor.shutdown();
        assertThatThrownBy(() -> executor.map(i -> i, Counted.upTo(3)))
                .isExactlyInstanceOf(RejectedExecutionException.class)
                .hasMessage(MESSAGE);
        assertThatThrownBy(() -> executor.map(
                        i -> i, Counted.upTo(3), MapOptions.defaults().unordered()))
                .isExactlyInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void broken_isThrownAtTheCall() {
        try (ThreadExecutor executor = ThreadExecutor.builder()
                .maxWorkers(1)
                .initializer(() -> {
                    throw new IllegalStateException("initializer");
                })
                .build()) {
            executor.submit(() -> 1);
            ManyFutures.eventually().until(executor::isBroken);
            assertThatThrownBy(() -> executor.map(i -> i, Counted.upTo(3))).isInstanceOf(BrokenExecutorException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shutDownMidway_isThrownAfterTheResultsBeforeIt(boolean unordered) {
        MapOptions options = unordered ? MapOptions.defaults().unordered() : MapOptions.defaults();
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            Counted items = Counted.infinite();
            Iterator<Integer> results = executor.map(i -> i, items, options).iterator();
            List<Integer> given = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                given.add(results.next());
            }
            int submitted = items.read();
            executor.shutdown();
            for (int i = 100; i < submitted; i++) {
                given.add(results.next());
            }
            assertThatThrownBy(results::next)
                    .isExactlyInstanceOf(RejectedExecutionException.class)
                    .hasMessage(MESSAGE);
            assertThat(results.hasNext()).isFalse();
            assertThat(given)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, submitted).boxed().toList());
        }
    }

    @Test
    void shutDownMidway_aTerminalOperationThrows() {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            Stream<Integer> results = executor.map(i -> i, Counted.infinite());
            executor.shutdown();
            assertThatThrownBy(results::toList).isExactlyInstanceOf(RejectedExecutionException.class);
        }
    }

    @Test
    void shutDownAfterAllWasSubmitted_changesNothing() {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            Stream<Integer> results = executor.map(i -> i, Counted.upTo(50));
            executor.shutdown();
            assertThat(results.toList()).hasSize(50);
        }
    }

    /** The end of the input is only seen at the next read, which needs no executor any more. */
    @Test
    void shutDownAfterTheInputHasJustFilledTheWindow_changesNothing() {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            Stream<Integer> results = executor.map(i -> i, Counted.upTo(64));
            executor.shutdown();
            assertThat(results.toList()).hasSize(64);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shutDownMidwayCancellingPending_isNotSilent(boolean unordered) {
        MapOptions options = unordered ? MapOptions.defaults().unordered() : MapOptions.defaults();
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            Iterator<Integer> results =
                    executor.map(gate::passWith, Counted.infinite(), options).iterator();
            gate.awaitEntered(1);
            executor.shutdown(/* cancelPending= */ true);
            gate.open();
            List<Object> outcomes = MapExceptionTest.drain(results);
            assertThat(outcomes).hasSize(65);
            assertThat(outcomes).filteredOn(Integer.class::isInstance).containsExactly(0);
            assertThat(outcomes)
                    .filteredOn(CancellationException.class::isInstance)
                    .hasSize(63);
            assertThat(outcomes.get(64)).isInstanceOf(RejectedExecutionException.class);
        }
    }

    @Test
    void shutDownNow_ofWhatRuns_comesOutAtItsPlace() {
        ThreadExecutor executor = new ThreadExecutor(1);
        try (executor;
                Gate gate = new Gate()) {
            Iterator<Integer> results =
                    executor.map(gate::passWith, Counted.upTo(3)).iterator();
            gate.awaitEntered(1);
            executor.shutdownNow();
            List<Object> outcomes = MapExceptionTest.drain(results);
            assertThat(outcomes).hasSize(3).allMatch(Throwable.class::isInstance);
        }
    }
}
