// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import concurrent.futures.ExecutorListener;
import concurrent.futures.FutureExecutor;
import concurrent.futures.TaskEvent;
import concurrent.futures.TaskOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Records what executors do, in memory that is bounded however long it lasts and however much happens. */
final class Recorder implements AutoCloseable {
    /*
     * Overview
     * --------
     * Threads that run tasks count, in adders, and put a few of the tasks into inboxes:
     *
     *     tasks --Sampler--> spans inbox    --+
     *           --Slowest--> slowest inbox  --+-- tick() --> Spans, Slowest, failures, a point for each Series
     *           --failed --> failures inbox --+
     *
     * An inbox that is full takes no more until the next tick, four times a second. So a thread waits for nothing, and
     * the work for what is kept, such as the text of exceptions, is that of the ticker. What the ticker keeps is guarded
     * by the lock, which no thread of an executor ever takes.
     */
    static final long TICK_MILLIS = 250;

    /** Counting what is queued takes time if it is much: this is the share of the time that may be spent so. */
    private static final int SHARE_OF_LOOKS = 50;

    private static final long LONGEST_UNSEEN = TimeUnit.SECONDS.toNanos(5);

    private static final int SPANS_IN_A_TICK = 1_000;
    private static final int MOST_FAILURES = 20;
    private static final int MOST_RECENT = 16_384;
    private static final int MOST_EARLIER = 65_536;

    private final String title;
    private final long begin = System.nanoTime();
    private final TaskCounts tasks = new TaskCounts();
    private final List<Watched> executors = new ArrayList<>();
    private final List<ExecutorListener.Registration> registrations = new ArrayList<>();

    private final LongAdder seen = new LongAdder();
    private final Sampler sampler = new Sampler(SPANS_IN_A_TICK);
    private final Inbox<Span> newSpans = new Inbox<>(2 * SPANS_IN_A_TICK);
    private final Inbox<Span> newSlowest = new Inbox<>(4 * SPANS_IN_A_TICK);
    private final Inbox<Span> newFailures = new Inbox<>(10 * MOST_FAILURES);
    private final LongAdder wished = new LongAdder();

    private final ReentrantLock lock = new ReentrantLock();

    // All below are guarded by the lock.
    private final Spans spans = new Spans(MOST_RECENT, MOST_EARLIER);
    private final Slowest slowest = new Slowest();
    private final Processes processes = new Processes();
    private final ArrayDeque<Failure> failures = new ArrayDeque<>();
    private long version; // of what is slowest and what failed
    private long lastPoint;
    private long nextLook = begin;
    private long wishedBefore;
    private long frozen = -1; // when the recording ended

    Recorder(String title, List<FutureExecutor> watched) {
        this.title = title;
        for (FutureExecutor executor : watched) {
            executors.add(new Watched(executors.size(), executor, this));
        }
        try {
            for (Watched executor : executors) {
                registrations.add(watched.get(executor.index()).addListener(executor));
            }
        } catch (RuntimeException | Error e) {
            registrations.forEach(ExecutorListener.Registration::close);
            throw e;
        }
    }

    /** What there is to tell of a tick. */
    record Tick(List<Span> spans, List<Series.Point> points) {}

    /* ---------------- On the threads of executors ---------------- */

    TaskCounts tasks() {
        return tasks;
    }

    /** A task has ended that had started then, or has failed at once, on that lane, inside of so many others. */
    void ended(Watched executor, int lane, int depth, TaskCount task, TaskEvent event, long start) {
        boolean hadStarted = event.started() != 0;
        long run = Math.max(0, event.ended() - start);
        if (hadStarted) {
            seen.increment();
        }
        boolean sampled = hadStarted && lane >= 0 && lane < Lanes.MOST_DRAWN && sample(event.id(), run);
        boolean slow = hadStarted && slowest.takes(run) && newSlowest.hasRoom();
        boolean failed = event.outcome() == TaskOutcome.FAILED && newFailures.hasRoom();
        if (!sampled && !slow && !failed) {
            return;
        }
        Span span = span(executor, lane, depth, task, event, start);
        if (failed) {
            newFailures.put(span);
        }
        Span light = span.withoutFailure();
        if (sampled) {
            newSpans.put(light);
        }
        if (slow) {
            newSlowest.put(light);
        }
    }

    private boolean sample(long id, long run) {
        if (!sampler.takes(id, run)) {
            return false;
        }
        wished.increment();
        return newSpans.hasRoom();
    }

    private Span span(Watched executor, int lane, int depth, TaskCount task, TaskEvent event, long start) {
        return new Span(
                executor.index(),
                lane,
                depth,
                task,
                event.id(),
                start - begin,
                event.ended() - start,
                Math.max(0, start - event.submitted()),
                Watched.code(event.outcome()),
                event.worker(),
                event.exception());
    }

    /* ---------------- On the ticker's thread ---------------- */

    /** Takes in what has come, and tells of it while nothing else changes or is told. */
    void tick(BiConsumer<View, Tick> teller) {
        tick(/* thorough= */ false, teller);
    }

    /** As the other one, and whether it looks at the executors even if that is dear. */
    void tick(boolean thorough, BiConsumer<View, Tick> teller) {
        List<Failure> texts = newFailures();
        lock.lock();
        try {
            if (frozen < 0) {
                Tick tick = takeIn(thorough, texts);
                teller.accept(view(), tick);
            }
        } finally {
            lock.unlock();
        }
    }

    private Tick takeIn(boolean thorough, List<Failure> texts) {
        List<Span> fresh = new ArrayList<>();
        newSpans.drain(fresh::add);
        fresh.forEach(spans::add);
        long wishes = wished.sum();
        sampler.adapt((int) Math.min(Integer.MAX_VALUE, wishes - wishedBefore));
        wishedBefore = wishes;
        newSlowest.drain(span -> {
            if (slowest.add(span)) {
                version++;
            }
        });
        addFailures(texts);
        return new Tick(fresh, points(thorough));
    }

    /** The latest failures as texts. Exceptions make these, which may take any time, so no lock is held. */
    private List<Failure> newFailures() {
        ArrayDeque<Span> latest = new ArrayDeque<>();
        newFailures.drain(span -> {
            latest.add(span);
            if (latest.size() > MOST_FAILURES) {
                latest.remove();
            }
        });
        return latest.stream().map(Failure::of).toList();
    }

    private void addFailures(List<Failure> texts) {
        for (Failure failure : texts) {
            failures.addFirst(failure);
            version++;
        }
        while (failures.size() > MOST_FAILURES) {
            failures.removeLast();
        }
    }

    /** Looks at the executors, and tells what they have done since the last look; nothing if it is too early. */
    private List<Series.Point> points(boolean thorough) {
        long now = System.nanoTime();
        if (!thorough && now - nextLook < 0) {
            return List.of();
        }
        executors.forEach(Watched::look);
        if (executors.stream().anyMatch(Watched::hasProcesses)) {
            processes.refresh(now);
        }
        long after = System.nanoTime();
        nextLook = after + Math.min((after - now) * SHARE_OF_LOOKS, LONGEST_UNSEEN);
        long time = (after - begin) / 1_000_000;
        long width = Math.max(1, time - lastPoint);
        lastPoint = time;
        return executors.stream().map(each -> each.point(time, width)).toList();
    }

    /** Ends the recording. What was recorded stays. */
    @Override
    public void close() {
        registrations.forEach(ExecutorListener.Registration::close);
        List<Failure> texts = newFailures();
        lock.lock();
        try {
            if (frozen < 0) {
                takeIn(/* thorough= */ true, texts);
                frozen = System.nanoTime();
                executors.forEach(Watched::letGo);
            }
        } finally {
            lock.unlock();
        }
    }

    /* ---------------- For those who tell ---------------- */

    /** Lets somebody read while nothing changes. */
    void read(Consumer<View> reader) {
        lock.lock();
        try {
            reader.accept(view());
        } finally {
            lock.unlock();
        }
    }

    private View view() {
        return new View(
                title,
                begin,
                frozen < 0 ? System.nanoTime() : frozen,
                executors,
                tasks.all(),
                spans,
                slowest.spans(),
                processes,
                List.copyOf(failures),
                version,
                seen.sum(),
                /* live= */ frozen < 0);
    }

    /** What was recorded. Valid while it is read. Times are those of {@link System#nanoTime()}. */
    record View(
            String title,
            long begin,
            long now,
            List<Watched> executors,
            List<TaskCount> tasks,
            Spans spans,
            List<Span> slowest,
            Processes processes,
            List<Failure> failures,
            long version,
            long seen,
            boolean live) {}

    Watched executor(int index) {
        return executors.get(index);
    }

    int size() {
        return executors.size();
    }
}
