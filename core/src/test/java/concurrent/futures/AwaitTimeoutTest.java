// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.ManyFutures.promises;
import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.ManyFutures.Background;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The timeout of {@code Futures.await}. */
class AwaitTimeoutTest {
    @ParameterizedTest
    @EnumSource
    void await_timeoutIsOver_returnsTheSplitSoFar(ReturnWhen returnWhen) throws InterruptedException {
        List<Promise<Integer>> promises = promises(4);
        if (returnWhen != ReturnWhen.FIRST_COMPLETED) {
            promises.get(2).setResult(1);
            promises.get(1).cancel();
        }
        Duration timeout = Duration.ofMillis(20);
        long begin = System.nanoTime();
        DoneAndNotDone<Integer> split = Futures.await(promises, timeout, returnWhen);
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(timeout.toNanos());
        assertThat(split.done().size() + split.notDone().size()).isEqualTo(4);
        if (returnWhen == ReturnWhen.FIRST_COMPLETED) {
            assertThat(split.notDone()).containsExactlyElementsOf(promises);
        } else {
            assertThat(split.done()).containsExactly(promises.get(1), promises.get(2));
            assertThat(split.notDone()).containsExactly(promises.get(0), promises.get(3));
        }
        ManyFutures.assertBare(promises);
    }

    @Test
    void await_completedDuringTheWait_isInThePartialSplit() throws Exception {
        List<Promise<Integer>> promises = promises(2);
        Background<DoneAndNotDone<Integer>> waiting = Background.start(
                () -> Futures.<Integer>await(promises, Duration.ofMillis(300), ReturnWhen.ALL_COMPLETED));
        waiting.awaitParked();
        promises.get(1).setResult(1);
        assertThat(waiting.get().done()).containsExactly(promises.get(1));
        assertThat(waiting.get().notDone()).containsExactly(promises.get(0));
        ManyFutures.assertBare(promises);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-0.000000001S", "PT-1S", "PT-9223372036854775808S"})
    void await_zeroOrNegativeTimeout_polls(Duration timeout) throws InterruptedException {
        List<Promise<Integer>> promises = promises(2);
        promises.get(0).setResult(1);
        DoneAndNotDone<Integer> split = Futures.await(promises, timeout, ReturnWhen.ALL_COMPLETED);
        assertThat(split.done()).containsExactly(promises.get(0));
        assertThat(split.notDone()).containsExactly(promises.get(1));
        ManyFutures.assertBare(promises);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PT2562047H",
                "PT9223372036S",
                "PT9223372037S",
                "PT9223372036854775807S",
                "PT9223372036854775807.999999999S"
            })
    void await_hugeTimeout_waits(Duration timeout) throws Exception {
        Promise<Integer> promise = new Promise<>();
        Background<DoneAndNotDone<Integer>> waiting =
                Background.start(() -> Futures.<Integer>await(List.of(promise), timeout, ReturnWhen.ALL_COMPLETED));
        waiting.assertStaysParked();
        promise.setResult(1);
        assertThat(waiting.get().done()).containsExactly(promise);
    }

    @Test
    void await_timeoutLongerThanNeeded_returnsWhenItHolds() throws Exception {
        Promise<Integer> promise = new Promise<>();
        Background<DoneAndNotDone<Integer>> waiting = Background.start(
                () -> Futures.<Integer>await(List.of(promise), ManyFutures.LONG, ReturnWhen.ALL_COMPLETED));
        waiting.awaitParked();
        promise.setResult(1);
        assertThat(waiting.get().done()).containsExactly(promise);
    }
}
