// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The engine of a {@link ThreadExecutor}: threads that take items off the queue one after the other. */
final class WorkerPool extends Engine {
    /*
     * Overview
     * --------
     * Workers are started one by one, by whoever submits, lends a place, turns busy or leaves, as long as there may be
     * more and none is free for what is queued. A worker that finds nothing parks on the stack of idle workers. Waking
     * a thread is the most expensive step of all, so at most one worker at a time is on its way to the queue without
     * having an item: it holds the search token, and while somebody holds it, submitters wake nobody. When the holder
     * has found an item, it gives the token back and, if there is more in the queue, wakes the next.
     *
     * The rule that keeps work from being forgotten: whoever makes the queue non-empty, gives the token back, parks,
     * turns busy, or leaves, looks at the other side once more after its own step is visible.
     *
     * `active` counts the workers that are not parked, and those on their way in. While it is above zero the pool keeps
     * the JVM alive.
     */
    private final ThreadSupply threads;
    private final @Nullable Runnable initializer;
    private final long keepAliveNanos;
    private final IdleStack idle = new IdleStack();
    private final AtomicInteger searching = new AtomicInteger();
    private final AtomicInteger active = new AtomicInteger();

    private final Crew workers = new Crew();

    /** How many items the workers that have left have run; guarded by the lock. */
    private long completedBefore;

    WorkerPool(ThreadExecutor.Builder options, ThreadFactory threadFactory, String name) {
        super(
                name,
                options.helpsWhileWaiting,
                new Places(options.maxWorkers, options.maxSpareWorkers),
                Capacity.of(options.queueCapacity, options.whenFull, options.maxWorkers));
        this.threads = new ThreadSupply(threadFactory, name, this::retryStart);
        this.initializer = options.initializer;
        this.keepAliveNanos = Deadline.saturatedNanos(options.keepAlive);
    }

    @Override
    boolean add(WorkItem<?> item) {
        Runner runner = Runner.currentOrNull();
        if (runner == null || !runner.worksFor(this) || item.priority() != 0) {
            return super.add(item);
        }
        OwnQueue own = runner.own();
        boolean isNews = (own == null ? runner.openOwn(this) : own).push(item);
        // A thread that could not be started for what lies there already is tried again.
        return isNews || canGrow();
    }

    /* ---------------- Waking and starting ---------------- */

    /** What a worker does instead that may not have been the last to look. */
    void signalIfQueued() {
        if (!queue.isEmpty()) {
            signal();
        }
    }

    @Override
    void signal() {
        while (searching.get() == 0) {
            if (idle.isEmpty()) {
                if (canGrow() && !hasFree()) {
                    startWorker(/* relyingOnFree= */ true);
                }
                return;
            }
            // Before taking the token: whoever sees that it is taken relies on the JVM being kept alive.
            activate();
            if (takeToken()) {
                Worker worker = idle.pop();
                if (worker != null) {
                    worker.wake();
                    return;
                }
                // Somebody may have submitted or parked meanwhile and relied on the holder of the token.
                searching.set(0);
            }
            deactivate();
            if (queue.isEmpty()) {
                return;
            }
        }
    }

    boolean canGrow() {
        return workers.size() < places.mostNow();
    }

    /** Whether a worker is free. One that has just taken an item may still look so; it signals when it turns busy. */
    private boolean hasFree() {
        return workers.anyMatch(worker -> !worker.isBusy());
    }

    /** Whether there are more queued items than workers on their way to one; called with the lock held. */
    private boolean isShort() {
        return queue.holdsMoreThan(workers.count(Worker::isStarting));
    }

    private void startWorker(boolean relyingOnFree) {
        // Before a worker is on the list: whoever finds it there relies on the JVM being kept alive.
        activate();
        Worker worker = null;
        try {
            worker = new Worker(this);
            if (!enroll(worker, relyingOnFree)) {
                deactivate();
                return;
            }
            threads.start(worker);
        } catch (Throwable thrown) {
            startFailed(worker, thrown);
        }
    }

    /**
     * No thread could be had. If there are others they do the work later; but they may all wait, even for what is
     * queued, so it is tried again. If there are none, nobody ever would.
     */
    private void startFailed(@Nullable Worker worker, Throwable thrown) {
        if (worker != null) {
            strike(worker);
        }
        try {
            threads.report(thrown);
            if (workers.size() == 0) {
                queue.failAll(() ->
                        new RejectedExecutionException("no worker thread could be started for " + name(), thrown));
            }
        } catch (OutOfMemoryError e) {
            // What is left in the queue has its turn when the start is tried again.
        } finally {
            if (queue.isEmpty()) {
                deactivate();
                tryTerminate();
            } else {
                threads.retrySoon();
                deactivate();
            }
        }
    }

    private void retryStart() {
        if (!queue.isEmpty()) {
            useVacancy();
        }
    }

    /* ---------------- The workers' side ---------------- */

    /** A worker begins, on its thread: runs the initializer; false if that broke the executor. */
    boolean initialize(Worker worker, Runner runner) {
        String name = runner.thread.getName();
        worker.name = name;
        runner.seat = new Seat(watchers, name, worker.slot);
        watchers.workerStarted(name, worker.slot);
        if (initializer == null) {
            return true;
        }
        try {
            initializer.run();
            Thread.interrupted();
            return true;
        } catch (Throwable thrown) {
            Log.error("Exception in initializer:", thrown);
            breakWith(new BrokenExecutorException(
                    "A thread initializer failed, the thread pool is not usable anymore", thrown));
            return false;
        }
    }

    /** The item that a worker was started for, or another one; null if others have taken all. */
    @Nullable
    WorkItem<?> takeFirst(Worker worker) {
        lock.lock();
        try {
            return worker.arrive();
        } finally {
            lock.unlock();
        }
    }

    boolean takeToken() {
        return searching.get() == 0 && searching.compareAndSet(0, 1);
    }

    void giveTokenBack() {
        searching.set(0);
        signalIfQueued();
    }

    /** Puts a worker on the idle stack; it is the worker's to park afterwards. */
    void park(Worker worker, boolean holdsToken) {
        idle.push(worker);
        if (holdsToken) {
            searching.set(0);
        }
        try {
            signalIfQueued();
        } finally {
            deactivate();
        }
    }

    /** Takes a worker off the idle stack, on which it is unless it has been woken; false if the token is not free. */
    boolean unlink(Worker worker) {
        if (!takeToken()) {
            return false;
        }
        idle.remove(worker);
        giveTokenBack();
        return true;
    }

    /** Counts one more worker that is awake. The first is counted after the keeper knows: others rely on the count. */
    void activate() {
        while (true) {
            int seen = active.get();
            if (seen == 0) {
                Keeper.enter();
            }
            if (active.compareAndSet(seen, seen + 1)) {
                return;
            }
            if (seen == 0) {
                Keeper.leave();
            }
        }
    }

    void deactivate() {
        if (active.decrementAndGet() == 0) {
            Keeper.leave();
        }
    }

    /** When a worker that parks now ends if nobody wakes it. */
    Deadline keepAlive() {
        return Deadline.afterNanos(keepAliveNanos);
    }

    /** Whether idle workers may stay idle. */
    boolean wantsIdle() {
        return !hasSurplus() && isAccepting();
    }

    boolean hasSurplus() {
        return workers.size() > places.mostNow();
    }

    /** Whether there is nothing more to run, now and later. */
    boolean isAtItsEnd() {
        return !isAccepting() && queue.isEmpty();
    }

    /** Takes a surplus worker off the list; false if it is needed after all. */
    boolean resign(Worker worker) {
        lock.lock();
        try {
            return hasSurplus() && strike(worker);
        } finally {
            lock.unlock();
        }
    }

    /** The last that a worker does. */
    void left(Worker worker) {
        watchers.workerEnded(worker.name, worker.slot);
        strike(worker);
        try {
            endSurplus();
            useVacancy();
        } finally {
            deactivate();
            tryTerminate();
        }
    }

    /** Puts a worker on the list, unless another one that was put there meanwhile will do. */
    private boolean enroll(Worker worker, boolean relyingOnFree) {
        lock.lock();
        try {
            if (!canGrow() || isOver() || isBroken() || (relyingOnFree && hasFree()) || !isShort()) {
                return false;
            }
            workers.add(worker);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a worker off the list unless it is off already. */
    private boolean strike(Worker worker) {
        lock.lock();
        try {
            if (!workers.remove(worker)) {
                return false;
            }
            completedBefore += worker.completed();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /* ---------------- The executor's side ---------------- */

    void setMaxWorkers(int maxWorkers) {
        lock.lock();
        try {
            places.setMaxWorkers(maxWorkers);
            resized();
        } finally {
            lock.unlock();
        }
        wakeIdle();
        useVacancy();
    }

    /**
     * There may be one more worker than a moment ago. A worker that looks free may be turning busy without having seen
     * that, so none is relied upon here: at worst one is started that finds nothing to do.
     */
    @Override
    void useVacancy() {
        if (idle.isEmpty() && canGrow() && !queue.isEmpty()) {
            startWorker(/* relyingOnFree= */ false);
        } else {
            signalIfQueued();
        }
    }

    @Override
    void interruptWorkers() {
        // All of them: one that does not look busy may have just taken an item off the queue.
        workers.forEach(Worker::interrupt);
    }

    @Override
    void wakeIdle() {
        workers.forEach(Worker::nudge);
    }

    @Override
    void endSurplus() {
        if (hasSurplus()) {
            idle.nudgeTop();
        }
    }

    @Override
    boolean isDeserted() {
        return workers.size() == 0;
    }

    @Override
    void ended(WorkItem<?> item) {
        // Nobody occupies a slot here.
    }

    @Override
    int liveWorkers() {
        return workers.size();
    }

    @Override
    int runningWorkers() {
        return workers.count(Worker::isBusy);
    }

    @Override
    void tellRunning(Dump dump) {
        workers.forEach(dump::runs);
    }

    @Override
    long completedTasks() {
        lock.lock();
        try {
            return completedBefore + super.completedTasks() + workers.sum(Worker::completed);
        } finally {
            lock.unlock();
        }
    }
}
