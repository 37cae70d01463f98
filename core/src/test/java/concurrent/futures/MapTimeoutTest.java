// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import concurrent.futures.ManyFutures.Background;
import concurrent.futures.ManyFutures.Counted;
import concurrent.futures.ManyFutures.Gate;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code map} takes a timeout from the call, which cancels the rest. */
class MapTimeoutTest {
    private static final Duration SHORT = Duration.ofMillis(40);

    private static MapOptions options(boolean unordered, Duration timeout) {
        MapOptions options = MapOptions.defaults().timeout(timeout);
        return unordered ? options.unordered() : options;
    }

    private static void assertTimedOut(ThrowingCallable next) {
        Throwable thrown = catchThrowable(next);
        assertThat(thrown).isExactlyInstanceOf(CompletionException.class);
        assertThat(thrown.getCause()).isExactlyInstanceOf(TimeoutException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void timeoutIsOver_throwsAndEnds(boolean unordered) {
        try (ThreadExecutor executor = new ThreadExecutor(2);
                Gate gate = new Gate()) {
            long begin = System.nanoTime();
            Iterator<Integer> results = executor.map(gate::passWith, Counted.upTo(10), options(unordered, SHORT))
                    .iterator();
            assertTimedOut(results::next);
            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(SHORT.toNanos());
            assertThat(results.hasNext()).isFalse();
            assertThatThrownBy(results::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void timeoutIsOver_cancelsTheRestAndReadsNoMore(boolean unordered) {
        AtomicInteger applied = new AtomicInteger();
        Counted items = Counted.infinite();
        try (ThreadExecutor executor = new ThreadExecutor(2);
                Gate gate = new Gate()) {
            Iterator<Integer> results = executor.map(
                            i -> {
                                applied.incrementAndGet();
                                return gate.passWith(i);
                            },
                            items,
                            options(unordered, SHORT))
                    .iterator();
            gate.awaitEntered(2);
            assertTimedOut(results::hasNext);
            assertThat(executor.queuedTasks()).isZero();
            gate.open();
            assertThat(results.hasNext()).isFalse();
        }
        assertThat(applied).hasValue(2);
        assertThat(items.read()).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void timeoutIsOver_stillGivesOutWhatIsReady(boolean unordered) {
        AtomicInteger applied = new AtomicInteger();
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            long begin = System.nanoTime();
            Iterator<Integer> results = executor.map(
                            i -> {
                                applied.incrementAndGet();
                                return i < 3 ? i : gate.passWith(i);
                            },
                            Counted.upTo(100),
                            options(unordered, Duration.ofMillis(200)))
                    .iterator();
            gate.awaitEntered(1);
            ManyFutures.awaitPassed(begin + Duration.ofMillis(250).toNanos());
            for (int i = 0; i < 3; i++) {
                assertThat(results.next()).isEqualTo(i);
            }
            assertTimedOut(results::next);
            assertThat(results.hasNext()).isFalse();
        }
        assertThat(applied).hasValue(4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void timeoutIsOver_nothingMoreIsReadOrSubmitted(boolean unordered) {
        Counted items = Counted.infinite();
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            long begin = System.nanoTime();
            Iterator<Integer> results = executor.map(
                            i -> i < 2 ? i : gate.passWith(i),
                            items,
                            options(unordered, SHORT).bufferSize(3))
                    .iterator();
            gate.awaitEntered(1);
            ManyFutures.awaitPassed(begin + 2 * SHORT.toNanos());
            assertThat(results.next()).isZero();
            assertThat(results.next()).isEqualTo(1);
            assertTimedOut(results::next);
            assertThat(items.read()).isEqualTo(3);
        }
    }

    /** The last item waits for room in the queue until the time is over. That its result is missing must be heard. */
    @Test
    void timeoutIsOver_lastItemFoundNoRoom_isNotDroppedSilently() {
        try (ThreadExecutor executor =
                        ThreadExecutor.builder().maxWorkers(1).queueCapacity(1).build();
                Gate gate = new Gate()) {
            Iterator<Integer> results = executor.map(gate::passWith, Counted.upTo(3), options(false, SHORT))
                    .iterator();
            gate.open();
            ManyFutures.eventually().until(() -> executor.completedTasks() == 2);
            assertThat(results.next()).isZero();
            assertThat(results.next()).isEqualTo(1);
            assertTimedOut(results::hasNext);
        }
    }

    @Test
    void clock_startsAtTheCall() {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            Duration timeout = Duration.ofMillis(500);
            Iterator<Integer> results = executor.map(gate::passWith, Counted.upTo(3), options(false, timeout))
                    .iterator();
            ManyFutures.awaitPassed(System.nanoTime() + timeout.toNanos());
            long begin = System.nanoTime();
            assertTimedOut(results::next);
            assertThat(System.nanoTime() - begin).isLessThan(timeout.toNanos() / 2);
        }
    }

    @Test
    void timeout_isForTheWholeAndNotForEachItem() {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            long begin = System.nanoTime();
            Iterator<Integer> results = executor.map(
                            i -> i < 50 ? i : gate.passWith(i), Counted.infinite(), options(false, SHORT))
                    .iterator();
            assertTimedOut(() -> results.forEachRemaining(i -> {}));
            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(SHORT.toNanos());
        }
    }

    @Test
    void timeout_infiniteInputAndFastWorkers_endsNevertheless() {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            Iterator<Integer> results = executor.map(i -> i, Counted.infinite(), options(false, SHORT))
                    .iterator();
            assertTimedOut(() -> {
                while (true) {
                    results.next();
                }
            });
            assertThat(results.hasNext()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT-9223372036854775808S"})
    void zeroOrNegative_givesOutWhatIsReady(Duration timeout) {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            Iterator<Integer> results = executor.map(
                            i -> i < 2 ? i : gate.passWith(i), Counted.upTo(10), options(false, timeout))
                    .iterator();
            ManyFutures.eventually().atMost(Duration.ofSeconds(5)).until(() -> gate.entered() == 1);
            assertThat(results.next()).isZero();
            assertThat(results.next()).isEqualTo(1);
            assertTimedOut(results::next);
        }
    }

    @Test
    void huge_waits() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            Iterator<Integer> results = executor.map(
                            gate::passWith, Counted.upTo(1), options(false, Duration.ofSeconds(Long.MAX_VALUE)))
                    .iterator();
            Background<Integer> next = Background.start(results::next);
            next.assertStaysParked();
            gate.open();
            assertThat(next.get()).isZero();
        }
    }

    @Test
    void allDoneBeforeTheTimeout_endsWithoutAnException() {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            assertThat(executor.map(i -> i, Counted.upTo(500), options(false, ManyFutures.LONG))
                            .toList())
                    .hasSize(500);
        }
    }

    @Test
    void emptyInputAfterTheTimeout_endsWithoutAnException() {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            assertThat(executor.map(i -> i, Counted.upTo(0), options(false, Duration.ZERO))
                            .toList())
                    .isEmpty();
        }
    }

    /** The items just fill the window, so that their end has not been seen when the time is over. */
    @Test
    void timeoutIsOver_allResultsGivenOut_endsWithoutAnException() {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            long begin = System.nanoTime();
            Iterator<Integer> results = executor.map(
                            i -> i, Counted.upTo(2), options(false, SHORT).bufferSize(2))
                    .iterator();
            ManyFutures.eventually().until(() -> executor.completedTasks() == 2);
            ManyFutures.awaitPassed(begin + Duration.ofMillis(50).toNanos());
            assertThat(results.next()).isZero();
            assertThat(results.next()).isEqualTo(1);
            assertThat(results.hasNext()).isFalse();
        }
    }
}
