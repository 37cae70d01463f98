// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

/**
 * Writes what was recorded in the trace event format, which ui.perfetto.dev and chrome://tracing read: an executor is a
 * process, a lane a thread of it, a task a complete event.
 */
final class Trace {
    private static final String[] OUTCOMES = {"succeeded", "failed", "cancelled"};

    private final Recorder.View view;
    private final Json json = new Json();

    private Trace(Recorder.View view) {
        this.view = view;
    }

    static String of(Recorder.View view) {
        Trace trace = new Trace(view);
        trace.write();
        return trace.json + "\n";
    }

    private void write() {
        json.beginObject().field("displayTimeUnit", "ms");
        json.name("otherData").beginObject().field("tasks", view.seen());
        json.field("shown", view.spans().size()).endObject();
        json.name("traceEvents").beginArray();
        for (Watched executor : view.executors()) {
            names(executor);
            counters(executor);
        }
        for (Span span : view.spans().all()) {
            task(span);
        }
        json.endArray().endObject();
    }

    /** Numbers of processes and threads begin at 1, since 0 has a meaning of its own for some who read this. */
    private Json event(String phase, int executor, int lane, String name) {
        json.beginObject().field("ph", phase).field("pid", executor + 1).field("tid", lane + 1);
        return json.field("name", name);
    }

    private void names(Watched executor) {
        int index = executor.index();
        event("M", index, -1, "process_name").name("args").beginObject();
        json.field("name", executor.stats().name()).endObject().endObject();
        int lanes = Math.min(executor.lanes().size(), Lanes.MOST_DRAWN);
        for (int number = 0; number < lanes; number++) {
            event("M", index, number, "thread_name").name("args").beginObject();
            json.field("name", executor.label(number)).endObject().endObject();
            event("M", index, number, "thread_sort_index").name("args").beginObject();
            json.field("sort_index", number).endObject().endObject();
        }
    }

    private void counters(Watched executor) {
        for (Series.Point point : executor.series().points()) {
            event("C", executor.index(), -1, "tasks").micros("ts", point.time() * 1_000_000);
            json.name("args").beginObject().field("queued", point.queued());
            json.field("running", point.running()).endObject().endObject();
        }
    }

    private void task(Span span) {
        event("X", span.executor(), span.lane(), span.task().name());
        json.field("cat", OUTCOMES[span.outcome()]);
        json.micros("ts", span.start()).micros("dur", span.run());
        json.name("args").beginObject().field("number", span.id()).micros("waited", span.queued());
        json.field("outcome", OUTCOMES[span.outcome()]);
        json.endObject().endObject();
    }
}
