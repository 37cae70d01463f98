// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is behind an executor: its queue and its life. How the queued items come to be run is up to the two kinds of
 * engine, {@link WorkerPool} and {@link SlotEngine}.
 *
 * <p>The public executors only hold an engine. The workers of a pool know nothing but the engine, so that an executor
 * that nobody can reach any more can be collected, and its engine shut down.
 */
abstract class Engine implements Completion.Owner {
    /*
     * Overview
     * --------
     * No lock is held while an item is submitted. Instead both sides look twice: the submitter adds the item and then
     * looks whether the engine still accepts; shutting down stops accepting and then looks whether the queue is empty.
     * At least one of the two sees the other: an item that was added too late is taken back by its submitter, and one
     * that was added in time is seen by whoever would end the last worker.
     */
    /** Phases of an engine's life: OPEN -> SHUTDOWN -> TERMINATED. */
    private enum Phase {
        OPEN,
        SHUTDOWN,
        TERMINATED
    }

    final Backlog queue = new Backlog();

    final Watchers watchers;

    /** Guards the steps of {@link #phase}, and what an engine needs to decide whether the last step is due. */
    final ReentrantLock lock = new ReentrantLock();

    /** Whether a thread that works for this engine may run an item that it waits for, instead of whoever else would. */
    final boolean letsWaitersRun;

    /** How many items may run at the same time. */
    final Places places;

    private final String name;
    private final @Nullable Capacity capacity;
    private final CountDownLatch terminated = new CountDownLatch(1);

    /** The items that their submitters run themselves. */
    final Set<WorkItem<?>> inCallers = ConcurrentHashMap.newKeySet();

    /** Written under the lock. */
    private volatile Phase phase = Phase.OPEN;

    /** Whether this is open and not broken. Written under the lock. */
    private volatile boolean accepting = true;

    /** Whether what has not started is cancelled. Set once, before anything is. */
    private volatile boolean cancelsPending;

    /** Why the engine is broken; null while it is not. Set once, under the lock. */
    private volatile @Nullable BrokenExecutorException broken;

    Engine(String name, boolean letsWaitersRun, Places places, @Nullable Capacity capacity) {
        this.name = name;
        this.watchers = new Watchers(name);
        this.letsWaitersRun = letsWaitersRun;
        this.places = places;
        this.capacity = capacity;
        Failed.prepare();
    }

    /* ---------------- What the kinds of engine differ in ---------------- */

    /** Something has been queued: sees to it that somebody runs it. */
    abstract void signal();

    /** There may be a place that was taken a moment ago: sees to it that it is used. */
    abstract void useVacancy();

    /** Interrupts the bodies that workers run. */
    abstract void interruptWorkers();

    /** Has idle workers look whether they are still wanted. */
    abstract void wakeIdle();

    /** Has an idle worker end that is not wanted any more, as fewer items may run than a moment ago. */
    void endSurplus() {}

    /** Whether nobody is there who runs items; for sure only if asked with the lock held. */
    abstract boolean isDeserted();

    /** The items that have left the queue and may not have begun. */
    Collection<WorkItem<?>> handedOut() {
        return List.of();
    }

    /** An item that this engine handed out needs its slot no more. */
    abstract void ended(WorkItem<?> item);

    /** Lets go of what the executor holds beside the engine; called once, before anybody hears of the end. */
    void onTerminated() {}

    abstract int liveWorkers();

    abstract int runningWorkers();

    long completedTasks() {
        return watchers.completed.sum();
    }

    /** How many items workers run, those aside that they run inside of others. */
    long workersRun() {
        return runningWorkers();
    }

    /** Tells what workers run, as far as that is not handed out. */
    void tellRunning(Dump dump) {}

    /* ---------------- Submitting ---------------- */

    final String name() {
        return name;
    }

    /**
     * Queues the item, or runs it in the caller if that is what the bounded queue says.
     *
     * @return false if there was no room for it in time
     */
    final boolean accept(WorkItem<?> item, Deadline deadline) throws InterruptedException {
        if (!isAccepting()) {
            throw refusal();
        }
        if (capacity == null) {
            enqueue(item);
            return true;
        }
        Capacity.Admission admission = capacity.admit(this, deadline);
        switch (admission) {
            case QUEUE -> enqueue(item);
            case RUN_IN_CALLER -> runInCaller(item);
            default -> {}
        }
        return admission != Capacity.Admission.OUT_OF_TIME;
    }

    /** Puts an item into the queue; false if nobody has to hear of it. */
    boolean add(WorkItem<?> item) {
        queue.add(item);
        return true;
    }

    private void enqueue(WorkItem<?> item) {
        boolean isNews;
        item.submitting();
        try {
            isNews = add(item);
        } catch (Throwable thrown) {
            item.withdraw();
            throw thrown;
        }
        if (isTooLate(item)) {
            tryTerminate();
            throw refusal();
        } else if (isNews) {
            signal();
        }
    }

    /** Whether this engine stopped accepting before an item that is just being submitted has begun to run. */
    private boolean isTooLate(WorkItem<?> item) {
        return !isAccepting() && (item.withdraw() || item.isCancelled());
    }

    private void runInCaller(WorkItem<?> item) {
        Keeper.enter();
        inCallers.add(item);
        try {
            item.submitting();
            // Looked at after the item is on the list, so that a shutdown that does not find it there is seen here.
            if (isTooLate(item)) {
                throw refusal();
            }
            ThreadFrame.run(item, this, /* holdsPlace= */ false);
        } finally {
            inCallers.remove(item);
            Keeper.leave();
            tryTerminate();
        }
    }

    /** Whether new items are taken. */
    final boolean isAccepting() {
        return accepting;
    }

    private RejectedExecutionException refusal() {
        BrokenExecutorException reason = broken;
        return reason == null
                ? new RejectedExecutionException("cannot schedule new futures after shutdown")
                : reason.copy();
    }

    @Override
    public final void withdrawn(Completion future, CancelMode mode) {
        ((WorkItem<?>) future).releaseTask();
        vacated();
        queue.cancelled();
        watchers.withdrawn((WorkItem<?>) future);
    }

    /** A task that was accepted has been run or cancelled. */
    final void vacated() {
        if (capacity != null) {
            capacity.vacate();
        }
    }

    /** A body has ended. Its future is about to be completed, so that whoever sees that finds it counted. */
    final void bodyEnded() {
        vacated();
        watchers.completed.increment();
    }

    /** There are more places than a moment ago, or fewer. */
    final void resized() {
        if (capacity != null) {
            capacity.resize(places);
        }
    }

    /** A thread has lent its place: one item more may run, perhaps the one that it waits for. */
    final void placeLent() {
        try {
            resized();
            boolean isQueued = !queue.isEmpty();
            if (isQueued) {
                useVacancy();
            }
            places.warnIfExhausted(name, isQueued);
        } catch (Throwable thrown) {
            // Whoever could not be started is not worth the wait that is about to begin.
            Log.error("failed to have somebody stand in for a worker of " + name, thrown);
        }
    }

    /** That thread goes on: one item fewer may run. */
    final void takeBackPlace() {
        places.takeBack();
        resized();
        endSurplus();
    }

    /* ---------------- Breaking ---------------- */

    final boolean isBroken() {
        return broken != null;
    }

    /** Fails everything that is queued, now and later. */
    final void breakWith(BrokenExecutorException reason) {
        lock.lock();
        try {
            if (broken != null) {
                return;
            }
            broken = reason;
            accepting = false;
        } finally {
            lock.unlock();
        }
        closeCapacity();
        queue.failAll(reason::copy);
        wakeIdle();
    }

    /* ---------------- Ending ---------------- */

    final boolean isShutdown() {
        return phase != Phase.OPEN;
    }

    /** Whether an item that has just left the queue is to be cancelled. */
    final boolean cancelsPending() {
        return cancelsPending;
    }

    final boolean isTerminated() {
        return terminated.getCount() == 0;
    }

    /** Whether the last step has been taken, although others may not know yet. */
    final boolean isOver() {
        return phase == Phase.TERMINATED;
    }

    /** Stops accepting; what is queued is run. */
    final void shutdown() {
        stopAccepting();
        wakeIdle();
        tryTerminate();
    }

    /** Stops accepting, cancels what has not started and, if {@code interrupt}, interrupts what has. */
    final List<Runnable> shutdownCancelling(boolean interrupt) {
        stopAccepting();
        cancelsPending = true;
        Withdrawals withdrawals = new Withdrawals();
        try {
            handedOut().forEach(withdrawals::withdraw);
            inCallers.forEach(withdrawals::withdraw);
            withdrawals.withdrawAll(queue);
            if (interrupt) {
                inCallers.forEach(WorkItem::interruptRun);
                interruptWorkers();
            }
        } finally {
            wakeIdle();
            tryTerminate();
            // Last, because what listens to a cancelled task may wait for one that had to be interrupted.
            withdrawals.tellListeners();
        }
        return withdrawals.cancelled();
    }

    private void stopAccepting() {
        lock.lock();
        try {
            if (phase == Phase.OPEN) {
                // In this order: whoever sees the phase and an empty queue relies on nothing being added any more.
                accepting = false;
                phase = Phase.SHUTDOWN;
            }
        } finally {
            lock.unlock();
        }
        closeCapacity();
    }

    private void closeCapacity() {
        if (capacity != null) {
            capacity.close();
        }
    }

    /** Takes the last step if it is due. */
    final void tryTerminate() {
        if (phase != Phase.SHUTDOWN) {
            return;
        }
        if (!queue.isEmpty() && isDeserted()) {
            // What is left may be cancelled, but somebody has to look at it.
            if (isBroken()) {
                queue.failAll(this::refusal);
            } else {
                signal();
            }
        }
        if (!queue.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            if (phase != Phase.SHUTDOWN || !inCallers.isEmpty() || !isDeserted()) {
                return;
            }
            phase = Phase.TERMINATED;
        } finally {
            lock.unlock();
        }
        onTerminated();
        terminated.countDown();
    }

    /** Waits until all is done; false if the deadline comes first. */
    final boolean awaitTermination(Deadline deadline) throws InterruptedException {
        if (deadline.never()) {
            ensureNotInside("wait for its own end");
        }
        if (isTerminated() || deadline.isOver()) {
            return deadline.await(terminated);
        }
        return Wait.during(Awaited.SOMETHING_ELSE, deadline, end -> end.await(terminated));
    }

    /** Refuses a wait that could not end, because the thread that would make it is one of those waited for. */
    final void ensureNotInside(String what) {
        if (Runner.isInside(this)) {
            throw new DeadlockException(
                    "a task of " + name + " on " + Thread.currentThread().getName() + " would " + what);
        }
    }
}
