// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a worker has queued for itself is run, although it ends because there are too many workers. */
@ExtendWith(Schedules.class)
final class ResizeScheduleTest {
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void shrink_whileWorkersSubmit() throws Exception {
        try (ThreadExecutor executor = Pools.of(3)) {
            Action submitting = () -> {
                executor.submit(runs::incrementAndGet);
                executor.setMaxWorkers(1);
                executor.submit(runs::incrementAndGet);
            };
            Futures.await(List.of(executor.submit(submitting), executor.submit(submitting)));
        }
        assertThat(runs.get()).isEqualTo(4);
    }

    @Test
    void shrinkAndGrow_fromOutside() throws Exception {
        ThreadExecutor executor = Pools.of(2);
        Threads.together(
                () -> executor.submit(() -> executor.submit(runs::incrementAndGet))
                        .result(),
                () -> executor.setMaxWorkers(1),
                () -> executor.submit(() -> executor.submit(runs::incrementAndGet))
                        .result());
        executor.setMaxWorkers(2);
        executor.close();
        assertThat(runs.get()).isEqualTo(2);
    }
}
