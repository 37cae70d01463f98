// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import concurrent.futures.BrokenExecutorException;
import concurrent.futures.WorkItem;
import concurrent.futures.codec.Loaders;
import concurrent.futures.process.Worker.State;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gets tasks to workers and back. How workers end is in {@link Endings}. */
final class Pool {
    /*
     * Overview
     * --------
     * A worker has one task at a time, or some more if tasks are short (see Pace); those that find no room wait in the
     * crew. A worker runs its tasks in their order and tells of each end before it begins the next, so it is certain
     * which task a death is to blame on. The others go on elsewhere: the worker's mark says which it has begun.
     *
     * All decisions are made with the crew's lock held, and all that takes time, or may call code of users, is done
     * after it has been given back: sending, starting, killing, and ending futures. One thread at a time sends to a
     * worker, in the order in which the worker was given the tasks. Between the two a task belongs to that thread. If the
     * worker dies meanwhile, that thread cares for the task when it has tried to send it; later, whoever buries the
     * worker does.
     *
     * The thread that reads from a worker tells the listeners. What they submit it sends when it has nothing more to
     * read, so that many short tasks are sent at once. If they take long, another thread takes its place.
     */
    final Loaders loaders = new Loaders(ProcessExecutor.class.getPackageName());
    final Crew crew;
    final Endings endings;
    final Cancellations cancellations;
    final StartWatch startWatch = new StartWatch(this);

    private final Settings settings;
    private final Reports reports;

    /** Whether somebody will look soon whether a worker is held up. Guarded by the crew's lock. */
    private boolean watching;

    Pool(Settings settings, Reports reports) {
        this.settings = settings;
        this.reports = reports;
        this.crew = new Crew(this, settings);
        this.endings = new Endings(this, settings, reports);
        this.cancellations = new Cancellations(this, settings);
    }

    /** How many tasks are wanted beyond those for which there is a worker. */
    int ahead() {
        return (crew.pace.depth() - 1) * settings.maxWorkers();
    }

    /* ---------------- Tasks come ---------------- */

    /** Has a task run. */
    <T extends @Nullable Object> void dispatch(WorkItem<T> item) {
        Job<T> job = new Job<>(this, item);
        Throwable failure = job.failure();
        if (failure != null) {
            job.fail(failure);
            return;
        }
        Errands errands;
        BrokenExecutorException refusal = null;
        crew.lock.lock();
        try {
            if (crew.isOpen()) {
                crew.enqueue(job);
            } else {
                refusal = crew.refusal();
            }
            errands = crew.takeErrands();
        } finally {
            crew.lock.unlock();
        }
        perform(errands);
        if (refusal != null) {
            job.fail(refusal);
        }
    }

    /** Does what has been decided with the lock held, all of it, even if some cannot be done. */
    void perform(Errands errands) {
        perform(errands.newborn(), worker -> worker.read(worker.reader));
        perform(errands.leaving(), Worker::leave);
        perform(errands.fed(), this::flush);
        perform(errands.dropped(), Job::drop);
    }

    private static <T> void perform(List<T> all, Consumer<? super T> errand) {
        for (T each : all) {
            try {
                errand.accept(each);
            } catch (Throwable thrown) {
                System.getLogger("concurrent.futures").log(Level.ERROR, "failed to do something for " + each, thrown);
            }
        }
    }

    /** The same on another thread, for those that must not wait for a worker that does not read. */
    void performElsewhere(Errands errands) {
        if (errands != Errands.NONE) {
            Thread.startVirtualThread(() -> perform(errands));
        }
    }

    /** Sends a worker what it has been given, unless another thread does. */
    void flush(Worker worker) {
        Parcel parcel;
        crew.lock.lock();
        try {
            parcel = worker.beginToSend();
        } finally {
            crew.lock.unlock();
        }
        while (parcel != null) {
            send(worker, parcel);
            parcel = sent(worker, parcel);
        }
    }

    private void send(Worker worker, Parcel parcel) {
        List<Job<?>> unwanted = new ArrayList<>();
        try {
            List<Frame> frames = parcel.frames(worker.name(), unwanted);
            if (!unwanted.isEmpty()) {
                // Before the others are sent, the end of which is expected in their order.
                withdraw(worker, unwanted);
            }
            worker.send(frames);
        } catch (Throwable thrown) {
            // For lack of memory. Nobody knows what has arrived.
            worker.kill();
        }
        if (!unwanted.isEmpty()) {
            // Whoever listens to them may wait for something that only this thread may send.
            Thread.startVirtualThread(() -> unwanted.forEach(Job::drop));
        }
    }

    private void withdraw(Worker worker, List<Job<?>> unwanted) {
        crew.lock.lock();
        try {
            unwanted.forEach(worker.window::remove);
        } finally {
            crew.lock.unlock();
        }
    }

    /**
     * From now on whoever buries the worker cares for its tasks, unless that has been done.
     *
     * @return what is to be sent next; null for nothing
     */
    private @Nullable Parcel sent(Worker worker, Parcel parcel) {
        List<Job<?>> orphans = new ArrayList<>();
        List<Job<?>> late = new ArrayList<>();
        Parcel next;
        Death death;
        Errands errands;
        crew.lock.lock();
        try {
            death = worker.death;
            for (Job<?> job : parcel.jobs()) {
                if (job.worker() == worker) {
                    job.setSent();
                    (death == null ? late : orphans).add(job);
                }
            }
            orphans.forEach(worker.window::remove);
            late.removeIf(job -> !job.isInterrupted());
            crew.settle(worker);
            crew.feed();
            next = death == null ? worker.window.nextParcel() : null;
            if (next == null && worker.recall) {
                worker.recall = false;
                crew.revoke(worker);
            }
            errands = crew.takeErrands();
        } finally {
            crew.lock.unlock();
        }
        perform(errands);
        late.forEach(cancellations::interrupt);
        if (death != null) {
            endings.orphaned(worker, orphans, death);
        }
        return next;
    }

    /** A worker has started; called on its thread. */
    void ready(Worker worker) {
        Errands errands;
        reports.workerReady().accept(worker.name());
        crew.lock.lock();
        try {
            endings.proven(worker);
            if (worker.state == State.STARTING) {
                worker.enter(State.BUSY);
                crew.settle(worker);
            }
            crew.feed();
            errands = crew.takeErrands();
        } finally {
            crew.lock.unlock();
        }
        perform(errands);
    }

    /* ---------------- Tasks end ---------------- */

    /** A worker has ended a task; null if it was not its own. Called on its thread, which tells the listeners next. */
    @Nullable
    Job<?> ended(Worker worker, Frame frame) {
        Job<?> job;
        Errands errands;
        crew.lock.lock();
        try {
            job = worker.window.first();
            if (job == null || job.id() != frame.id()) {
                return null;
            }
            worker.window.remove(job);
            worker.tasks++;
            worker.spoilt |= frame.kind() == Frame.Kind.FATAL;
            long now = System.nanoTime();
            crew.pace.ended(now - worker.since);
            worker.since = now;
            crew.settle(worker);
            crew.feed();
            errands = crew.takeErrands();
            worker.beginToTell(now);
        } finally {
            crew.lock.unlock();
        }
        perform(errands);
        return job;
    }

    /** The listeners have been told; false if another thread reads from the worker by now. */
    boolean goOn(Worker worker) {
        crew.lock.lock();
        try {
            if (worker.reader != Thread.currentThread()) {
                return false;
            }
            worker.tellingSince = 0;
            return true;
        } finally {
            crew.lock.unlock();
        }
    }

    /* ---------------- Workers are held up ---------------- */

    /** Has somebody look in a moment whether a worker is held up. With the lock held. */
    void watch() {
        if (!watching) {
            watching = true;
            Clock.after(Pace.AHEAD_NANOS, this::look);
        }
    }

    /** Relieves threads that tell listeners for too long, and takes back what is behind tasks that take too long. */
    private void look() {
        List<Worker> relieved = new ArrayList<>();
        Errands errands;
        crew.lock.lock();
        try {
            watching = false;
            long now = System.nanoTime();
            for (Worker worker : List.copyOf(crew.workers)) {
                if (worker.isTellingTooLong(now)) {
                    relieve(worker);
                    relieved.add(worker);
                } else if (worker.isStuck(now)) {
                    crew.pace.stuck();
                    crew.revoke(worker);
                }
                if (worker.tellingSince != 0 || worker.window.size() > 1) {
                    watch();
                }
            }
            errands = crew.takeErrands();
        } finally {
            crew.lock.unlock();
        }
        performElsewhere(errands);
        relieved.forEach(worker -> worker.read(worker.reader));
    }

    /** Has another thread read from a worker whose own one tells somebody. With the lock held. */
    private void relieve(Worker worker) {
        worker.tellingSince = 0;
        worker.reader = worker.newThread(() -> {
            flush(worker);
            worker.serve();
        });
    }

    /** How many workers have nothing to do. */
    int idle() {
        crew.lock.lock();
        try {
            return crew.idle.size();
        } finally {
            crew.lock.unlock();
        }
    }

    /** A worker says that it ends, for which it may take its time. */
    void exiting(Worker worker) {
        Errands errands;
        crew.lock.lock();
        try {
            // A pool that breaks because of that does so when it is over.
            if (worker.state.isInUse() && !settings.breaks()) {
                crew.giveUp(worker, State.EXITING);
            }
            errands = crew.takeErrands();
        } finally {
            crew.lock.unlock();
        }
        perform(errands);
    }
}
