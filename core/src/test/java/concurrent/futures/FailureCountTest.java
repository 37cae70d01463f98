// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What has failed is counted exactly, whoever wins where the time of a task is over as it ends. */
@Timeout(60)
class FailureCountTest {
    private static final int ROUNDS = 20;
    private static final int TASKS = 500;

    @Test
    void failed_isTheNumberOfFuturesThatHave() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            FutureExecutor executor = new ThreadExecutor(4);
            List<Future<?>> futures = new ArrayList<>();
            try (executor) {
                FutureExecutor timed = executor.withTimeout(Duration.ofMillis(1));
                for (int i = 0; i < TASKS; i++) {
                    long nanos = TimeUnit.MILLISECONDS.toNanos(1) + random.nextInt(400_000) - 200_000;
                    futures.add(timed.submit(() -> LockSupport.parkNanos(nanos)));
                }
            }
            long failed = futures.stream()
                    .filter(future -> future.state() == Future.State.FAILED)
                    .count();
            ExecutorStats stats = executor.stats();
            assertThat(stats.failed()).as("round %d, seed %d", round, seed).isEqualTo(failed);
            assertThat(stats.completed()).isEqualTo(TASKS);
        }
    }
}
