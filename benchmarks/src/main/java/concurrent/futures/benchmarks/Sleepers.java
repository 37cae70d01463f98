// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import concurrent.futures.VirtualThreadExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Very many tasks that only sleep, on virtual threads, a bounded number at a time. The score is for all of them. */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Sleepers extends Case {
    private static final String PERMIT_IN_SUBMITTER = "virtual threads permit in submitter";
    private static final String PERMIT_IN_TASK = "virtual threads permit in task";

    @Param({Contestants.FUTURES_VIRTUAL, PERMIT_IN_SUBMITTER, PERMIT_IN_TASK})
    String contestant;

    @Param("100000")
    int n;

    /** How many tasks sleep at the same time. */
    @Param("10000")
    int workers;

    /** How many milliseconds a task sleeps. */
    @Param("10")
    int work;

    private Contestant executor;
    private Object[] handles;

    /** Opens the executor. */
    @Setup
    public void open() {
        handles = new Object[n];
        executor = switch (contestant) {
            case Contestants.FUTURES_VIRTUAL -> new FuturesContestant(new VirtualThreadExecutor(workers));
            case PERMIT_IN_SUBMITTER -> new VirtualThreadsContestant(workers, /* submitsWait= */ true);
            case PERMIT_IN_TASK -> new VirtualThreadsContestant(workers, /* submitsWait= */ false);
            default -> throw new IllegalArgumentException("no such contestant: " + contestant);
        };
    }

    /** Closes the executor. */
    @TearDown
    public void close() {
        executor.close();
    }

    /**
     * Submits all tasks and waits for them.
     *
     * @throws Exception if a task has failed
     */
    @Benchmark
    public void submitAndAsk() throws Exception {
        for (int i = 0; i < handles.length; i++) {
            handles[i] = executor.submit(() -> {
                Thread.sleep(work);
                return Work.DONE;
            });
        }
        for (Object handle : handles) {
            Work.ensureDone(executor.result(handle));
        }
    }
}
