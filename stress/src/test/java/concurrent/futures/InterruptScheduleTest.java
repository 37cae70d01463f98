// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An interrupt is for one task: it reaches nothing that its thread runs before or afterwards. */
@ExtendWith(Schedules.class)
final class InterruptScheduleTest {
    @Test
    void notTheNextTask() throws Exception {
        try (ThreadExecutor executor = Pools.of(1)) {
            Future<?> first = executor.submit(() -> {});
            CountDownLatch cancelled = new CountDownLatch(1);
            Future<Boolean> next = executor.submit(() -> {
                cancelled.await();
                return Thread.currentThread().isInterrupted();
            });
            Threads.together(
                    () -> {
                        first.cancel(true);
                        cancelled.countDown();
                    },
                    () -> assertThat(next.result()).isFalse());
        }
    }

    @Test
    void notTheTaskAroundIt() throws Exception {
        try (ThreadExecutor executor = Pools.of(1)) {
            Promise<Future<?>> inner = new Promise<>();
            Future<Boolean> outer = executor.submit(() -> {
                Future<?> nested = executor.submit(() -> {});
                inner.setResult(nested);
                Futures.await(List.of(nested));
                return Thread.currentThread().isInterrupted();
            });
            Threads.together(
                    () -> inner.result().cancel(true),
                    () -> assertThat(outer.result()).isFalse());
        }
    }
}
