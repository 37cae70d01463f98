// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Waits inside of waits, deeper than a stack, and many of them. */
@Timeout(120)
class DeepNestingTest {
    /**
     * Far more than one stack holds, and no more than 256 spare threads bear, however little each of them does: how many
     * items fit on a stack depends on how they are compiled, 80 at least were seen, and a thread whose item another one
     * takes bears a single one.
     */
    private static final int CHAIN = 5_000;

    /** So many spare virtual threads there may be that each bears a few. */
    private static final int VIRTUAL_CHAIN = 100_000;

    private static final int SMALL_CHAIN = 5_000;
    private static final long SMALL_STACK = 384 << 10;

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
            int chain = executor instanceof VirtualThreadExecutor ? VIRTUAL_CHAIN : CHAIN;
            assertThat(executor.submit(() -> length(executor, chain)).result()).isEqualTo(chain);
            assertThat(log.messages()).isEmpty();
            Eventually.await().until(() -> executor.spareWorkers() == 0);
        }
    }

    private static int length(FutureExecutor executor, int left) throws Exception {
        return left == 0
                ? 0
                : 1 + executor.submit(() -> length(executor, left - 1)).result();
    }

    /** A stack on which a thousand items do not fit. */
    @Test
    void chainOnSmallStacks_ends() throws Exception {
        try (ThreadExecutor executor = ThreadExecutor.builder()
                .maxWorkers(1)
                .threadFactory(task -> new Thread(null, task, "small", SMALL_STACK))
                .build()) {
            assertThat(executor.submit(() -> length(executor, SMALL_CHAIN)).result())
                    .isEqualTo(SMALL_CHAIN);
        }
    }

    /** Each looks for a ring along all the others. */
    @Test
    void longChainOfWaitingTasks_isLookedThroughInTime() throws Exception {
        try (VirtualThreadExecutor executor = new VirtualThreadExecutor();
                Gate gate = new Gate()) {
            Future<Integer> last = executor.submit(() -> {
                gate.pass();
                return 0;
            });
            gate.awaitArrivals(1);
            for (int i = 0; i < 5_000; i++) {
                Future<Integer> next = last;
                last = executor.submit(() -> {
                    Futures.await(List.of(next));
                    return 1 + next.result();
                });
            }
            gate.open();
            assertThat(last.result()).isEqualTo(5_000);
        }
    }

    /** A task that recurses without end fails with an error, wherever the stack overflows, and harms nothing else. */
    @Test
    void stackOverflowAmidWaits_leavesNoFutureWithoutAnEnd() throws Exception {
        try (ThreadExecutor executor = ThreadExecutor.builder()
                .maxWorkers(1)
                .threadFactory(task -> new Thread(null, task, "small", SMALL_STACK))
                .build()) {
            for (int round = 0; round < 5; round++) {
                int frames = round;
                Future<Integer> future = executor.submit(() -> padded(executor, frames));
                assertThat(future.exception(Duration.ofSeconds(30))).isInstanceOf(StackOverflowError.class);
                Eventually.await().until(() -> executor.engine().places.mostNow() == 1);
            }
            assertThat(executor.submit(() -> 42).result(Duration.ofSeconds(30))).isEqualTo(42);
        }
    }

    /** Begins a little deeper each time. */
    private static int padded(FutureExecutor executor, int frames) throws Exception {
        return frames == 0 ? recurse(executor) : padded(executor, frames - 1);
    }

    private static int recurse(FutureExecutor executor) throws Exception {
        Futures.await(List.of(new Promise<Integer>()), Duration.ofNanos(2_000), ReturnWhen.ALL_COMPLETED);
        return 1 + recurse(executor);
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
