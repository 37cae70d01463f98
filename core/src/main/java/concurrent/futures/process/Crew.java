// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import concurrent.futures.BrokenExecutorException;
import concurrent.futures.process.Worker.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which workers a pool has, and which of them has which tasks. All of it is guarded by one lock, which whoever calls a
 * method holds; what takes time is an errand of the callers after they have given the lock back.
 */
final class Crew {
    /** From so many tasks on, those that have been cancelled while they wait are looked for. */
    private static final int MANY = 64;

    final ReentrantLock lock = new ReentrantLock();

    /** The tasks that have been handed out and have no worker, the one that waits longest first. */
    final Deque<Job<?>> waiting = new ArrayDeque<>();

    /** The workers that have no task, the one that has had one last at the end. */
    final Deque<Worker> idle = new ArrayDeque<>();

    /** All workers that have not been buried. */
    final Set<Worker> workers = new LinkedHashSet<>();

    final Pace pace = new Pace();

    /** Whether the executor has ended, so that no worker is started any more. */
    boolean closing;

    /** Why no more tasks are run; null as long as they are. */
    @Nullable
    BrokenExecutorException broken;

    private final Pool pool;
    private final Settings settings;

    /* The errands that have come together since they were taken last. */
    private final List<Worker> newborn = new ArrayList<>();
    private final List<Worker> fed = new ArrayList<>();
    private final List<Worker> leaving = new ArrayList<>();
    private final List<Job<?>> dropped = new ArrayList<>();

    private int born;

    /** When that many tasks wait, those that have been cancelled are thrown away. */
    private int most = MANY;

    Crew(Pool pool, Settings settings) {
        this.pool = pool;
        this.settings = settings;
    }

    /** Whether tasks are run. */
    boolean isOpen() {
        return !closing && broken == null;
    }

    /** The errands that have come together. */
    Errands takeErrands() {
        if (newborn.isEmpty() && fed.isEmpty() && leaving.isEmpty() && dropped.isEmpty()) {
            return Errands.NONE;
        }
        Errands taken = new Errands(List.copyOf(newborn), List.copyOf(fed), List.copyOf(leaving), List.copyOf(dropped));
        newborn.clear();
        fed.clear();
        leaving.clear();
        dropped.clear();
        return taken;
    }

    /* ---------------- Tasks ---------------- */

    /** Has a task wait for a worker, the last of all. */
    void enqueue(Job<?> job) {
        waiting.addLast(job);
        if (waiting.size() >= most) {
            dropUnwanted();
            most = Math.max(MANY, 2 * waiting.size());
        }
        feed();
    }

    /** Gives tasks that wait to workers that have room for them, and adds workers if there are too few. */
    void feed() {
        for (Job<?> job = waiting.peekFirst(); job != null; job = waiting.peekFirst()) {
            Worker worker = idle.isEmpty() ? leastBusy(job) : idle.pollLast();
            if (worker == null) {
                break;
            }
            waiting.pollFirst();
            assign(worker, job);
        }
        addForWaiting();
    }

    /** The worker that has the fewest tasks, if it may have that one as well; null if there is none. */
    private @Nullable Worker leastBusy(Job<?> job) {
        Worker least = null;
        int room = pace.depth();
        if (room == 1 || job.isTimed()) {
            return null;
        }
        for (Worker worker : workers) {
            boolean hasRoom = worker.state == State.BUSY && worker.window.size() < room && !hasItsLast(worker);
            if (hasRoom && worker.tasks >= StartMark.IRREVOCABLE) {
                least = worker;
                room = worker.window.size();
            }
        }
        return least;
    }

    private void assign(Worker worker, Job<?> job) {
        if (worker.window.isEmpty()) {
            worker.enter(State.BUSY);
        }
        worker.window.add(job);
        fed.add(worker);
        if (hasItsLast(worker) && settling() < settings.maxWorkers()) {
            // Its successor starts meanwhile.
            add();
        }
        if (worker.window.size() > 1 || worker.tellingSince != 0) {
            pool.watch();
        }
    }

    private boolean hasItsLast(Worker worker) {
        return worker.state == State.BUSY && worker.tasks + worker.window.size() >= settings.maxTasksPerWorker();
    }

    /** Takes back what a worker has not begun; nobody is sending to it. */
    void revoke(Worker worker) {
        long begun = worker.revoke();
        worker.window.revokeAfter(begun).forEach(this::giveBack);
        fed.add(worker);
        settle(worker);
        feed();
    }

    private void giveBack(Job<?> job) {
        if (job.isInterrupted()) {
            dropped.add(job);
        } else {
            waiting.addFirst(job);
        }
    }

    /** Takes back what a worker has not begun, when nobody is sending to it any more. */
    void revokeSoon(Worker worker) {
        if (worker.tasks < StartMark.IRREVOCABLE) {
            // One that is new does not heed revocations, and has been sent one task at most.
            return;
        }
        if (worker.window.isSending()) {
            worker.recall = true;
        } else {
            revoke(worker);
        }
    }

    /** Takes tasks out of the queue that have been cancelled while they wait. */
    void dropUnwanted() {
        waiting.stream().filter(Job::isUnwanted).forEach(dropped::add);
        waiting.removeAll(Set.copyOf(dropped));
    }

    /** Takes a task out of the queue that nobody wants any more. */
    void drop(Job<?> job) {
        if (waiting.remove(job)) {
            dropped.add(job);
        }
    }

    /** A worker has fewer tasks than before; if it has none it is idle, or leaves if it is not to have others. */
    void settle(Worker worker) {
        if (worker.state != State.BUSY) {
            return;
        }
        if (worker.spoilt || (worker.window.isEmpty() && worker.tasks >= settings.maxTasksPerWorker())) {
            worker.enter(State.LEAVING);
            leaving.add(worker);
        } else if (worker.window.isEmpty()) {
            worker.enter(State.IDLE);
            idle.addLast(worker);
            pool.endings.watchIdle();
        }
    }

    /* ---------------- Workers ---------------- */

    private void add() {
        Worker worker = new Worker(pool, settings, settings.name() + "-worker-" + ++born);
        workers.add(worker);
        newborn.add(worker);
    }

    /** Adds as many workers as there are tasks for, and may be. */
    private void addForWaiting() {
        if (waiting.isEmpty() || pool.endings.isPausing()) {
            return;
        }
        int starting = count(State.STARTING);
        for (int room = settings.maxWorkers() - settling(); isOpen() && starting < waiting.size() && room > 0; room--) {
            add();
            starting++;
        }
        if (starting > 0) {
            pool.startWatch.begin();
        }
    }

    /** Whether tasks wait for workers that start. */
    boolean awaitsStart() {
        return !waiting.isEmpty() && count(State.STARTING) > 0;
    }

    /** Adds a worker for one that has died or is about to, unless that has been done. */
    void replace() {
        if (isOpen() && !pool.endings.isPausing() && settling() < settings.maxWorkers()) {
            add();
        }
        feed();
    }

    /** Does without a worker that is about to be killed, or to end by itself. */
    void giveUp(Worker worker, State why) {
        boolean hasSuccessor = !worker.state.isInUse();
        worker.state = why;
        idle.remove(worker);
        worker.window.takeUnsent().forEach(this::giveBack);
        // What is behind the task that it runs must not begin before the worker is dead.
        revokeSoon(worker);
        if (!hasSuccessor) {
            // It starts while the worker ends.
            replace();
        }
    }

    /** Whether there is a worker that has been ready and goes on. */
    boolean hasProven() {
        for (Worker worker : workers) {
            if (worker.proven && (worker.state == State.IDLE || worker.state == State.BUSY)) {
                return true;
            }
        }
        return false;
    }

    private int count(State state) {
        int count = 0;
        for (Worker worker : workers) {
            count += worker.state == state ? 1 : 0;
        }
        return count;
    }

    /** How many workers there are that may have another task after those that they have. */
    private int settling() {
        int settling = 0;
        for (Worker worker : workers) {
            settling += worker.state.isInUse() && !hasItsLast(worker) ? 1 : 0;
        }
        return settling;
    }

    /** An exception for one more task that is not run. */
    BrokenExecutorException refusal() {
        return broken == null
                ? new BrokenExecutorException("the workers of " + settings.name() + " have been ended", null)
                : new BrokenExecutorException(String.valueOf(broken.getMessage()), broken.getCause());
    }
}
