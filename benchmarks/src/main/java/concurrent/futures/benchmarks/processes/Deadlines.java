// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.processes;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.process.ProcessExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** How many milliseconds after its deadline a task is given up, and its worker replaced. */
final class Deadlines {
    private static final Duration LIMIT = Duration.ofMillis(50);
    private static final int KILLS = 20;

    private Deadlines() {}

    static List<Double> untilFailed() throws Exception {
        return kill(false);
    }

    static List<Double> untilReplaced() throws Exception {
        return kill(true);
    }

    private static List<Double> kill(boolean replaced) throws Exception {
        List<Double> times = new ArrayList<>();
        try (ProcessExecutor executor =
                ProcessExecutor.builder().maxWorkers(1).grace(Duration.ZERO).build()) {
            FutureExecutor limited = executor.withTimeout(LIMIT);
            for (int i = 0; i < KILLS; i++) {
                executor.submit(Tasks::one).result();
                // The worker is idle, so the time begins now.
                long begin = System.nanoTime();
                Future<Integer> late = limited.submit(Tasks::spin);
                if (!(late.exception() instanceof TimeoutException)) {
                    throw new AssertionError("no timeout");
                }
                if (replaced) {
                    executor.submit(Tasks::one).result();
                }
                times.add(Times.millisSince(begin) - LIMIT.toMillis());
            }
        }
        return times;
    }
}
