// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Functions that compose, complete and wait themselves, at any depth of a chain, and chains that lead to themselves. */
@Timeout(30)
class CompositionNestingTest {
    private static final int LENGTH = 300;

    @Test
    void functionAnywhereInAChain_maySeeWhatItComposes() {
        Promise<Integer> first = new Promise<>();
        Future<Integer> last = first;
        for (int i = 0; i < LENGTH; i++) {
            last = last.thenApply(
                    number -> Futures.completed(number).thenApply(n -> n + 1).resultNow());
        }
        first.setResult(0);
        assertThat(last.resultNow()).isEqualTo(LENGTH);
    }

    @Test
    void functionAnywhereInAChain_mayWaitForWhatItSetsGoing() throws Exception {
        assertThat(nested(LENGTH).result()).isEqualTo(LENGTH);
    }

    private static Future<Integer> nested(int depth) {
        if (depth == 0) {
            return Futures.completed(0);
        }
        return Futures.completed(depth).thenApply(n -> nested(n - 1).result() + 1);
    }

    @Test
    void functionAnywhereInAChain_completesWhatOthersWaitFor() throws Exception {
        Promise<Integer> first = new Promise<>();
        Future<Integer> last = first;
        for (int i = 0; i < LENGTH; i++) {
            last = last.thenApply(number -> {
                Promise<Integer> other = new Promise<>();
                Future<Integer> derived = other.thenApply(n -> n + 1);
                AtomicReference<Integer> seen = new AtomicReference<>();
                Thread waiter = Thread.ofVirtual().start(() -> seen.set(derived.join()));
                other.setResult(number);
                waiter.join();
                return seen.get();
            });
        }
        first.setResult(0);
        assertThat(last.result()).isEqualTo(LENGTH);
    }

    @Test
    void taskThatWaitsForWhatIsMadeFromItself_hearsOfTheRing() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            Promise<Future<Integer>> self = new Promise<>();
            Future<Integer> derived =
                    executor.submit(() -> self.result().thenApply(n -> n + 1).result());
            self.setResult(derived);
            assertThat(derived.exception()).isInstanceOf(DeadlockException.class);

            Promise<Future<List<Integer>>> all = new Promise<>();
            Future<Integer> waiting =
                    executor.submit(() -> all.result().result().size());
            all.setResult(Futures.all(List.of(waiting)));
            assertThat(waiting.exception()).isInstanceOf(DeadlockException.class);
        }
    }

    @Test
    void composedFutureThatWaitsForItself_fails() throws Exception {
        Promise<Integer> first = new Promise<>();
        AtomicReference<Future<Integer>> self = new AtomicReference<>();
        self.set(first.thenCompose(n -> self.get()));
        first.setResult(1);
        assertThat(self.get().exception()).isInstanceOf(DeadlockException.class);
    }

    @Test
    void taskThatWaitsForWhatIsMadeFromAQueuedOne_runsThatItself() throws Exception {
        try (ThreadExecutor executor =
                ThreadExecutor.builder().maxWorkers(1).maxSpareWorkers(0).build()) {
            Future<Integer> outer = executor.submit(() -> executor.submit(() -> 1)
                    .thenCompose(n -> executor.submit(() -> n + 1))
                    .thenApply(n -> n + 1)
                    .result());
            assertThat(outer.result(java.time.Duration.ofSeconds(20))).isEqualTo(3);
        }
    }

    @Test
    void composedFutureOnAnExecutor_thatIsCancelledMeanwhile_cancelsWhatTheFunctionReturns() throws Exception {
        for (CancelMode mode : CancelMode.values()) {
            Promise<Integer> returned = new Promise<>();
            try (ThreadExecutor executor = new ThreadExecutor(1);
                    Gate gate = new Gate()) {
                Future<Integer> composed = Futures.completed(1)
                        .thenCompose(
                                n -> {
                                    gate.passUninterruptibly();
                                    return returned;
                                },
                                executor);
                gate.awaitArrivals(1);
                composed.cancel(mode);
                assertThat(composed.isCancelled()).isTrue();
                gate.open();
            }
            assertThat(returned.isCancelled()).as(mode.toString()).isTrue();
        }
    }

    @Test
    void callbacks_mayWaitForTheRest_ofThoseThatWereCombined() throws Exception {
        Promise<Integer> first = new Promise<>();
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            Future<Integer> rest = executor.submit(() -> {
                gate.pass();
                return 1;
            });
            gate.awaitArrivals(1);
            AtomicReference<Boolean> cancelled = new AtomicReference<>();
            Futures.any(List.of(first, rest)).addDoneCallback(done -> {
                rest.ended().get(20, TimeUnit.SECONDS);
                cancelled.set(rest.isCancelled());
            });
            first.setResult(0);
            assertThat(cancelled.get()).isTrue();
        }
    }
}
