// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import concurrent.futures.ExecutorListener;
import concurrent.futures.ExecutorStats;
import concurrent.futures.FutureExecutor;
import concurrent.futures.TaskEvent;
import concurrent.futures.TaskOutcome;
import concurrent.futures.WorkerEvent;
import concurrent.futures.process.ProcessExecutor;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * An executor that is watched. Its threads count what they do, exactly, and put what is to be drawn or listed into the
 * inboxes of the recorder; they wait for nothing.
 */
final class Watched implements ExecutorListener {
    private final int index;
    private final FutureExecutor executor;
    private final Recorder recorder;
    private final Lanes lanes = new Lanes();
    private final @Nullable Seats seats; // null if slots are workers
    private final LongAdder workersEnded = new LongAdder();
    private final Series series = new Series();
    private ExecutorStats stats; // guarded by the recorder's lock, like all below
    private ExecutorStats told;

    Watched(int index, FutureExecutor executor, Recorder recorder) {
        this.index = index;
        this.executor = executor;
        this.recorder = recorder;
        this.seats = executor instanceof ProcessExecutor ? new Seats() : null;
        this.stats = executor.stats();
        this.told = stats;
    }

    FutureExecutor executor() {
        return executor;
    }

    boolean hasProcesses() {
        return seats != null;
    }

    int index() {
        return index;
    }

    Lanes lanes() {
        return lanes;
    }

    /* ---------------- Told by the executor's threads ---------------- */

    @Override
    public void submitted(TaskEvent event) {
        recorder.tasks().of(event.name()).submitted();
    }

    @Override
    public void started(TaskEvent event) {
        TaskCount task = recorder.tasks().of(event.name());
        task.started();
        String worker = event.worker();
        // A process has a lane of its own, as it runs one task at a time.
        Lane lane = lanes.of(seats == null || worker == null ? event.slot() : seats.of(worker));
        if (lane != null) {
            lane.started(event, task);
        }
    }

    private int laneOfEnded(TaskEvent event) {
        String worker = event.worker();
        if (event.started() == 0) {
            return -1;
        }
        return seats == null || worker == null ? event.slot() : seats.ofFormer(worker);
    }

    private int number(WorkerEvent event) {
        return seats == null ? event.slot() : seats.of(event.worker());
    }

    @Override
    public void finished(TaskEvent event) {
        TaskCount task = recorder.tasks().of(event.name());
        boolean hadStarted = event.started() != 0;
        long run = hadStarted ? Math.max(0, event.ended() - event.started()) : 0;
        int outcome = code(event.outcome());
        task.ended(outcome, hadStarted, run);
        int number = laneOfEnded(event);
        Lane lane = lanes.of(number);
        int depth = lane == null ? 0 : lane.finished(event, outcome);
        if (hadStarted || outcome == Span.FAILED) {
            recorder.ended(this, number, depth, task, event);
        }
    }

    @Override
    public void workerStarted(WorkerEvent event) {
        Lane lane = lanes.of(number(event));
        if (lane != null) {
            lane.workerStarted(event.worker());
        }
    }

    @Override
    public void workerEnded(WorkerEvent event) {
        workersEnded.increment();
        Lane lane = lanes.of(number(event));
        if (seats != null) {
            seats.leave(event.worker());
        }
        if (lane != null && event.worker().equals(lane.worker())) {
            lane.workerEnded();
        }
    }

    static int code(@Nullable TaskOutcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> Span.SUCCEEDED;
            case FAILED -> Span.FAILED;
            case CANCELLED -> Span.CANCELLED;
            case null -> Span.CANCELLED;
        };
    }

    /* ---------------- Asked by the recorder ---------------- */

    /** Looks at the executor. */
    void look() {
        stats = executor.stats();
    }

    /** Adds what has been done since the last point. */
    Series.Point point(long time, long width) {
        Series.Point point = new Series.Point(
                time,
                width,
                Math.max(0, stats.completed() - told.completed()),
                Math.max(0, stats.failed() - told.failed()),
                stats.pending(),
                stats.running());
        told = stats;
        series.add(point);
        return point;
    }

    ExecutorStats stats() {
        return stats;
    }

    Series series() {
        return series;
    }

    long workersEnded() {
        return workersEnded.sum();
    }
}
