// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.ManyFutures.promises;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import concurrent.futures.ManyFutures.Background;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock of {@code asCompleted} starts at the call; at a timeout it says how many futures are unfinished. */
class AsCompletedTimeoutTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    private static void assertTimedOut(ThrowingCallable next, String message) {
        assertThat(catchThrowable(next))
                .isExactlyInstanceOf(TimeoutException.class)
                .hasMessage(message);
    }

    private static void assertTimedOutUnchecked(ThrowingCallable next, String message) {
        assertThat(catchThrowable(next))
                .isExactlyInstanceOf(CompletionException.class)
                .cause()
                .isExactlyInstanceOf(TimeoutException.class)
                .hasMessage(message);
    }

    @Test
    void asCompleted_timeoutIsOver_saysHowManyOfHowManyAreUnfinished() throws Exception {
        List<Promise<Integer>> promises = promises(4);
        promises.get(0).setResult(1);
        promises.get(2).setResult(1);
        AsCompleted<Integer> completed = Futures.asCompleted(promises, SHORT);
        Iterator<Future<Integer>> futures = completed.iterator();
        futures.next();
        futures.next();
        assertTimedOutUnchecked(futures::next, "2 (of 4) futures unfinished");
        assertTimedOut(completed::take, "2 (of 4) futures unfinished");
        assertTimedOut(() -> completed.poll(SHORT), "2 (of 4) futures unfinished");
        assertTimedOut(() -> completed.poll(Duration.ZERO), "2 (of 4) futures unfinished");
        assertTimedOutUnchecked(() -> completed.stream().toList(), "2 (of 4) futures unfinished");
    }

    @Test
    void asCompleted_duplicates_countOnceInTheMessage() {
        List<Promise<Integer>> promises = promises(2);
        promises.get(0).setResult(1);
        List<Promise<Integer>> repeated = List.of(promises.get(0), promises.get(0), promises.get(1), promises.get(1));
        Iterator<Future<Integer>> futures =
                Futures.<Integer>asCompleted(repeated, Duration.ZERO).iterator();
        futures.next();
        assertTimedOutUnchecked(futures::next, "1 (of 2) futures unfinished");
    }

    @Test
    void asCompleted_addedLater_countsInTheMessage() throws Exception {
        AsCompleted<Integer> completed = Futures.asCompleted(promises(1), Duration.ZERO);
        completed.add(new Promise<>());
        completed.add(Futures.completed(1));
        completed.take();
        assertTimedOut(completed::take, "2 (of 3) futures unfinished");
    }

    @Test
    void asCompleted_timeoutIsOver_stillGivesOutWhatIsCompleted() throws Exception {
        List<Promise<Integer>> promises = promises(4);
        promises.get(1).setResult(1);
        AsCompleted<Integer> completed = Futures.asCompleted(promises, SHORT);
        promises.get(3).setResult(3);
        long after = System.nanoTime() + SHORT.toNanos();
        ManyFutures.awaitPassed(after);
        promises.get(0).setResult(0);
        assertThat(completed.take()).isSameAs(promises.get(1));
        assertThat(completed.poll(Duration.ZERO)).isSameAs(promises.get(3));
        assertThat(completed.iterator().next()).isSameAs(promises.get(0));
        assertTimedOut(completed::take, "1 (of 4) futures unfinished");
        promises.get(2).setResult(2);
        assertThat(completed.take()).isSameAs(promises.get(2));
        assertThatThrownBy(completed::take).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void asCompleted_clock_startsAtTheCallAndNotAtTheFirstNext() {
        Duration timeout = Duration.ofMillis(500);
        Iterator<Future<Integer>> futures =
                Futures.<Integer>asCompleted(promises(1), timeout).iterator();
        ManyFutures.awaitPassed(System.nanoTime() + timeout.toNanos());
        long begin = System.nanoTime();
        assertTimedOutUnchecked(futures::next, "1 (of 1) futures unfinished");
        assertThat(System.nanoTime() - begin).isLessThan(timeout.toNanos() / 2);
    }

    @Test
    void asCompleted_theTimeIsForTheWhole_isNotExtendedByWhatArrives() throws Exception {
        List<Promise<Integer>> promises = promises(3);
        Duration timeout = Duration.ofMillis(60);
        long begin = System.nanoTime();
        AsCompleted<Integer> completed = Futures.asCompleted(promises, timeout);
        promises.get(0).setResult(1);
        completed.take();
        assertTimedOut(completed::take, "2 (of 3) futures unfinished");
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(timeout.toNanos());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT-9223372036854775808S"})
    void asCompleted_zeroOrNegativeTimeout_givesOutWhatIsDone(Duration timeout) throws Exception {
        List<Promise<Integer>> promises = promises(2);
        promises.get(1).setResult(1);
        AsCompleted<Integer> completed = Futures.asCompleted(promises, timeout);
        assertThat(completed.take()).isSameAs(promises.get(1));
        assertTimedOut(completed::take, "1 (of 2) futures unfinished");
    }

    @Test
    void asCompleted_hugeTimeout_waits() throws Exception {
        Promise<Integer> promise = new Promise<>();
        AsCompleted<Integer> completed =
                Futures.asCompleted(List.of(promise), Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));
        Background<Future<Integer>> taking = Background.start(completed::take);
        taking.assertStaysParked();
        promise.setResult(1);
        assertThat(taking.get()).isSameAs(promise);
    }

    @Test
    void asCompleted_allGivenOutBeforeTheTimeout_endsWithoutAnException() {
        AsCompleted<Integer> completed = Futures.asCompleted(List.of(Futures.completed(1)), Duration.ZERO);
        assertThat(completed.stream().toList()).hasSize(1);
        assertThat(completed.iterator().hasNext()).isFalse();
    }

    @Test
    void asCompleted_timeoutIsOver_hasNextGoesOnToTellThatThereAreMore() {
        AsCompleted<Integer> completed = Futures.asCompleted(promises(1), Duration.ZERO);
        Iterator<Future<Integer>> futures = completed.iterator();
        assertTimedOutUnchecked(futures::next, "1 (of 1) futures unfinished");
        assertThat(futures.hasNext()).isTrue();
    }

    @Test
    void poll_itsOwnTimeoutIsOver_givesNullAndLeavesTheFuture() throws Exception {
        Promise<Integer> promise = new Promise<>();
        AsCompleted<Integer> completed = Futures.asCompleted(List.of(promise), ManyFutures.LONG);
        long begin = System.nanoTime();
        assertThat(completed.poll(SHORT)).isNull();
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(SHORT.toNanos());
        assertThat(completed.poll(Duration.ZERO)).isNull();
        assertThat(completed.poll(Duration.ofSeconds(Long.MIN_VALUE))).isNull();
        promise.setResult(1);
        assertThat(completed.poll(Duration.ZERO)).isSameAs(promise);
    }

    @Test
    void poll_theTimeOfTheIterationIsOverFirst_throws() {
        AsCompleted<Integer> completed = Futures.asCompleted(promises(1), SHORT);
        assertTimedOut(() -> completed.poll(ManyFutures.LONG), "1 (of 1) futures unfinished");
    }

    @Test
    void poll_hugeTimeout_waits() throws Exception {
        Promise<Integer> promise = new Promise<>();
        AsCompleted<Integer> completed = Futures.asCompleted(List.of(promise));
        Background<Future<Integer>> polling =
                Background.start(() -> completed.poll(Duration.ofSeconds(Long.MAX_VALUE)));
        polling.assertStaysParked();
        promise.setResult(1);
        assertThat(polling.get()).isSameAs(promise);
    }
}
