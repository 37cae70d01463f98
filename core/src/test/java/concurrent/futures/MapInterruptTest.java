// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import concurrent.futures.ManyFutures.Background;
import concurrent.futures.ManyFutures.Counted;
import concurrent.futures.ManyFutures.Gate;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream cannot declare {@code InterruptedException}: it restores the flag and throws. */
class MapInterruptTest {
    @AfterEach
    void clearInterruptStatus() {
        Thread.interrupted();
    }

    private static MapOptions options(boolean unordered) {
        return unordered ? MapOptions.defaults().unordered() : MapOptions.defaults();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void interruptedWhileWaiting_restoresTheFlagAndThrows(boolean unordered) throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            var results = executor.map(gate::passWith, Counted.upTo(3), options(unordered));
            Background<Throwable> waiting = Background.start(() -> {
                Throwable thrown = catchThrowable(results::toList);
                assertThat(Thread.currentThread().isInterrupted())
                        .as("the flag")
                        .isTrue();
                return thrown;
            });
            waiting.awaitParked();
            waiting.thread.interrupt();
            assertThat(waiting.get())
                    .isExactlyInstanceOf(CancellationException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void interruptedAndTriedAgain_losesNoResult(boolean unordered) {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            Iterator<Integer> results = executor.map(gate::passWith, Counted.upTo(100), options(unordered))
                    .iterator();
            Thread.currentThread().interrupt();
            assertThatThrownBy(results::hasNext).isExactlyInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            gate.open();
            for (int i = 0; i < 100; i++) {
                assertThat(results.next()).isEqualTo(i);
            }
            assertThat(results.hasNext()).isFalse();
        }
    }

    @Test
    void interruptedWhileResultsAreReady_givesThemOutAndKeepsTheFlag() {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            Iterator<Integer> results = executor.map(i -> i, Counted.upTo(10)).iterator();
            ManyFutures.eventually().until(() -> executor.completedTasks() == 10);
            Thread.currentThread().interrupt();
            for (int i = 0; i < 10; i++) {
                assertThat(results.next()).isEqualTo(i);
            }
            assertThat(results.hasNext()).isFalse();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void interruptedBeforeTheCall_submitsAllTheSame() {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            Thread.currentThread().interrupt();
            Counted items = Counted.upTo(10);
            var results = executor.map(i -> i, items);
            assertThat(items.read()).isEqualTo(10);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(results.toList()).hasSize(10);
        }
    }

    /** A bounded queue that blocks the submitter inside of map. */
    @Test
    void interruptedWhileSubmittingToAFullQueue_isThrownAfterTheResultsBeforeIt() throws Exception {
        try (ThreadExecutor executor =
                        ThreadExecutor.builder().maxWorkers(1).queueCapacity(1).build();
                Gate gate = new Gate()) {
            AtomicBoolean flag = new AtomicBoolean();
            Background<Iterator<Integer>> mapping = Background.start(() -> {
                Iterator<Integer> results =
                        executor.map(gate::passWith, Counted.upTo(10)).iterator();
                flag.set(Thread.currentThread().isInterrupted());
                return results;
            });
            gate.awaitEntered(1);
            mapping.awaitParked();
            mapping.thread.interrupt();
            Iterator<Integer> results = mapping.get();
            gate.open();
            assertThat(results.next()).isZero();
            assertThat(results.next()).isEqualTo(1);
            assertThatThrownBy(results::next)
                    .isInstanceOfAny(CancellationException.class, RejectedExecutionException.class);
            assertThat(results.hasNext()).isFalse();
            assertThat(flag).as("the flag of the thread that was interrupted").isTrue();
        }
    }
}
