// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.ManyFutures.Counted;
import concurrent.futures.ManyFutures.Gate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Closing the stream cancels what has not started. */
class MapCloseTest {
    private static MapOptions options(boolean unordered) {
        return unordered ? MapOptions.defaults().unordered() : MapOptions.defaults();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void close_cancelsWhatHasNotStarted(boolean unordered) {
        AtomicInteger applied = new AtomicInteger();
        try (ThreadExecutor executor = new ThreadExecutor(2);
                Gate gate = new Gate()) {
            Stream<Integer> results = executor.map(
                    i -> {
                        applied.incrementAndGet();
                        return gate.passWith(i);
                    },
                    Counted.upTo(50),
                    options(unordered));
            gate.awaitEntered(2);
            assertThat(executor.queuedTasks()).isEqualTo(48);
            results.close();
            assertThat(executor.queuedTasks()).isZero();
        }
        assertThat(applied).hasValue(2);
    }

    @Test
    void close_doesNotInterruptWhatRuns() {
        AtomicInteger finished = new AtomicInteger();
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            Stream<Integer> results = executor.map(
                    i -> {
                        gate.pass();
                        return finished.incrementAndGet();
                    },
                    Counted.upTo(2));
            gate.awaitEntered(1);
            results.close();
        }
        assertThat(finished).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void close_duringTheIteration_endsItAndReadsNoMore(boolean unordered) {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            Counted items = Counted.infinite();
            List<Integer> given = new ArrayList<>();
            Stream<Integer> results = executor.map(i -> i, items, options(unordered));
            Iterator<Integer> iterator = results.iterator();
            for (int i = 0; i < 5; i++) {
                given.add(iterator.next());
            }
            int read = items.read();
            results.close();
            assertThat(iterator.hasNext()).isFalse();
            assertThat(items.read()).isEqualTo(read);
            assertThat(given).hasSize(5);
        }
    }

    @Test
    void close_byTryWithResources_ofAPipeline_cancelsTheRest() {
        AtomicInteger applied = new AtomicInteger();
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            try (Stream<String> results = executor.map(
                            i -> {
                                applied.incrementAndGet();
                                return i == 0 ? i : gate.passWith(i);
                            },
                            Counted.infinite())
                    .map(String::valueOf)
                    .filter(text -> !text.isEmpty())) {
                assertThat(results.findFirst()).hasValue("0");
                gate.awaitEntered(1);
            }
        }
        assertThat(applied).hasValue(2);
    }

    @Test
    void close_inTheMiddleOfAChunk_givesOutNothingMore() {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            Stream<Integer> results = executor.map(
                    i -> i, Counted.upTo(100), MapOptions.defaults().chunkSize(10));
            Iterator<Integer> iterator = results.iterator();
            iterator.next();
            results.close();
            assertThat(iterator.hasNext()).isFalse();
        }
    }

    @Test
    void close_twiceOrAtTheEnd_doesNothing() {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            Stream<Integer> results = executor.map(i -> i, Counted.upTo(3));
            Iterator<Integer> iterator = results.iterator();
            iterator.forEachRemaining(i -> {});
            results.close();
            results.close();
            assertThat(iterator.hasNext()).isFalse();
            assertThat(executor.submit(() -> 1).join()).isEqualTo(1);
        }
    }

    /** gh-136578: dropping the iterator is no reason to cancel; what was submitted is done. */
    @Test
    void abandonedWithoutClose_doesWhatWasSubmitted() {
        AtomicInteger applied = new AtomicInteger();
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            assertThat(executor.map(i -> applied.incrementAndGet(), Counted.upTo(30))
                            .iterator()
                            .hasNext())
                    .isTrue();
            System.gc();
        }
        assertThat(applied).hasValue(30);
    }
}
