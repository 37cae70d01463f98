// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.ThreadExecutor;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** What options of tasks cost: a thread submits tasks that do nothing, and asks for all results. The score is for one. */
public class SubmitWithOptions extends Case {
    private static final int TASKS = 100_000;
    private static final int WORKERS = 2;

    @Param({Contestants.FUTURES, "timeout", "deadline", "priority", "context", "name", "tracing"})
    String contestant;

    private FutureExecutor executor;
    private FutureExecutor view;

    /** Opens the executor. */
    @Setup
    public void openExecutor() {
        executor = new ThreadExecutor(WORKERS);
        view = switch (contestant) {
            case "timeout" -> executor.withTimeout(Duration.ofMinutes(1));
            case "deadline" -> executor.withDeadline(Duration.ofMinutes(1));
            case "priority" -> executor.withPriority(1);
            case "context" -> executor.withContext(task -> task);
            case "name" -> executor.withName("task");
            case "tracing" -> executor.withTracing();
            default -> executor;
        };
    }

    /** Closes the executor. */
    @TearDown
    public void closeExecutor() {
        executor.close();
    }

    /**
     * Submits all tasks and waits for them.
     *
     * @throws Exception if a task was not run
     */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void submitAndAsk() throws Exception {
        Future<?>[] mine = new Future<?>[TASKS];
        for (int i = 0; i < mine.length; i++) {
            mine[i] = view.submit(Work.NOTHING);
        }
        for (Future<?> each : mine) {
            Work.ensureDone(each.result());
        }
    }
}
