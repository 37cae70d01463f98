// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.ManyFutures.promises;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.ManyFutures.Background;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Blocking calls declare {@code InterruptedException} and honour it: {@code Futures.await}. */
class AwaitInterruptTest {
    @AfterEach
    void clearInterruptStatus() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @EnumSource
    void await_interruptedBefore_throwsAndLeavesNothing(ReturnWhen returnWhen) {
        List<Promise<Integer>> promises = promises(3);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Futures.await(promises, returnWhen)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted())
                .as("an exception clears the status")
                .isFalse();
        ManyFutures.assertBare(promises);
    }

    @ParameterizedTest
    @EnumSource
    void await_interruptedMeanwhile_throwsAndLeavesNothing(ReturnWhen returnWhen) {
        List<Promise<Integer>> promises = promises(3);
        Background<DoneAndNotDone<Integer>> waiting =
                Background.start(() -> Futures.<Integer>await(promises, returnWhen));
        waiting.awaitParked();
        waiting.thread.interrupt();
        assertThatThrownBy(waiting::get).isInstanceOf(InterruptedException.class);
        ManyFutures.assertBare(promises);
        assertThat(promises).noneMatch(Future::isDone);
    }

    @Test
    void await_interruptedWithTimeout_throws() {
        List<Promise<Integer>> promises = promises(1);
        Background<DoneAndNotDone<Integer>> waiting =
                Background.start(() -> Futures.<Integer>await(promises, ManyFutures.LONG, ReturnWhen.ALL_COMPLETED));
        waiting.awaitParked();
        waiting.thread.interrupt();
        assertThatThrownBy(waiting::get).isInstanceOf(InterruptedException.class);
        ManyFutures.assertBare(promises);
    }

    @Test
    void await_nothingToWaitFor_leavesTheInterruptStatusAlone() throws InterruptedException {
        Thread.currentThread().interrupt();
        assertThat(Futures.await(List.of(Futures.completed(1))).done()).hasSize(1);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
}
