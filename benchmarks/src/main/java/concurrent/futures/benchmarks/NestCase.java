// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A benchmark of tasks that wait for tasks of the same executor, in which those executors take part that do not come to
 * a standstill, as fixed pools do, and {@code CompletableFuture} even on a {@code ForkJoinPool} (JDK 25, 2 workers).
 */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public abstract class NestCase extends Case {
    private static final String RECURSIVE_TASK = "RecursiveTask";

    @Param({Contestants.FUTURES, Contestants.FORK_JOIN, Contestants.FORK_JOIN_ASYNC, RECURSIVE_TASK})
    String contestant;

    @Param("2")
    int workers;

    Nest nest;

    NestCase() {}

    /** Opens the executor. */
    @Setup
    public void openNest() {
        nest = contestant.equals(RECURSIVE_TASK)
                ? new RecursiveNest(Contestants.forkJoinPool(workers))
                : new SubmittingNest(Contestants.open(contestant, workers));
    }

    /** Closes the executor. */
    @TearDown
    public void closeNest() {
        nest.close();
    }
}
