// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is behind an {@link AsCompleted}: the futures that it has not given out, and those of them that are done in the
 * order in which they were completed.
 *
 * <p>The listeners on the futures refer to this and not to the {@code AsCompleted}, so that an iteration that nobody
 * can reach any more can be collected, and its listeners removed.
 *
 * @param <T> the type of the results
 */
final class Arrivals<T extends @Nullable Object> implements Awaited {
    /*
     * Overview
     * --------
     * A future that is completed pushes its listener on `arrived` without a lock, since that happens on the worker. A
     * consumer takes the whole stack at once and turns it over into `ready`. The lock is for consumers alone, held for
     * moments, never while one waits: then others may add futures. A consumer that finds nothing queues a waiter and
     * looks once more; whoever pushes looks for waiters afterwards.
     *
     * The listeners are kept in a list, each with its place in it, so that all can be removed in the end and each can
     * be forgotten as soon as its future is known to be done. Which futures there are is asked only if one is added
     * later that may be among them, so a set of them is not made before.
     */
    private static final VarHandle ARRIVED = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "arrived", VarHandle.class, Arrivals.class, Arrival.class);

    /** How often a consumer looks again before it parks. */
    private static final int YIELDS = 20;

    private final ReentrantLock lock = new ReentrantLock();

    /** The listeners on futures that are not known to be done. Guarded by the lock. */
    private final Roster<Arrival<T>> listeners;

    /** The futures that are known to be done and have not been given out, in order. Guarded by the lock. */
    private final Deque<Future<T>> ready;

    /** All that have not been given out; null as long as nobody asks for it. Guarded by the lock. */
    private @Nullable Set<Future<T>> known;

    /** Consumers that wait, each for one future. Guarded by the lock. */
    private final Deque<Waiter> waiters = new ArrayDeque<>();

    /** Whether there are waiters. Written under the lock, read by whoever completes a future. */
    private volatile boolean hasWaiters;

    /** How many futures have not been given out. Written under the lock. */
    private volatile int left;

    /** How many futures there have been. Guarded by the lock. */
    private int total;

    /** How many of them have been given out. Guarded by the lock. */
    private int givenOut;

    /** Guarded by the lock. */
    private boolean closed;

    /** The futures that have been completed since a consumer last looked, the last on top. */
    private volatile @Nullable Arrival<T> arrived;

    /**
     * Creates one to which so many futures, about, will be added. An array that is outgrown stays in the old generation
     * for long, and keeps what it refers to.
     */
    Arrivals(int expected) {
        listeners = new Roster<>(expected);
        ready = new ArrayDeque<>(expected);
    }

    /** A listener on one future. */
    private static final class Arrival<T extends @Nullable Object> extends Roster.Member {
        final Arrivals<T> arrivals;
        final Future<T> future;

        /** The one below in the stack of those that have arrived. Written before this is pushed. */
        @Nullable
        Arrival<T> below;

        Arrival(Arrivals<T> arrivals, Future<T> future) {
            this.arrivals = arrivals;
            this.future = future;
        }

        @Override
        void done(Future<?> completed) {
            arrivals.push(this);
        }
    }

    /** Adds a future unless it is there already. */
    void add(Future<T> future) {
        lock.lock();
        try {
            ensureOpen();
            if (known == null) {
                known = findAll();
            }
            if (!known.contains(future)) {
                addNew(future);
                known.add(future);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Adds a future that has not been added before. */
    void addNew(Future<T> future) {
        lock.lock();
        try {
            ensureOpen();
            total++;
            left = total - givenOut;
            if (future.isDone() && arrived == null) {
                ready.add(future);
                wakeOne();
            } else {
                listenTo(future);
            }
        } finally {
            lock.unlock();
        }
    }

    private void ensureOpen() {
        if (closed) {
            throw new IllegalStateException("this iteration has been closed");
        }
    }

    private void listenTo(Future<T> future) {
        Arrival<T> arrival = new Arrival<>(this, future);
        listeners.add(arrival);
        future.listen(arrival);
    }

    /** The futures that have not been given out. */
    private Set<Future<T>> findAll() {
        turnOver();
        Set<Future<T>> all = Collections.newSetFromMap(new IdentityHashMap<>());
        all.addAll(ready);
        for (Arrival<T> each : listeners) {
            all.add(each.future);
        }
        return all;
    }

    private void push(Arrival<T> arrival) {
        Arrival<T> seen = arrived;
        while (true) {
            arrival.below = seen;
            Arrival<T> witness = (Arrival<T>) ARRIVED.compareAndExchange(this, seen, arrival);
            if (witness == seen) {
                break;
            }
            seen = witness;
        }
        if (hasWaiters) {
            lock.lock();
            try {
                wakeOne();
            } finally {
                lock.unlock();
            }
        }
    }

    private void wakeOne() {
        Waiter waiter = waiters.poll();
        hasWaiters = !waiters.isEmpty();
        if (waiter != null) {
            waiter.open();
        }
    }

    int left() {
        return left;
    }

    /** Takes the next future if it is done; null otherwise. */
    @Nullable
    Future<T> poll() {
        return pollReady(null);
    }

    /** The next future that is done; null if there is none left, or when the deadline comes first. */
    @Nullable
    Future<T> next(Deadline deadline) throws InterruptedException {
        for (int i = 0; i < YIELDS; i++) {
            Future<T> future = poll();
            if (future != null || left == 0 || deadline.isOver()) {
                return future;
            }
            Thread.yield();
        }
        return awaitReady(deadline);
    }

    private @Nullable Future<T> awaitReady(Deadline deadline) throws InterruptedException {
        while (true) {
            Waiter waiter = new Waiter();
            Future<T> future = pollReady(waiter);
            if (future != null || left == 0) {
                return future;
            }
            boolean open = false;
            try {
                open = waiter.await(this, deadline);
            } finally {
                if (!open) {
                    giveUp(waiter);
                }
            }
            if (!open) {
                return poll();
            }
        }
    }

    /** Takes a future that is done; if there is none but will be, queues the waiter. */
    private @Nullable Future<T> pollReady(@Nullable Waiter waiter) {
        lock.lock();
        try {
            Future<T> future = pollReady();
            if (future == null && waiter != null && left > 0) {
                waiters.add(waiter);
                hasWaiters = true;
                future = pollReady();
                if (future != null) {
                    withdraw(waiter);
                }
            }
            return future;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Future<T> pollReady() {
        if (ready.isEmpty()) {
            turnOver();
        }
        Future<T> future = ready.poll();
        if (future != null) {
            if (known != null) {
                known.remove(future);
            }
            givenOut++;
            left = total - givenOut;
            if (left == 0) {
                // There is nothing to wait for any more.
                releaseAll();
            } else {
                releaseTasks();
            }
        }
        return future;
    }

    private void turnOver() {
        if (arrived == null || closed) {
            // What arrives at a closed one was under way when it was closed.
            return;
        }
        Arrival<T> top = (Arrival<T>) ARRIVED.getAndSet(this, null);
        Arrival<T> oldest = null;
        for (Arrival<T> each = top; each != null; ) {
            Arrival<T> next = each.below;
            each.below = oldest;
            oldest = each;
            each = next;
        }
        // Oldest first, as there may be some that are ready already.
        for (Arrival<T> each = oldest; each != null; ) {
            ready.add(each.future);
            listeners.remove(each);
            // One that is given out must not be found through one that is not.
            Arrival<T> next = each.below;
            each.below = null;
            each = next;
        }
    }

    private void withdraw(Waiter waiter) {
        waiters.remove(waiter);
        hasWaiters = !waiters.isEmpty();
    }

    /** Leaves the waiters; hands on the wake-up if there was one. */
    private void giveUp(Waiter waiter) {
        lock.lock();
        try {
            if (waiters.remove(waiter)) {
                hasWaiters = !waiters.isEmpty();
            } else {
                wakeOne();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Has those that wait inside a task look again: what is left may all be waiting for them. */
    private void releaseTasks() {
        waiters.removeIf(Waiter::openIfInTask);
        hasWaiters = !waiters.isEmpty();
    }

    private void releaseAll() {
        while (!waiters.isEmpty()) {
            wakeOne();
        }
    }

    @Override
    public boolean needsAll() {
        return false;
    }

    @Override
    public boolean allMatch(Predicate<? super Future<?>> predicate) {
        lock.lock();
        try {
            for (Arrival<T> each : listeners) {
                if (!predicate.test(each.future)) {
                    return false;
                }
            }
            return ready.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    TimeoutException timedOut() {
        lock.lock();
        try {
            return new TimeoutException(left + " (of " + total + ") futures unfinished");
        } finally {
            lock.unlock();
        }
    }

    /** Removes all listeners; returns the futures that have not been given out. */
    Collection<Future<T>> close() {
        Collection<Future<T>> futures;
        List<Arrival<T>> removed;
        lock.lock();
        try {
            futures = closed ? List.of() : findAll();
            removed = listeners.takeAll();
            closed = true;
            ready.clear();
            known = null;
            left = 0;
            releaseAll();
        } finally {
            lock.unlock();
        }
        for (Arrival<T> listener : removed) {
            listener.future.unlisten(listener);
        }
        arrived = null;
        return futures;
    }
}
