// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import org.jspecify.annotations.Nullable;

/**
 * A task that has ended, as it is drawn. Times are nanoseconds, the start since the monitor began.
 *
 * @param executor the number of its executor
 * @param lane the row where it is drawn
 * @param depth how many tasks it interrupted on its worker, which ran it while it waited
 * @param task its name, and what is counted of that
 * @param id the number that its executor gave it
 * @param start when it began to run
 * @param run how long it ran
 * @param queued how long it was queued
 * @param outcome one of {@link #SUCCEEDED}, {@link #FAILED}, {@link #CANCELLED}
 * @param worker the name of its worker
 * @param failure its exception; null unless it failed and is looked at soon
 */
record Span(
        int executor,
        int lane,
        int depth,
        TaskCount task,
        long id,
        long start,
        long run,
        long queued,
        int outcome,
        @Nullable String worker,
        @Nullable Throwable failure) {
    static final int SUCCEEDED = 0;
    static final int FAILED = 1;
    static final int CANCELLED = 2;

    private static final double UNIT = 0x1.0p-53;

    /** The same without its exception, which may hold on to much. */
    Span withoutFailure() {
        return failure == null
                ? this
                : new Span(executor, lane, depth, task, id, start, run, queued, outcome, worker, null);
    }

    /** A number between 0 and 1 that looks like chance, and is the same whenever one asks. */
    static double lot(long id) {
        long mixed = (id + 1) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
        return ((mixed ^ mixed >>> 32) >>> 11) * UNIT;
    }

    void write(Json json) {
        json.beginArray().value(executor).value(lane).value(task.index());
        json.value(start / 1000).value(run / 1000).value(queued / 1000);
        json.value(outcome).value(id);
        if (depth > 0) {
            json.value(depth);
        }
        json.endArray();
    }
}
