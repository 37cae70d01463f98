// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static java.util.Objects.requireNonNull;

import concurrent.futures.BrokenExecutorException;
import concurrent.futures.process.Worker.State;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How the workers of a pool end, and what becomes of their tasks; and how the pool itself breaks and ends. */
final class Endings {
    /** So often in a row may a start fail before the pool does without it, or breaks if there is no other worker. */
    private static final int MOST_FAILED_STARTS = 3;

    /** The same for starts that somebody ends by a signal, who may be after memory that there is again in a moment. */
    private static final int MOST_KILLED_STARTS = 12;

    /** How long a pool that has other workers waits after so many failures until it tries again. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Pool pool;
    private final Settings settings;

    private final Reports reports;

    /* ---------------- Guarded by the crew's lock ---------------- */

    /** Whether a worker has ever been ready. */
    private boolean everReady;

    /** How many starts have failed since one has succeeded. */
    private int failedStarts;

    /** How many starts have been ended by a signal since one has succeeded. */
    private int killedStarts;

    /** Whether no worker is started for a moment, as starting has failed so often. */
    private boolean pausing;

    /** Whether workers have no time for an orderly end. */
    private boolean hurrying;

    /** When somebody looks whether workers are idle for too long; null if nobody will. */
    private @Nullable ScheduledFuture<?> watch;

    Endings(Pool pool, Settings settings, Reports reports) {
        this.pool = pool;
        this.settings = settings;
        this.reports = reports;
    }

    private Crew crew() {
        return pool.crew;
    }

    /** A worker is ready. With the lock held. */
    void proven(Worker worker) {
        worker.proven = true;
        everReady = true;
        failedStarts = 0;
        killedStarts = 0;
    }

    /* ---------------- A worker has died ---------------- */

    /** A worker has died. Each way to die leads here, once. */
    void buried(Worker worker, Death found) {
        List<Job<?>> orphans;
        Death death;
        State last;
        boolean hopeless;
        Errands errands;
        crew().lock.lock();
        try {
            last = worker.state;
            death = last == State.DOOMED ? found.wanted() : found;
            worker.state = State.DEAD;
            worker.death = death;
            crew().workers.remove(worker);
            crew().idle.remove(worker);
            orphans = worker.window.takeOrphans();
            noteStart(last, death);
            hopeless = crew().isOpen() && isHopeless(last, death);
            if (!hopeless && last == State.STARTING && isTiring()) {
                pause();
            } else if (!hopeless && last.isInUse()) {
                crew().replace();
            }
            errands = crew().takeErrands();
        } finally {
            crew().lock.unlock();
        }
        pool.perform(errands);
        if (hopeless) {
            breakDown(worker, last, death);
        }
        orphaned(worker, orphans, death);
        if (worker.proven) {
            reports.workerDied().accept(worker.name());
        }
    }

    private void noteStart(State last, Death death) {
        if (last == State.STARTING && isKill(death)) {
            killedStarts++;
        } else if (last == State.STARTING) {
            failedStarts++;
        }
    }

    /** Whether a process was ended by a signal that was not ours. */
    private static boolean isKill(Death death) {
        return !(death.problem() instanceof TimeoutException)
                && WorkerDiedException.signalOf(death.exitCode()).isPresent();
    }

    private boolean isTiring() {
        return failedStarts >= MOST_FAILED_STARTS || killedStarts >= MOST_KILLED_STARTS;
    }

    /** Whether it is too early to start a worker. With the lock held. */
    boolean isPausing() {
        return pausing;
    }

    private void pause() {
        if (!pausing) {
            pausing = true;
            Clock.after(PAUSE_NANOS, this::resume);
        }
    }

    private void resume() {
        Errands errands;
        crew().lock.lock();
        try {
            pausing = false;
            crew().feed();
            errands = crew().takeErrands();
        } finally {
            crew().lock.unlock();
        }
        pool.perform(errands);
    }

    /** Whether the pool breaks because a worker has died in that state. With the lock held. */
    private boolean isHopeless(State last, Death death) {
        if (last == State.STARTING) {
            boolean refused = death.problem() instanceof BrokenExecutorException;
            // What has never worked, and ends by itself, will not work the next time.
            return refused || (!everReady && !isKill(death)) || (isTiring() && !crew().hasProven());
        }
        boolean expected = last == State.LEAVING || last == State.DOOMED;
        return settings.breaks() && !expected;
    }

    /** Cares for tasks whose worker has died: those that have not begun are run elsewhere, and the others fail. */
    void orphaned(Worker worker, List<Job<?>> jobs, Death death) {
        List<Job<?>> refused = new ArrayList<>();
        List<Job<?>> lost = new ArrayList<>();
        List<Job<?>> unwanted = new ArrayList<>();
        Errands errands;
        crew().lock.lock();
        try {
            for (int i = jobs.size() - 1; i >= 0; i--) {
                Job<?> job = jobs.get(i);
                if (job.isSent() && !death.isBefore(job.id())) {
                    (worker.condemned ? refused : lost).add(job);
                } else if (job.isInterrupted()) {
                    unwanted.add(job);
                } else if (crew().isOpen()) {
                    crew().waiting.addFirst(job);
                } else {
                    refused.add(job);
                }
            }
            crew().feed();
            errands = crew().takeErrands();
        } finally {
            crew().lock.unlock();
        }
        pool.perform(errands);
        lost.forEach(job -> job.fail(death.exception(worker.name())));
        unwanted.forEach(Job::drop);
        refuse(refused);
    }

    /* ---------------- The pool breaks ---------------- */

    private void breakDown(Worker worker, State last, Death death) {
        String what = last == State.STARTING ? " could not be started: " : " has died: ";
        String message = "the worker " + worker.name() + what + death.told();
        Throwable problem = death.problem();
        Throwable cause = problem instanceof BrokenExecutorException ? problem.getCause() : problem;
        List<Job<?>> left;
        List<Worker> others;
        crew().lock.lock();
        try {
            if (crew().broken != null) {
                return;
            }
            crew().broken = new BrokenExecutorException(message, cause);
            left = takeWaiting();
            others = doomAll();
            others.forEach(other -> other.condemned = true);
        } finally {
            crew().lock.unlock();
        }
        reports.broken().accept(message, cause);
        others.forEach(Worker::kill);
        refuse(left);
    }

    private List<Job<?>> takeWaiting() {
        List<Job<?>> left = new ArrayList<>(crew().waiting);
        crew().waiting.clear();
        return left;
    }

    private List<Worker> doomAll() {
        List<Worker> all = List.copyOf(crew().workers);
        for (Worker worker : all) {
            worker.state = State.DOOMED;
        }
        crew().idle.clear();
        return all;
    }

    private void refuse(List<Job<?>> jobs) {
        for (Job<?> job : jobs) {
            BrokenExecutorException refusal;
            crew().lock.lock();
            try {
                refusal = crew().refusal();
            } finally {
                crew().lock.unlock();
            }
            job.fail(refusal);
        }
    }

    /* ---------------- A worker is idle for too long ---------------- */

    /** Has somebody look later whether workers are still idle. With the lock held. */
    void watchIdle() {
        if (watch == null && !crew().closing) {
            watch = Clock.alarm(settings.keepAliveNanos(), this::endIdle);
        }
    }

    private void endIdle() {
        List<Worker> leaving = new ArrayList<>();
        crew().lock.lock();
        try {
            watch = null;
            long now = System.nanoTime();
            for (Worker worker = crew().idle.peekFirst();
                    worker != null;
                    worker = crew().idle.peekFirst()) {
                long left = settings.keepAliveNanos() - (now - worker.since);
                if (left > 0) {
                    watch = Clock.alarm(left, this::endIdle);
                    break;
                }
                crew().idle.removeFirst();
                worker.state = State.LEAVING;
                leaving.add(worker);
            }
        } finally {
            crew().lock.unlock();
        }
        leaving.forEach(Worker::leave);
    }

    /* ---------------- The pool ends ---------------- */

    /** Whether workers have time for an orderly end from now on. */
    void hurry(boolean forcibly) {
        crew().lock.lock();
        try {
            hurrying = forcibly;
        } finally {
            crew().lock.unlock();
        }
    }

    /** Ends all workers now. What they run fails, and what waits is refused. */
    void endAll(boolean forcibly) {
        List<Job<?>> left;
        List<Worker> all;
        crew().lock.lock();
        try {
            stop();
            left = takeWaiting();
            all = doomAll();
        } finally {
            crew().lock.unlock();
        }
        all.forEach(forcibly ? Worker::kill : Worker::terminate);
        refuse(left);
    }

    /** No worker is started any more. With the lock held. */
    private void stop() {
        crew().closing = true;
        if (watch != null) {
            // The clock would hold on to this pool, and so to its executor, for as long as workers may be idle.
            watch.cancel(/* mayInterruptIfRunning= */ false);
            watch = null;
        }
    }

    /** Ends all workers, which have no tasks any more, and waits for that; the thread may be that of a worker. */
    void close() {
        List<Worker> all;
        List<Worker> doomed = new ArrayList<>();
        crew().lock.lock();
        try {
            stop();
            crew().idle.clear();
            all = List.copyOf(crew().workers);
            for (Worker worker : all) {
                boolean hasTask = worker.state == State.STARTING || worker.state == State.BUSY;
                if (hasTask || hurrying) {
                    doomed.add(worker);
                }
                worker.state = hasTask || worker.state == State.DOOMED ? State.DOOMED : State.LEAVING;
            }
        } finally {
            crew().lock.unlock();
        }
        for (Worker worker : all) {
            if (doomed.contains(worker)) {
                worker.kill();
            } else {
                worker.leave();
            }
        }
        all.forEach(this::await);
    }

    private void await(Worker worker) {
        boolean interrupted = false;
        while (true) {
            try {
                worker.awaitEnd(requireNonNull(worker.reader) == Thread.currentThread());
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a worker has been condemned before its process was there. */
    boolean isDoomed(Worker worker) {
        crew().lock.lock();
        try {
            return worker.state == State.DOOMED || crew().closing;
        } finally {
            crew().lock.unlock();
        }
    }
}
