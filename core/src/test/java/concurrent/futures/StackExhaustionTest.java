// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A task waits where its stack is about to overflow, at each depth at which it may do so in the middle of beginning or
 * ending the wait. No future is left undone, and the executor is as before.
 */
@Timeout(120)
class StackExhaustionTest {
    private static final int ROUNDS = 12;

    /** As many waits as it takes to get back to where the stack suffices. */
    private static final int WAITS = 300;

    private static final long STACK_BYTES = 384 << 10;

    /** A way to wait for a future. */
    @FunctionalInterface
    interface Wait {
        void on(Future<?> future) throws Exception;
    }

    static Stream<Wait> waitsThatRun() {
        return Stream.of(Future::exception, future -> Futures.await(List.of(future)));
    }

    static Stream<Wait> waitsThatEndInTime() {
        Duration limit = Duration.ofNanos(1_000);
        return Stream.of(
                future -> {
                    try {
                        future.exception(limit);
                    } catch (TimeoutException expected) {
                        // Nobody sets it.
                    }
                },
                future -> Futures.await(List.of(future), limit, ReturnWhen.ALL_COMPLETED));
    }

    /** Waits for one future after the other, on the way back from the bottom of the stack. */
    private static final class Brink {
        private final List<? extends Future<?>> futures;
        private final Wait wait;
        private int next;

        Brink(List<? extends Future<?>> futures, Wait wait) {
            this.futures = futures;
            this.wait = wait;
        }

        @SuppressWarnings("InfiniteRecursion") // Until the stack overflows.
        int descend() throws Exception {
            try {
                return descend() + 1;
            } catch (StackOverflowError e) {
                if (next < futures.size()) {
                    wait.on(futures.get(next++));
                }
                throw e;
            }
        }
    }

    private static ThreadExecutor executor() {
        return ThreadExecutor.builder()
                .maxWorkers(1)
                .threadFactory(body -> new Thread(null, body, "small", STACK_BYTES))
                .build();
    }

    @ParameterizedTest
    @MethodSource("waitsThatRun")
    void whereTheTaskRunsWhatItWaitsFor(Wait wait) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            boolean failing = round % 2 == 0;
            ThreadExecutor executor = executor();
            List<Future<Integer>> inner = new ArrayList<>();
            Gate submitted = new Gate();
            Future<Integer> outer = executor.submit(() -> {
                for (int i = 0; i < WAITS; i++) {
                    inner.add(executor.submit(() -> result(failing)));
                }
                submitted.pass();
                return new Brink(inner.reversed(), wait).descend();
            });
            submitted.awaitArrivals(1);
            Thread waiter = Thread.ofVirtual().start(() -> await(inner));
            submitted.open();
            assertThat(outer.exception()).isInstanceOf(StackOverflowError.class);
            waiter.join();
            assertThat(inner).allMatch(Future::isDone);
            assertAsBefore(executor);
        }
    }

    private static void await(List<Future<Integer>> futures) {
        try {
            Futures.await(futures);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int result(boolean failing) {
        if (failing) {
            throw new IllegalStateException("on purpose");
        }
        return 1;
    }

    @ParameterizedTest
    @MethodSource("waitsThatEndInTime")
    void whereTheTaskLendsItsPlace(Wait wait) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ThreadExecutor executor = executor();
            List<Promise<Integer>> never =
                    Stream.generate(Promise<Integer>::new).limit(WAITS).toList();
            Future<Integer> outer = executor.submit(() -> new Brink(never, wait).descend());
            assertThat(outer.exception()).isInstanceOf(StackOverflowError.class);
            assertAsBefore(executor);
        }
    }

    /** One place, interrupts that arrive, and an end. */
    private static void assertAsBefore(ThreadExecutor executor) throws Exception {
        assertThat(executor.submit(() -> 42).result()).isEqualTo(42);
        assertThat(executor.spareWorkers()).isZero();
        Gate gate = new Gate();
        CountDownLatch interrupted = new CountDownLatch(1);
        Future<?> blocked = executor.submit(() -> {
            try {
                gate.pass();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        Future<Integer> behind = executor.submit(() -> 43);
        gate.awaitArrivals(1);
        assertThat(behind.isRunning() || behind.isDone()).isFalse();
        blocked.cancel(true);
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(behind.result()).isEqualTo(43);
        executor.close();
        assertThat(executor.isTerminated()).isTrue();
    }
}
