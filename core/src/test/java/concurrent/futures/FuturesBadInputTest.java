// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.ManyFutures.promises;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Null is a {@code NullPointerException} naming the argument, a value out of range an {@code IllegalArgumentException},
 * at the call; nothing is half-done.
 */
class FuturesBadInputTest {
    private static final Iterable<Future<Integer>> NOTHING = null;

    private static List<Future<Integer>> pendingAndNull() {
        List<Future<Integer>> futures = new ArrayList<>(promises(2));
        futures.add(null);
        return futures;
    }

    @Test
    void await_null_namesTheArgument() {
        List<Future<Integer>> none = List.of();
        Duration zero = Duration.ZERO;
        assertThatNullPointerException()
                .isThrownBy(() -> Futures.await(NOTHING))
                .withMessageContaining("fs");
        assertThatNullPointerException()
                .isThrownBy(() -> Futures.await(NOTHING, ReturnWhen.ALL_COMPLETED))
                .withMessageContaining("fs");
        assertThatNullPointerException()
                .isThrownBy(() -> Futures.await(NOTHING, zero, ReturnWhen.ALL_COMPLETED))
                .withMessageContaining("fs");
        assertThatNullPointerException()
                .isThrownBy(() -> Futures.await(none, null))
                .withMessageContaining("returnWhen");
        assertThatNullPointerException()
                .isThrownBy(() -> Futures.await(none, zero, null))
                .withMessageContaining("returnWhen");
        assertThatNullPointerException()
                .isThrownBy(() -> Futures.await(none, null, ReturnWhen.ALL_COMPLETED))
                .withMessageContaining("timeout");
    }

    @Test
    void await_nullAmongTheFutures_listensToNone() {
        List<Future<Integer>> futures = pendingAndNull();
        assertThatNullPointerException()
                .isThrownBy(() -> Futures.await(futures))
                .withMessageContaining("fs");
        ManyFutures.assertBare(futures.subList(0, 2));
    }

    @Test
    void asCompleted_null_namesTheArgument() {
        List<Future<Integer>> none = List.of();
        assertThatNullPointerException()
                .isThrownBy(() -> Futures.asCompleted(NOTHING))
                .withMessageContaining("fs");
        assertThatNullPointerException()
                .isThrownBy(() -> Futures.asCompleted(NOTHING, Duration.ZERO))
                .withMessageContaining("fs");
        assertThatNullPointerException()
                .isThrownBy(() -> Futures.asCompleted(none, null))
                .withMessageContaining("timeout");
    }

    @Test
    void asCompleted_nullAmongTheFutures_leavesNothingOnTheOthers() {
        List<Future<Integer>> futures = pendingAndNull();
        assertThatNullPointerException()
                .isThrownBy(() -> Futures.asCompleted(futures))
                .withMessageContaining("fs");
        ManyFutures.assertBare(futures.subList(0, 2));
    }

    @Test
    void asCompleted_iterableThatThrows_leavesNothingOnTheOthers() {
        Promise<Integer> pending = new Promise<>();
        Iterable<Future<Integer>> futures = () -> Stream.<Future<Integer>>iterate(pending, previous -> {
                    throw new IllegalStateException("unreadable");
                })
                .iterator();
        assertThatThrownBy(() -> Futures.asCompleted(futures)).hasMessage("unreadable");
        assertThat(ManyFutures.isBare(pending)).isTrue();
    }

    @Test
    void asCompleted_pollAndAddOfNull_nameTheArgument() {
        AsCompleted<Integer> completed = Futures.asCompleted(promises(1));
        assertThatNullPointerException().isThrownBy(() -> completed.poll(null)).withMessageContaining("timeout");
        assertThatNullPointerException().isThrownBy(() -> completed.add(null)).withMessageContaining("future");
        completed.close();
        assertThatNullPointerException().isThrownBy(() -> completed.poll(null)).withMessageContaining("timeout");
        assertThatNullPointerException().isThrownBy(() -> completed.add(null)).withMessageContaining("future");
    }

    @Test
    void map_null_namesTheArgumentAndReadsNothing() {
        ManyFutures.Counted items = ManyFutures.Counted.upTo(3);
        Mapper<Integer, Integer> same = i -> i;
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            assertThatNullPointerException()
                    .isThrownBy(() -> executor.map(null, items))
                    .withMessageContaining("fn");
            assertThatNullPointerException()
                    .isThrownBy(() -> executor.map(same, (Iterable<Integer>) null))
                    .withMessageContaining("items");
            assertThatNullPointerException()
                    .isThrownBy(() -> executor.map(same, items, null))
                    .withMessageContaining("options");
            assertThat(items.read()).isZero();
            assertThat(executor.liveWorkers()).isZero();
        }
    }

    @Test
    void mapOptions_outOfRange_areRefusedAtTheCall() {
        MapOptions options = MapOptions.defaults();
        for (int number : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> options.bufferSize(number))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("bufferSize");
            assertThatThrownBy(() -> options.chunkSize(number))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("chunkSize");
        }
        assertThatNullPointerException().isThrownBy(() -> options.timeout(null)).withMessageContaining("timeout");
    }
}
