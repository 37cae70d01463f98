// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import concurrent.futures.ExecutorStats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what was recorded as the page reads it; model.js tells of the form. */
final class Message {
    private static final int MOST_RUNNING = 300; // those beyond can hardly be seen
    private static final Comparator<Place> LONGEST_FIRST = Comparator.comparingLong(Place::begin);

    private final Recorder.View view;
    private final Json json = new Json();

    /** A task that runs, where, and since when. */
    private record Place(int executor, int lane, Lane.Running running, long begin) {}

    private Message(Recorder.View view) {
        this.view = view;
    }

    /** All there is. A page that may act has a token for that. */
    static String whole(Recorder.View view, boolean live, @Nullable String token) {
        Message message = new Message(view);
        message.json
                .beginObject()
                .field("reset", true)
                .field("title", view.title())
                .field("live", live);
        message.json.field("token", token);
        message.numbers();
        message.lists();
        message.json.name("spans").beginArray();
        view.spans().all().forEach(span -> span.write(message.json));
        message.json.endArray().name("points").beginArray();
        for (Watched executor : view.executors()) {
            executor.series().points().forEach(point -> point.write(message.json, executor.index()));
        }
        message.json.endArray();
        return message.end();
    }

    /** What has come in a tick, with the lists if they have changed. */
    static String update(Recorder.View view, Recorder.Tick tick, boolean lists) {
        Message message = new Message(view);
        message.json.beginObject();
        message.numbers();
        if (lists) {
            message.lists();
        }
        message.json.name("spans").beginArray();
        tick.spans().forEach(span -> span.write(message.json));
        message.json.endArray().name("points").beginArray();
        for (int i = 0; i < tick.points().size(); i++) {
            tick.points().get(i).write(message.json, i);
        }
        message.json.endArray();
        return message.end();
    }

    /** Names come last: those to which something before refers are there by then. */
    private String end() {
        json.name("names").beginArray();
        view.tasks().forEach(task -> task.write(json));
        return json.endArray().endObject().toString();
    }

    /* ---------------- What changes all the time ---------------- */

    private void numbers() {
        json.field("now", (view.now() - view.begin()) / 1000);
        json.field("seen", view.seen());
        json.name("executors").beginArray();
        view.executors().forEach(this::executor);
        json.endArray();
        running();
    }

    private void executor(Watched executor) {
        ExecutorStats stats = executor.stats();
        ExecutorStats before = executor.before();
        json.beginObject().field("name", stats.name());
        json.field("max", stats.maxWorkers()).field("live", stats.liveWorkers());
        json.field("running", stats.running()).field("queued", stats.pending());
        json.field("timed", stats.timed() - before.timed());
        json.field("runTotal", stats.runTime().minus(before.runTime()).toNanos() / 1000);
        json.field("waitTotal", stats.queueTime().minus(before.queueTime()).toNanos() / 1000);
        json.name("total");
        executor.total().write(json);
        json.field("ended", executor.workersEnded());
        int lanes = rows(executor);
        json.field("hidden", Math.max(0, executor.lanes().size() - lanes));
        json.name("lanes").beginArray();
        for (int lane = 0; lane < lanes; lane++) {
            json.value(executor.label(lane));
        }
        json.endArray().name("workers").beginArray();
        for (int lane = 0; lane < lanes; lane++) {
            worker(executor, lane);
        }
        json.endArray().endObject();
    }

    /** As many rows as there may be workers, if those are few, so that none seems to be missing. */
    private static int rows(Watched executor) {
        int used = executor.lanes().size();
        int most = executor.stats().maxWorkers();
        return Math.min(Lanes.MOST_DRAWN, most <= Lanes.MOST_DRAWN / 4 ? Math.max(used, most) : used);
    }

    private void worker(Watched executor, int number) {
        Lane lane = executor.lanes().peek(number);
        json.beginObject().field("name", executor.label(number));
        Lane.Running running = lane == null ? null : lane.running();
        json.field("up", lane != null && lane.isUp());
        json.field("ended", lane != null && lane.hasEnded() ? "ended" : null);
        json.field("task", running == null ? -1 : running.task().index());
        json.field(
                "start", lane == null || running == null ? 0 : (lane.begin(running.started()) - view.begin()) / 1000);
        json.field("done", lane == null ? 0 : lane.done()).field("failed", lane == null ? 0 : lane.failed());
        double elapsed = Math.max(1, view.now() - view.begin());
        json.field("busy", lane == null ? 0.0 : lane.busyNanos(view.now()) / elapsed);
        Processes.Info process = lane == null ? null : view.processes().of(lane.worker());
        json.field("pid", process == null ? 0 : process.pid());
        json.field("memory", process == null ? 0 : process.memory());
        json.endObject();
    }

    private void running() {
        List<Place> places = new ArrayList<>();
        for (Watched executor : view.executors()) {
            for (int number = 0; number < executor.lanes().size(); number++) {
                Lane lane = executor.lanes().peek(number);
                if (lane != null) {
                    addRunning(executor, number, lane, places);
                }
            }
        }
        places.sort(LONGEST_FIRST);
        json.name("running").beginArray();
        places.stream().limit(MOST_RUNNING).forEach(this::running);
        json.endArray();
    }

    private static void addRunning(Watched executor, int number, Lane lane, List<Place> places) {
        for (Lane.Running each = lane.running(); each != null; each = each.outer()) {
            places.add(new Place(executor.index(), number, each, lane.begin(each.started())));
        }
    }

    private void running(Place place) {
        Lane.Running task = place.running;
        json.beginObject().field("executor", place.executor).field("lane", place.lane);
        json.field("task", task.task().index()).field("id", task.id());
        json.field("start", (place.begin - view.begin()) / 1000);
        json.field("wait", Math.max(0, task.started() - task.submitted()) / 1000);
        if (place.lane >= Lanes.MOST_DRAWN) {
            json.field("worker", task.worker());
        }
        json.endObject();
    }

    /* ---------------- What changes now and then ---------------- */

    private void lists() {
        json.name("slowest").beginArray();
        for (Span span : view.slowest()) {
            json.beginObject()
                    .field("executor", span.executor())
                    .field("task", span.task().index());
            json.field("id", span.id()).field("worker", span.worker()).field("run", span.run() / 1000);
            json.field("wait", span.queued() / 1000)
                    .field("outcome", span.outcome())
                    .endObject();
        }
        json.endArray().name("failures").beginArray();
        view.failures().forEach(failure -> failure.write(json));
        json.endArray();
    }
}
