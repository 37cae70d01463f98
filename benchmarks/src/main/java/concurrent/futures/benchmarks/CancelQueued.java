// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A thread submits tasks and cancels each at once, while the only worker is busy. The score is for one task. */
public class CancelQueued extends ExecutorCase {
    private static final int TASKS = 1_000_000;

    private Blocker blocker;

    @Override
    int workers() {
        return 1;
    }

    /**
     * Occupies the worker.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    @Setup(Level.Invocation)
    public void block() throws InterruptedException {
        blocker = new Blocker(executor);
    }

    /**
     * Gives the worker back.
     *
     * @throws Exception if a task after the cancelled ones was not run
     */
    @TearDown(Level.Invocation)
    public void release() throws Exception {
        blocker.release();
    }

    /** Submits and cancels. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void submitAndCancel() {
        for (int i = 0; i < TASKS; i++) {
            if (!executor.cancel(executor.submit(Work.NOTHING))) {
                throw new AssertionError("a task that was queued could not be cancelled");
            }
        }
    }
}
