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
 * A thread submits some tasks at a time, and waits for them, with pauses in between. The score is for a burst.
 *
 * <p>With pauses there are so few calls in a second that the compiler is at work for longer than elsewhere, and takes a
 * core for milliseconds each time. So the warm-up is longer.
 */
@BenchmarkMode(Mode.SampleTime)
@Warmup(iterations = 8, time = 2)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Burst extends ExecutorCase {
    @Param(Gap.IDLE)
    String gap;

    @Param("100")
    int n;

    @Param("2")
    int workers;

    private Object[] handles;

    @Override
    int workers() {
        return workers;
    }

    /** Makes room for a burst. */
    @Setup
    public void allocate() {
        handles = new Object[n];
    }

    /** Makes the pause, which is not measured. */
    @Setup(Level.Invocation)
    public void pause() {
        Gap.pause(gap);
    }

    /**
     * Submits a burst and waits for it.
     *
     * @throws Exception if a task was not run
     */
    @Benchmark
    public void submitAndAsk() throws Exception {
        for (int i = 0; i < handles.length; i++) {
            handles[i] = executor.submit(Work.NOTHING);
        }
        for (Object handle : handles) {
            Work.ensureDone(executor.result(handle));
        }
    }
}
