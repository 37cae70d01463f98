// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a task sees that is run by the one that waits for it, and how an executor is told not to do that. */
@Timeout(60)
class HelpingSwitchTest {
    static Stream<Arguments> executors() {
        return Stream.of(true, false)
                .flatMap(helps -> Stream.of(
                        Arguments.of(
                                helps,
                                ThreadExecutor.builder()
                                        .maxWorkers(1)
                                        .helpWhileWaiting(helps)
                                        .build()),
                        Arguments.of(
                                helps,
                                VirtualThreadExecutor.builder()
                                        .maxWorkers(1)
                                        .helpWhileWaiting(helps)
                                        .build())));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void threadLocalOfTheWaiter_isSeenOnlyIfItHelps(boolean helps, FutureExecutor executor) throws Exception {
        ThreadLocal<String> local = new ThreadLocal<>();
        try (executor) {
            Future<String> outer = executor.submit(() -> {
                local.set("outer");
                return executor.submit(local::get).result();
            });
            assertThat(outer.result()).isEqualTo(helps ? "outer" : null);
        }
    }

    @ParameterizedTest
    @MethodSource("executors")
    void lockOfTheWaiter_isHeldOnlyIfItHelps(boolean helps, FutureExecutor executor) throws Exception {
        ReentrantLock lock = new ReentrantLock();
        try (executor) {
            Future<Boolean> outer = executor.submit(() -> {
                lock.lock();
                try {
                    return executor.submit(lock::isHeldByCurrentThread).result();
                } finally {
                    lock.unlock();
                }
            });
            assertThat(outer.result()).isEqualTo(helps);
        }
    }

    @ParameterizedTest
    @MethodSource("executors")
    void nestedWaits_endEitherWay(boolean helps, FutureExecutor executor) throws Exception {
        try (executor) {
            assertThat(executor.submit(() -> depth(executor, 100)).result()).isEqualTo(100);
        }
    }

    private static int depth(FutureExecutor executor, int left) throws Exception {
        return left == 0
                ? 0
                : 1 + executor.submit(() -> depth(executor, left - 1)).result();
    }
}
