// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import concurrent.futures.ExecutorListener;
import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.TaskEvent;
import concurrent.futures.ThreadExecutor;
import java.util.concurrent.atomic.LongAdder;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What it costs to watch an executor: a thread submits tasks that do nothing, and asks for all results. The score is for
 * one.
 */
public class SubmitWatched extends Case {
    private static final int TASKS = 100_000;
    private static final int WORKERS = 2;

    @Param({Contestants.FUTURES, "listener", "Flight Recorder", "Flight Recorder, not of tasks"})
    String contestant;

    private FutureExecutor executor;
    private final LongAdder steps = new LongAdder();
    private @Nullable Recording recording;

    /** Opens the executor, and whatever watches it. */
    @Setup
    public void openExecutor() {
        if (contestant.startsWith("Flight Recorder")) {
            recording = new Recording();
            if (contestant.equals("Flight Recorder")) {
                recording.enable("concurrent.futures.Task");
            }
            recording.start();
        }
        executor = new ThreadExecutor(WORKERS);
        if (contestant.equals("listener")) {
            executor.addListener(new Counting());
        }
    }

    /** Closes the executor. */
    @TearDown
    public void closeExecutor() {
        executor.close();
        if (recording != null) {
            recording.close();
        }
    }

    /** Counts the steps of all tasks. */
    private final class Counting implements ExecutorListener {
        @Override
        public void submitted(TaskEvent task) {
            steps.increment();
        }

        @Override
        public void started(TaskEvent task) {
            steps.increment();
        }

        @Override
        public void finished(TaskEvent task) {
            steps.increment();
        }
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
            mine[i] = executor.submit(Work.NOTHING);
        }
        for (Future<?> each : mine) {
            Work.ensureDone(each.result());
        }
    }
}
