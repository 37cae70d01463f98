// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import concurrent.futures.process.Worker.State;

/** Ends tasks that workers have and nobody wants any more. */
final class Cancellations {
    private final Pool pool;
    private final Settings settings;

    Cancellations(Pool pool, Settings settings) {
        this.pool = pool;
        this.settings = settings;
    }

    /** Interrupts a task, and kills its worker if that does not help in time. */
    void interrupt(Job<?> job) {
        Worker worker;
        long id;
        Errands errands;
        pool.crew.lock.lock();
        try {
            takeBack(job);
            worker = job.worker();
            id = job.isSent() ? job.id() : 0;
            if (worker != null) {
                job.setAlarm(Clock.alarm(settings.graceNanos(), () -> kill(job)));
            }
            errands = pool.crew.takeErrands();
        } finally {
            pool.crew.lock.unlock();
        }
        pool.performElsewhere(errands);
        if (worker != null) {
            worker.interrupt(id);
        }
    }

    /** Takes back a task that has not begun. With the lock held. */
    private void takeBack(Job<?> job) {
        Worker worker = job.worker();
        if (worker == null) {
            pool.crew.drop(job);
        } else if (worker.window.isSending() || worker.window.first() != job) {
            pool.crew.revokeSoon(worker);
        }
    }

    /** Kills the worker that still has a task, when that is the one it runs. */
    private void kill(Job<?> job) {
        Worker worker;
        Errands errands;
        boolean runs;
        pool.crew.lock.lock();
        try {
            takeBack(job);
            worker = job.worker();
            runs = worker != null && worker.window.first() == job;
            if (worker != null && runs) {
                pool.crew.giveUp(worker, State.DOOMED);
            }
            errands = pool.crew.takeErrands();
        } finally {
            pool.crew.lock.unlock();
        }
        pool.performElsewhere(errands);
        if (worker != null && runs) {
            worker.kill();
        } else if (worker != null) {
            // What it has run before has just ended, and this is not known here yet.
            Clock.after(Pace.AHEAD_NANOS, () -> kill(job));
        }
    }
}
