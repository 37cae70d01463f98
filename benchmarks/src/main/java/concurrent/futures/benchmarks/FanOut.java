// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Many futures in flight, of which those that are done are taken again and again. The score is for all of them. */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class FanOut extends Case {
    @Param({
        Contestants.FUTURES,
        Contestants.COMPLETABLE_ON_FORK_JOIN,
        Contestants.COMPLETABLE_ON_THREAD_POOL,
        Consumptions.SERVICE_ON_FORK_JOIN,
        Consumptions.SERVICE_ON_THREAD_POOL
    })
    String contestant;

    @Param("10000")
    int n;

    /** How many microseconds a task takes. */
    @Param({"0", "10"})
    int work;

    @Param("2")
    int workers;

    private Consumption consumption;
    private Callable<Integer> task;

    /** Opens the executor. */
    @Setup
    public void open() {
        consumption = Consumptions.firstCompleted(contestant, workers);
        task = () -> {
            Work.burn(work);
            return Work.DONE;
        };
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
    public void untilAllDone() throws Exception {
        consumption.perform(n, task);
    }
}
