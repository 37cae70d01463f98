// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Who watches an executor, and what is counted even if nobody does. */
final class Watchers {
    /*
     * Overview
     * --------
     * Whoever submits looks whether anybody watches, and only then makes an item that tells of its steps, through a
     * Watch of its own. That keeps the audience of the moment, so each listener hears of a task from its submission to
     * its end, or not at all. Nobody looks at a clock for any other item.
     *
     * What has failed or was cancelled is counted on those ways alone, so that success costs nothing.
     */
    /** When the executor was created, by the clock of the wall. */
    final long bornMillis = System.currentTimeMillis();

    /** How many bodies have ended, those aside that the workers of a pool count themselves. */
    final LongAdder completed = new LongAdder();

    final LongAdder failed = new LongAdder();
    final LongAdder cancelled = new LongAdder();

    private final String executor;

    /** Held while the fields below are changed. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Those who listen; null if nobody does. Replaced, never changed. Written under the lock. */
    private volatile Hearing @Nullable [] audience;

    /** Null before anybody has watched. Written once, under the lock. */
    private volatile @Nullable Journal journal;

    Watchers(String executor) {
        this.executor = executor;
        Flight.look();
    }

    String executor() {
        return executor;
    }

    /** Whether somebody wants to know of what is submitted now. */
    boolean isWatched() {
        return audience != null || Flight.isOn();
    }

    /** What tells of a task that is submitted now; null if nobody wants to know. */
    @Nullable
    Watch newWatch() {
        Hearing[] present = audience;
        return present != null || Flight.isOn() ? new Watch(this, journal(), present) : null;
    }

    @Nullable
    Journal journalOrNull() {
        return journal;
    }

    private Journal journal() {
        Journal seen = journal;
        return seen == null ? openJournal() : seen;
    }

    private Journal openJournal() {
        lock.lock();
        try {
            Journal seen = journal;
            if (seen == null) {
                seen = new Journal();
                journal = seen;
            }
            return seen;
        } finally {
            lock.unlock();
        }
    }

    /* ---------------- Listeners ---------------- */

    /** The time for which a listener listens. */
    final class Hearing implements ExecutorListener.Registration {
        /** Null once this is closed: tasks that are queued keep the registration until they have ended. */
        private volatile @Nullable ExecutorListener listener;

        private Hearing(ExecutorListener listener) {
            this.listener = listener;
        }

        @Override
        public void close() {
            listener = null;
            remove(this);
        }
    }

    ExecutorListener.Registration add(ExecutorListener listener) {
        Hearing added = new Hearing(listener);
        lock.lock();
        try {
            Hearing[] before = audience;
            Hearing[] more = before == null ? new Hearing[1] : Arrays.copyOf(before, before.length + 1);
            more[more.length - 1] = added;
            audience = more;
        } finally {
            lock.unlock();
        }
        return added;
    }

    private void remove(Hearing removed) {
        lock.lock();
        try {
            Hearing[] before = audience;
            if (before != null) {
                Hearing[] fewer =
                        Arrays.stream(before).filter(each -> each != removed).toArray(Hearing[]::new);
                audience = fewer.length == 0 ? null : fewer;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The one place that calls listeners; whatever they throw ends here. */
    static <E> void tell(Hearing @Nullable [] audience, BiConsumer<ExecutorListener, E> step, E event) {
        if (audience == null) {
            return;
        }
        Inheritance outer = Inheritance.suspend();
        try {
            for (Hearing each : audience) {
                ExecutorListener listener = each.listener;
                if (listener != null) {
                    tell(listener, step, event);
                }
            }
        } finally {
            Inheritance.resume(outer);
        }
    }

    private static <E> void tell(ExecutorListener listener, BiConsumer<ExecutorListener, E> step, E event) {
        try {
            step.accept(listener, event);
        } catch (Throwable thrown) {
            // Not the event: its text has that of the user's exception, which may fail as well.
            Log.error("a listener to an executor failed to hear of one of its tasks or workers", thrown);
        }
    }

    /* ---------------- Workers ---------------- */

    /** A worker begins, on this thread or elsewhere. */
    void workerStarted(String worker, int slot) {
        tellOfWorker(worker, slot, /* started= */ true);
    }

    void workerEnded(String worker, int slot) {
        tellOfWorker(worker, slot, /* started= */ false);
    }

    /** Never throws: a worker that begins or ends has more to do than to tell of it, though there may be no memory. */
    private void tellOfWorker(String worker, int slot, boolean started) {
        try {
            Hearing[] present = audience;
            boolean recorded = Flight.isOnForWorkers();
            if (present != null || recorded) {
                WorkerEvent event = new WorkerEvent(executor, worker, slot);
                if (recorded) {
                    Flight.record(event, started);
                }
                tell(present, started ? ExecutorListener::workerStarted : ExecutorListener::workerEnded, event);
            }
        } catch (Throwable thrown) {
            Log.error("failed to tell of a worker of an executor", thrown);
        }
    }

    /* ---------------- Tasks that are not run ---------------- */

    /** An item has been cancelled, or its time was over, before it was run. */
    void withdrawn(WorkItem<?> item) {
        if (item.isCancelled()) {
            cancelled.increment();
        }
        item.wasRun(null);
    }

    /** An item has been run, and nobody is to hear of its outcome, because the future was done before. */
    void tooLate(WorkItem<?> item, Object outcome) {
        if (outcome instanceof Failed failure) {
            failure.uncount(this);
        }
        if (item.isCancelled()) {
            cancelled.increment();
        } else if (item.word() instanceof Overdue overdue) {
            // Its time was over when the item had let go of the executor already.
            overdue.count(this);
        }
    }
}
