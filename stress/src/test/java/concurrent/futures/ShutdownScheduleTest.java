// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is submitted while an executor is shut down is run, cancelled or refused, and the executor ends. */
@ExtendWith(Schedules.class)
final class ShutdownScheduleTest {
    private final ThreadExecutor executor = Pools.of(1);
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger cancellations = new AtomicInteger();

    @Test
    void close() throws Exception {
        Threads.together(executor::close, this::submit, this::submit);
        assertThat(runs.get() + refusals.get()).isEqualTo(2);
    }

    @Test
    void closeWhenIdle() throws Exception {
        submit();
        executor.close();
        assertThat(runs.get()).isEqualTo(1);
    }

    @Test
    void shutdownNow() throws Exception {
        Threads.together(
                () -> {
                    executor.shutdownNow();
                    executor.close();
                },
                this::submit,
                this::submit);
        // What is interrupted while it runs is counted as run.
        assertThat(refusals.get() + cancellations.get() + runs.get()).isEqualTo(2);
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void whatATaskSubmits() throws Exception {
        Threads.together(executor::close, () -> {
            try {
                executor.submit(this::submit);
            } catch (RejectedExecutionException refused) {
                runs.incrementAndGet();
            }
        });
        assertThat(runs.get() + refusals.get()).isEqualTo(1);
        assertThat(executor.isTerminated()).isTrue();
    }

    private Void submit() throws Exception {
        try {
            executor.submit(runs::incrementAndGet).result();
        } catch (RejectedExecutionException refused) {
            refusals.incrementAndGet();
        } catch (CancellationException cancelled) {
            cancellations.incrementAndGet();
        }
        return null;
    }
}
