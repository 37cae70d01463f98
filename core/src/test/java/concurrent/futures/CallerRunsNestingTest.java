// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tasks that submit tasks to a full queue are run one inside the other only so deep. */
class CallerRunsNestingTest {
    private static final int TASKS = 50_000;

    @Test
    void submit_fromTasksToAFullQueue_doesNotOverflowTheStack() throws Exception {
        AtomicInteger submitted = new AtomicInteger();
        AtomicInteger deepest = new AtomicInteger();
        try (ThreadExecutor executor = ThreadExecutor.builder()
                .maxWorkers(1)
                .queueCapacity(1)
                .whenFull(WhenFull.CALLER_RUNS)
                .build()) {
            class Doubling implements Runnable {
                @Override
                public void run() {
                    deepest.accumulateAndGet(Runner.currentDepth(), Math::max);
                    for (int i = 0; i < 2 && submitted.incrementAndGet() <= TASKS; i++) {
                        executor.execute(this);
                    }
                }
            }
            executor.submit(new Doubling()).result(Duration.ofSeconds(30));
            Eventually.await().until(() -> submitted.get() >= TASKS && executor.queuedTasks() == 0);
        }
        assertThat(deepest.get()).isBetween(2, 40);
    }
}
