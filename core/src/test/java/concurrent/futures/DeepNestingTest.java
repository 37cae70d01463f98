// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Waits inside of waits, deeper than a stack, and many of them. */
@Timeout(240)
class DeepNestingTest {
    private static final int CHAIN = 100_000;

    static Stream<Arguments> executors() {
        return Stream.of(1, 2, 4)
                .flatMap(
                        workers -> Stream.<IntFunction<BaseExecutor>>of(ThreadExecutor::new, VirtualThreadExecutor::new)
                                .map(kind -> Arguments.of(kind.apply(workers))));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void chain_inWhichEachTaskWaitsForTheNext_ends(BaseExecutor executor) throws Exception {
        try (executor;
                FutureLog log = new FutureLog()) {
            assertThat(executor.submit(() -> length(executor, CHAIN)).result()).isEqualTo(CHAIN);
            assertThat(log.messages()).isEmpty();
            Eventually.await().until(() -> executor.spareWorkers() == 0);
        }
    }

    private static int length(FutureExecutor executor, int left) throws Exception {
        return left == 0
                ? 0
                : 1 + executor.submit(() -> length(executor, left - 1)).result();
    }

    /** All are queued before the first waits for the second, and so on. */
    @ParameterizedTest
    @MethodSource("executors")
    void chain_thatIsQueuedBackToFront_ends(BaseExecutor executor) throws Exception {
        try (executor;
                Gate gate = new Gate()) {
            for (int i = 0; i < executor.maxWorkers(); i++) {
                executor.submit(gate::pass);
            }
            gate.awaitArrivals(executor.maxWorkers());
            Future<Integer> last = executor.submit(() -> 0);
            for (int i = 0; i < 20_000; i++) {
                Future<Integer> next = last;
                last = executor.submit(() -> 1 + next.result());
            }
            gate.open();
            assertThat(last.result()).isEqualTo(20_000);
        }
    }

    @ParameterizedTest
    @MethodSource("executors")
    void treeOfTasks_ends(BaseExecutor executor) throws Exception {
        try (executor) {
            assertThat(executor.submit(() -> fib(executor, 18)).result()).isEqualTo(2584);
        }
    }

    private static int fib(FutureExecutor executor, int n) throws Exception {
        if (n < 2) {
            return n;
        }
        Future<Integer> one = executor.submit(() -> fib(executor, n - 1));
        return fib(executor, n - 2) + one.result();
    }
}
