// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Several threads submit tasks that do nothing, and then ask for all results. The score is for one task. */
public class Submit extends ExecutorCase {
    /** How many tasks all threads submit together. */
    private static final int TASKS = 100_000;

    @Param({"1", "2", "4"})
    int submitters;

    @Param({"1", "2", "4"})
    int workers;

    private Crew crew;

    @Override
    int workers() {
        return workers;
    }

    /** Starts the threads that submit. */
    @Setup
    public void startCrew() {
        crew = new Crew(submitters, this::submitAndAsk);
    }

    /** Ends the threads that submit. */
    @TearDown
    public void endCrew() {
        crew.close();
    }

    /**
     * Submits all tasks and waits for them.
     *
     * @throws Exception if a task was not run
     */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void submitAndAsk() throws Exception {
        crew.perform();
    }

    private void submitAndAsk(int submitter) throws Exception {
        // A new one each time, as users have it: writing to one that is old costs more than some of the tasks.
        Object[] mine = new Object[TASKS / submitters];
        for (int i = 0; i < mine.length; i++) {
            mine[i] = executor.submit(Work.NOTHING);
        }
        for (Object handle : mine) {
            Work.ensureDone(executor.result(handle));
        }
    }
}
