// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A worker that ends because it was idle leaves nothing behind that is submitted at that moment. */
@ExtendWith(Schedules.class)
final class KeepAliveScheduleTest {
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void submitAtTheEnd() throws Exception {
        try (ThreadExecutor executor = shortLived(1)) {
            executor.submit(runs::incrementAndGet).result();
            // The worker is on its way out, or out.
            executor.submit(runs::incrementAndGet).result();
        }
        assertThat(runs.get()).isEqualTo(2);
    }

    @Test
    void severalWorkers() throws Exception {
        try (ThreadExecutor executor = shortLived(2)) {
            Threads.together(
                    () -> executor.submit(runs::incrementAndGet).result(),
                    () -> executor.submit(runs::incrementAndGet).result());
            executor.submit(runs::incrementAndGet).result();
        }
        assertThat(runs.get()).isEqualTo(3);
    }

    private static ThreadExecutor shortLived(int maxWorkers) {
        return ThreadExecutor.builder()
                .maxWorkers(maxWorkers)
                .keepAlive(Duration.ofNanos(1))
                .build();
    }
}
