// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
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
final class Arrivals<T extends @Nullable Object> {
    /*
     * Overview
     * --------
     * A future that is completed pushes its listener on `arrived` without a lock, since that happens on the worker. A
     * consumer takes the whole stack at once and turns it over into `ready`. The lock is for consumers alone, held for
     * moments, never while one waits: then others may add futures. A consumer that finds nothing queues a waiter and
     * looks once more; whoever pushes looks for waiters afterwards.
     */
    private static final VarHandle ARRIVED = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "arrived", VarHandle.class, Arrivals.class, Arrival.class);

    /** How often a consumer looks again before it parks. */
    private static final int YIELDS = 20;

    private final ReentrantLock lock = new ReentrantLock();

    /** The futures that have not been given out, with their listeners. Guarded by the lock. */
    private final IdentityHashMap<Future<T>, Arrival<T>> awaited = new IdentityHashMap<>();

    /** Those of them that are known to be done, in order. Guarded by the lock. */
    private final Deque<Future<T>> ready = new ArrayDeque<>();

    /** Consumers that wait, each for one future. Guarded by the lock. */
    private final Deque<Waiter> waiters = new ArrayDeque<>();

    /** Whether there are waiters. Written under the lock, read by whoever completes a future. */
    private volatile boolean hasWaiters;

    /** The size of {@link #awaited}. Written under the lock. */
    private volatile int left;

    /** How many futures there have been. Guarded by the lock. */
    private int total;

    /** Guarded by the lock. */
    private boolean closed;

    /** The futures that have been completed since a consumer last looked, the last on top. */
    private volatile @Nullable Arrival<T> arrived;

    /** A listener on one future. */
    private static final class Arrival<T extends @Nullable Object> extends Listener {
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

    /** Adds a future; false if it is already there. */
    boolean add(Future<T> future) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("this iteration has been closed");
            }
            Arrival<T> arrival = new Arrival<>(this, future);
            if (awaited.putIfAbsent(future, arrival) != null) {
                return false;
            }
            total++;
            left = awaited.size();
            if (future.isDone() && arrived == null) {
                ready.add(future);
                wakeOne();
            } else {
                future.listen(arrival);
            }
            return true;
        } finally {
            lock.unlock();
        }
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
                open = waiter.await(deadline);
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
            awaited.remove(future);
            left = awaited.size();
            if (left == 0) {
                // There is nothing to wait for any more.
                releaseAll();
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
        for (Arrival<T> each = top; each != null; ) {
            ready.addFirst(each.future);
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

    private void releaseAll() {
        while (!waiters.isEmpty()) {
            wakeOne();
        }
    }

    TimeoutException timedOut() {
        lock.lock();
        try {
            return new TimeoutException(awaited.size() + " (of " + total + ") futures unfinished");
        } finally {
            lock.unlock();
        }
    }

    /** Removes all listeners; returns the futures that have not been given out. */
    List<Future<T>> close() {
        List<Future<T>> futures;
        List<Arrival<T>> listeners;
        lock.lock();
        try {
            closed = true;
            futures = new ArrayList<>(awaited.keySet());
            listeners = new ArrayList<>(awaited.values());
            awaited.clear();
            ready.clear();
            left = 0;
            releaseAll();
        } finally {
            lock.unlock();
        }
        for (Arrival<T> listener : listeners) {
            listener.future.unlisten(listener);
        }
        arrived = null;
        return futures;
    }
}
