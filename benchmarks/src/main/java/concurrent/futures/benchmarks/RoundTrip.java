// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A thread submits one task and waits for its result, back to back or after a pause.
 *
 * <p>With pauses there are so few calls in a second that the compiler is at work for longer than elsewhere, and takes a
 * core for milliseconds each time. So the warm-up is longer.
 */
@BenchmarkMode(Mode.SampleTime)
@Warmup(iterations = 8, time = 2)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RoundTrip extends ExecutorCase {
    @Param({Gap.NONE, Gap.IDLE, Gap.BUSY})
    String gap;

    @Param("2")
    int workers;

    @Override
    int workers() {
        return workers;
    }

    /** Makes the pause, which is not measured. */
    @Setup(Level.Invocation)
    public void pause() {
        Gap.pause(gap);
    }

    /**
     * Submits a task and waits for it.
     *
     * @throws Exception if the task was not run
     */
    @Benchmark
    public void submitAndAsk() throws Exception {
        Work.ensureDone(executor.result(executor.submit(Work.NOTHING)));
    }
}
