// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import java.util.concurrent.atomic.LongAdder;

/** What is counted, exactly, of the tasks of one name. Any thread adds, and none waits for another one. */
final class TaskCount {
    private final int index;
    private final String name;
    private final LongAdder submitted = new LongAdder();
    private final LongAdder started = new LongAdder();
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder neverStarted = new LongAdder();
    private final LongAdder runNanos = new LongAdder();

    TaskCount(int index, String name) {
        this.index = index;
        this.name = name;
    }

    int index() {
        return index;
    }

    String name() {
        return name;
    }

    void submitted() {
        submitted.increment();
    }

    void started() {
        started.increment();
    }

    /** A task has ended. */
    void ended(int outcome, boolean hadStarted, long nanos) {
        (outcome == Span.SUCCEEDED ? succeeded : outcome == Span.FAILED ? failed : cancelled).increment();
        if (hadStarted) {
            runNanos.add(nanos);
        } else {
            neverStarted.increment();
        }
    }

    void write(Json json) {
        // What is counted last is read first, so that no task is seen to end before it began.
        long unstarted = neverStarted.sum();
        long done = succeeded.sum();
        long bad = failed.sum();
        long stopped = cancelled.sum();
        long begun = started.sum();
        long ended = done + bad + stopped - unstarted;
        json.beginObject().field("name", name).field("done", done).field("failed", bad);
        json.field("cancelled", stopped).field("finished", ended);
        json.field("running", Math.max(0, begun - ended));
        json.field("queued", Math.max(0, submitted.sum() - begun - unstarted));
        json.field("mean", ended > 0 ? runNanos.sum() / 1000.0 / ended : -1.0).endObject();
    }
}
