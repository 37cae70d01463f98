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
    private static final System.Logger LOG = System.getLogger("concurrent.futures");

    private final int index;
    private final boolean hasProcesses;
    private final Recorder recorder;
    private final Lanes lanes;
    private final Seating seating;
    private final LongAdder workersEnded = new LongAdder();
    private final Series series = new Series();
    private final TaskCount total = new TaskCount(/* index= */ 0, "all");
    private final ExecutorStats before;
    private @Nullable FutureExecutor executor; // null in the end; guarded by the recorder's lock, like all below
    private ExecutorStats stats;
    private ExecutorStats told;

    Watched(int index, FutureExecutor executor, Recorder recorder) {
        this.index = index;
        this.executor = executor.unwrapped();
        this.hasProcesses = this.executor instanceof ProcessExecutor;
        this.recorder = recorder;
        this.seating = Seating.of(this.executor);
        this.lanes = new Lanes(/* sentAhead= */ hasProcesses);
        this.before = executor.stats();
        this.stats = before;
        this.told = stats;
    }

    boolean hasProcesses() {
        return hasProcesses;
    }

    int index() {
        return index;
    }

    Lanes lanes() {
        return lanes;
    }

    /** What a lane is called. */
    String label(int number) {
        String label = seating.label(number);
        Lane lane = lanes.peek(number);
        return label != null ? label : lane == null ? "#" + number : lane.label(number);
    }

    /* ---------------- Told by the executor's threads ---------------- */

    @Override
    public void submitted(TaskEvent event) {
        total.submitted();
        recorder.tasks().of(event.name()).submitted();
    }

    @Override
    public void started(TaskEvent event) {
        total.started();
        TaskCount task = recorder.tasks().of(event.name());
        task.started();
        Lane lane = lanes.of(seating.begun(event));
        if (lane != null) {
            lane.started(event, task);
        }
    }

    @Override
    public void finished(TaskEvent event) {
        TaskCount task = recorder.tasks().of(event.name());
        boolean hadStarted = event.started() != 0;
        int number = hadStarted ? seating.ended(event) : -1;
        Lane lane = lanes.of(number);
        long begin = lane == null ? event.started() : lane.begin(event.started());
        int outcome = code(event.outcome());
        long run = hadStarted ? Math.max(0, event.ended() - begin) : 0;
        task.ended(outcome, hadStarted, run);
        total.ended(outcome, hadStarted, run);
        int depth = lane == null ? 0 : lane.finished(event, begin, outcome);
        if (hadStarted || outcome == Span.FAILED) {
            recorder.ended(this, number, depth, task, event, hadStarted ? begin : event.ended());
        }
    }

    @Override
    public void workerStarted(WorkerEvent event) {
        Lane lane = lanes.of(seating.come(event));
        if (lane != null) {
            lane.workerStarted(event.worker());
        }
    }

    @Override
    public void workerEnded(WorkerEvent event) {
        workersEnded.increment();
        for (int number : seating.gone(event)) {
            Lane lane = lanes.of(number);
            if (lane != null && event.worker().equals(lane.worker())) {
                lane.workerEnded();
            }
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

    /** Looks at the executor, unless it fails to tell. */
    void look() {
        FutureExecutor seen = executor;
        if (seen != null) {
            try {
                stats = seen.stats();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "an executor does not tell its statistics", e);
            }
        }
    }

    /** Keeps what is known, but neither the executor nor the futures of what it runs. */
    void letGo() {
        executor = null;
        lanes.letGo();
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

    /** What the executor had done when the monitor began. */
    ExecutorStats before() {
        return before;
    }

    /** What has become of the tasks that were submitted since. */
    TaskCount total() {
        return total;
    }

    Series series() {
        return series;
    }

    long workersEnded() {
        return workersEnded.sum();
    }
}
