// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever waits for room in a bounded queue gets it when a task ends or is cancelled, or hears of the shutdown. */
@ExtendWith(Schedules.class)
final class BoundedQueueScheduleTest {
    /** One is queued, and the worker has another one in hand. */
    private static final int MOST = 2;

    private final AtomicInteger runs = new AtomicInteger();

    /** How many have been submitted and have not begun to run. */
    private final AtomicInteger unbegun = new AtomicInteger();

    private final AtomicInteger cancellations = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final ThreadExecutor executor =
            Pools.builder(1).queueCapacity(1).whenFull(WhenFull.BLOCK).build();

    @Test
    void roomWhenATaskEnds() throws Exception {
        Threads.together(this::submit, this::submit, this::submit, this::submit);
        executor.close();
        assertThat(runs.get()).isEqualTo(4);
    }

    @Test
    void roomWhenATaskIsCancelled() throws Exception {
        Threads.together(this::submit, this::submitAndCancel, this::submitAndCancel, this::submit);
        executor.close();
        assertThat(runs.get() + cancellations.get()).isEqualTo(4);
    }

    @Test
    void shutdown() throws Exception {
        Threads.together(executor::close, this::submit, this::submit, this::submit);
        assertThat(runs.get() + refusals.get()).isEqualTo(3);
    }

    @Test
    void shutdownWhileTheQueueStaysFull() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        executor.submit(() -> end.await());
        executor.submit(runs::incrementAndGet);
        Threads.together(executor::shutdown, this::submit, this::submit);
        assertThat(refusals.get()).isEqualTo(2);
        end.countDown();
        executor.close();
        assertThat(runs.get()).isEqualTo(1);
    }

    private void submit() {
        try {
            executor.submit(this::run);
            assertThat(unbegun.incrementAndGet()).isLessThanOrEqualTo(MOST);
        } catch (RejectedExecutionException refused) {
            refusals.incrementAndGet();
        }
    }

    private int run() {
        unbegun.decrementAndGet();
        return runs.incrementAndGet();
    }

    private void submitAndCancel() {
        if (executor.submit(runs::incrementAndGet).cancel()) {
            cancellations.incrementAndGet();
        }
    }
}
