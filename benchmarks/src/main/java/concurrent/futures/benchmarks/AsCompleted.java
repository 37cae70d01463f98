// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Results of tasks that do nothing, taken in the order in which they come. The score is for all {@code n}. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AsCompleted extends Case {
    @Param({
        Contestants.FUTURES,
        Contestants.COMPLETABLE_ON_FORK_JOIN,
        Contestants.COMPLETABLE_ON_THREAD_POOL,
        Consumptions.SERVICE_ON_FORK_JOIN,
        Consumptions.SERVICE_ON_THREAD_POOL,
        Contestants.GUAVA
    })
    String contestant;

    @Param({"1000", "10000", "100000", "1000000"})
    int n;

    @Param("2")
    int workers;

    private Consumption consumption;

    /** Opens the executor. */
    @Setup
    public void open() {
        consumption = Consumptions.asCompleted(contestant, workers);
    }

    /** Closes the executor. */
    @TearDown
    public void close() {
        consumption.close();
    }

    /**
     * Submits all tasks and takes their results.
     *
     * @throws Exception if a task has failed
     */
    @Benchmark
    public void consume() throws Exception {
        consumption.perform(n, Work.NOTHING);
    }
}
