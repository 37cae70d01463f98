// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** As many tasks run at the same time as there may be workers: none is forgotten by a worker that parks. */
@ExtendWith(Schedules.class)
final class WakeUpScheduleTest {
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void tasksThatMeet() throws Exception {
        try (ThreadExecutor executor = Pools.of(2)) {
            meet(executor);
        }
    }

    @Test
    void tasksThatMeetOnWorkersThatHaveParked() throws Exception {
        try (ThreadExecutor executor = Pools.of(2)) {
            meet(executor);
            meet(executor);
        }
    }

    @Test
    void tasksThatMeetOnWorkersThatComeAndGo() throws Exception {
        try (ThreadExecutor executor = Pools.of(2)) {
            Threads.together(
                    () -> {
                        executor.setMaxWorkers(1);
                        executor.setMaxWorkers(2);
                    },
                    () -> meet(executor));
        }
    }

    @Test
    void fewerWorkers() throws Exception {
        try (ThreadExecutor executor = Pools.of(2)) {
            Threads.together(
                    () -> executor.setMaxWorkers(1),
                    () -> executor.submit(runs::incrementAndGet).result(),
                    () -> executor.submit(runs::incrementAndGet).result());
        }
        assertThat(runs.get()).isEqualTo(2);
    }

    /** Two tasks, neither of which ends before the other has begun. */
    private static void meet(ThreadExecutor executor) throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Threads.together(() -> meet(executor, both), () -> meet(executor, both));
    }

    private static void meet(ThreadExecutor executor, CountDownLatch both) throws Exception {
        executor.submit(() -> {
                    both.countDown();
                    both.await();
                })
                .result();
    }
}
