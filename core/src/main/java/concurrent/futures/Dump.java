// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an executor is doing, as a text for people. Read while it changes, so the parts need not fit each other. */
final class Dump {
    /** Of more tasks that run there is only the number, as of the queued ones below. */
    private static final int MOST_RUNNING = 100;

    private static final int MOST_QUEUED = 20;
    private static final int MOST_STACK_FRAMES = 64;

    /** Of so many futures that a thread waits for, each is told. */
    private static final int MOST_AWAITED = 5;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final Comparator<Queued> OLDEST_FIRST =
            Comparator.comparingLong(Queued::age).reversed();

    private final Engine engine;
    private final ExecutorStats stats;
    private final StringBuilder text = new StringBuilder();

    /** What has been told already. */
    private final Set<Object> told = new HashSet<>();

    /** How many tasks have been found to run. */
    private int found;

    private Dump(Engine engine) {
        this.engine = engine;
        this.stats = ExecutorStats.of(engine);
    }

    static String of(BaseExecutor executor) {
        Dump dump = new Dump(executor.engine());
        dump.line(executor.toString());
        dump.tellStats();
        dump.tellRunning();
        dump.tellQueued();
        return dump.text.toString();
    }

    private void line(String line) {
        text.append(line).append(System.lineSeparator());
    }

    private void tellStats() {
        line("since " + stats.since() + ": " + stats.completed() + " completed, " + stats.failed() + " failed, "
                + stats.cancelled() + " cancelled");
        if (stats.timed() > 0) {
            line(stats.timed() + " timed: in the queue for "
                    + seconds(stats.queueTime().toNanos() / stats.timed()) + " on average, "
                    + seconds(stats.maxQueueTime().toNanos()) + " at most; running for "
                    + seconds(stats.runTime().toNanos() / stats.timed()) + " on average, "
                    + seconds(stats.maxRunTime().toNanos()) + " at most");
        }
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.6f s", (double) nanos / NANOS_PER_SECOND);
    }

    /* ---------------- What runs ---------------- */

    private void tellRunning() {
        line("");
        line("running:");
        Journal journal = engine.watchers.journalOrNull();
        if (journal != null) {
            List<Watch> watched = new ArrayList<>(journal.running);
            watched.sort(Comparator.comparingLong(Watch::id));
            watched.forEach(this::runs);
        }
        engine.inCallers.forEach(this::runs);
        engine.handedOut().forEach(this::runs);
        engine.tellRunning(this);
        tellMore(found - MOST_RUNNING);
    }

    private void runs(Watch watch) {
        WorkItem<?> item = watch.item();
        Seat seat = watch.seat();
        if (item == null || seat == null || !told.add(item)) {
            return;
        }
        Frame frame = item.frame();
        String worker = seat.worker() == null ? "" : " on " + seat.worker();
        String slot = seat.slot() < 0 ? "" : " (slot " + seat.slot() + ")";
        runs("#" + watch.id() + " " + item.name() + ", for " + seconds(watch.runningFor()) + worker + slot, frame);
    }

    /** An item runs, unless it does not. */
    void runs(WorkItem<?> item) {
        Frame frame = item.frame();
        if (frame != null && told.add(item)) {
            runs(item.name() + frame, frame);
        }
    }

    /** A worker runs something, perhaps one of those that have been told; unless it does not. */
    void runs(Worker worker) {
        ThreadFrame frame = worker.turn;
        if (worker.isBusy() && frame != null && !told.contains(frame.thread())) {
            runs("a task" + frame, frame);
        }
    }

    private void runs(String what, @Nullable Frame frame) {
        ThreadFrame here = frame instanceof ThreadFrame threadFrame ? threadFrame : null;
        boolean isFirstOnThread = here == null || told.add(here.thread());
        if (++found > MOST_RUNNING) {
            return;
        }
        Wait wait = here == null ? null : here.runner.currentWait();
        line("  " + what + (wait == null ? "" : ", which waits" + whatFor(wait.awaited())));
        if (here != null && isFirstOnThread) {
            tellStack(here.thread());
        }
    }

    private static String whatFor(Awaited awaited) {
        List<String> futures = new ArrayList<>();
        boolean all = awaited.allMatch(future -> futures.size() < MOST_AWAITED && futures.add(future.toString()));
        if (futures.isEmpty()) {
            return "";
        }
        String quantity = futures.size() == 1 && all ? "" : awaited.needsAll() ? "all of " : "any of ";
        return " for " + quantity + String.join(", ", futures) + (all ? "" : ", …");
    }

    private void tellStack(Thread thread) {
        Arrays.stream(thread.getStackTrace()).limit(MOST_STACK_FRAMES).forEach(each -> line("      at " + each));
    }

    /* ---------------- What is queued ---------------- */

    private void tellQueued() {
        List<WorkItem<?>> oldest = engine.queue.oldestPending(MOST_QUEUED);
        engine.handedOut().stream()
                .filter(WorkItem::isPending)
                .limit(MOST_QUEUED)
                .forEach(oldest::add);
        line("");
        line("queued, the oldest first:");
        oldest.stream().map(Queued::of).sorted(OLDEST_FIRST).limit(MOST_QUEUED).forEach(each -> line("  " + each));
        tellMore(stats.pending() - MOST_QUEUED);
    }

    private void tellMore(long more) {
        if (more > 0) {
            line("  … and " + more + " more");
        }
    }

    /**
     * A task in the queue.
     *
     * @param name its name, with its number if that is known
     * @param age for how long it has been there; the most there can be if nobody looked at a clock then
     */
    private record Queued(String name, long age) {
        static Queued of(WorkItem<?> item) {
            Watch watch = item.watch();
            return watch == null
                    ? new Queued(item.name(), Long.MAX_VALUE)
                    : new Queued("#" + watch.id() + " " + item.name(), watch.age());
        }

        @Override
        public String toString() {
            return age == Long.MAX_VALUE ? name : name + ", for " + seconds(age);
        }
    }
}
