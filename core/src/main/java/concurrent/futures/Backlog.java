// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** All that is queued in an executor: one queue that everybody may add to, and one for each worker that submits. */
final class Backlog {
    /*
     * Overview
     * --------
     * What a worker submits goes to a queue of its own, which nobody contends for: there it can take out again
     * what it is about to wait for. As a thread always adds to the same queue, and every queue is first in, first out,
     * the order of each submitting thread is kept. Anybody polls any queue.
     *
     * Cancelled items are counted over all queues; who cancels the last of many sweeps them all.
     */

    /** Fewer cancelled items than this are not worth a sweep. */
    private static final int MIN_SWEEP = 4096;

    final SharedQueue shared = new SharedQueue();

    /** The shared queue, followed by those of workers. Replaced, never changed. */
    private final AtomicReference<TaskQueue[]> queues = new AtomicReference<>(new TaskQueue[] {shared});

    private final AtomicInteger cancelledSinceSweep = new AtomicInteger();
    private final AtomicBoolean sweeping = new AtomicBoolean();

    /** How many cancelled items the next sweep waits for. Written by the sweeper. */
    private volatile int sweepAt = MIN_SWEEP;

    void add(WorkItem<?> item) {
        shared.add(item);
    }

    /** A queue for one thread to add to, which closes it at last. */
    OwnQueue open() {
        OwnQueue own = new OwnQueue();
        queues.updateAndGet(seen -> {
            TaskQueue[] more = Arrays.copyOf(seen, seen.length + 1);
            more[seen.length] = own;
            return more;
        });
        return own;
    }

    /** Leaves what is in the queue to others. */
    void close(OwnQueue own) {
        for (WorkItem<?> item = own.poll(); item != null; item = own.poll()) {
            shared.add(item);
        }
        queues.updateAndGet(
                seen -> Arrays.stream(seen).filter(each -> each != own).toArray(TaskQueue[]::new));
    }

    /** Takes the oldest item of one of the queues, which may not be pending any more; null if all are empty. */
    @Nullable
    WorkItem<?> poll() {
        WorkItem<?> item = shared.poll();
        return item == null ? pollWorkers() : item;
    }

    /** Takes the oldest item of a worker's queue; null if all of these are empty. */
    @Nullable
    WorkItem<?> pollWorkers() {
        return queues.get().length > 1 ? poll(1) : null;
    }

    /** As {@link #poll()}, but asks the queue with that number first, counted around. */
    @Nullable
    WorkItem<?> poll(int first) {
        TaskQueue[] seen = queues.get();
        for (int i = 0; i < seen.length; i++) {
            WorkItem<?> item = seen[Math.floorMod(first + i, seen.length)].poll();
            if (item != null) {
                return item;
            }
        }
        return null;
    }

    /** Whether there is nothing to poll. Entries that are not pending any more count as something. */
    boolean isEmpty() {
        for (TaskQueue queue : queues.get()) {
            if (!queue.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether there are more than {@code number} entries, pending or not; in the face of concurrent changes roughly.
     */
    boolean holdsMoreThan(int number) {
        long count = 0;
        for (TaskQueue queue : queues.get()) {
            count += queue.countEntries(number + 1);
        }
        return count > number;
    }

    /** Counts the pending items, one by one; in the face of concurrent changes an estimate. */
    long countPending() {
        return Arrays.stream(queues.get()).mapToLong(TaskQueue::countPending).sum();
    }

    /** An item that was added has been cancelled. */
    void cancelled() {
        if (cancelledSinceSweep.incrementAndGet() >= sweepAt && sweeping.compareAndSet(false, true)) {
            cancelledSinceSweep.set(0);
            try {
                int left = 0;
                for (TaskQueue queue : queues.get()) {
                    left += queue.sweep();
                }
                sweepAt = Math.max(MIN_SWEEP, left / 2);
            } finally {
                sweeping.set(false);
            }
        }
    }
}
