// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When the initializer of a worker fails, everything that is and will be submitted hears of it. */
@ExtendWith(Schedules.class)
final class InitializerScheduleTest {
    private final AtomicInteger failures = new AtomicInteger();
    private final ThreadExecutor executor = Pools.builder(2)
            .initializer(() -> {
                throw new IllegalStateException("no data base");
            })
            .build();

    @Test
    void allHear() throws Exception {
        Threads.together(this::submit, this::submit, this::submit);
        executor.close();
        assertThat(failures.get()).isEqualTo(3);
    }

    @Test
    void duringAShutdown() throws Exception {
        Threads.together(executor::close, this::submit, this::submit);
        assertThat(failures.get()).isEqualTo(2);
    }

    private void submit() throws Exception {
        try {
            executor.submit(() -> "never run").result();
        } catch (RejectedExecutionException expected) {
            failures.incrementAndGet();
        }
    }
}
