// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that is queued in an executor: one queue that everybody may add to, one for each worker that submits, and those for
 * items with a priority.
 */
final class Backlog {
    /*
     * Overview
     * --------
     * What a worker submits goes to a queue of its own, which nobody contends for: there it can take out again
     * what it is about to wait for. As a thread always adds to the same queue, and every queue is first in, first out,
     * the order of each submitting thread is kept. Anybody polls any queue.
     *
     * Items with a priority are kept apart, in queues that are not there before they are needed: nobody else pays.
     *
     * Cancelled items are counted over all queues; who cancels the last of many sweeps them all.
     */

    /** Fewer cancelled items than this are not worth a sweep. */
    private static final int MIN_SWEEP = 4096;

    final SharedQueue shared = new SharedQueue();

    /** The shared queue, followed by those of workers. Replaced, never changed. */
    private final AtomicReference<TaskQueue[]> queues = new AtomicReference<>(new TaskQueue[] {shared});

    /** What goes before all else; null as long as there has been nothing of the kind. */
    private final AtomicReference<@Nullable RankedQueue> urgent = new AtomicReference<>();

    /** What comes after all else; null as long as there has been nothing of the kind. */
    private final AtomicReference<@Nullable RankedQueue> late = new AtomicReference<>();

    private final AtomicInteger cancelledSinceSweep = new AtomicInteger();
    private final AtomicBoolean sweeping = new AtomicBoolean();

    /** How many cancelled items the next sweep waits for. Written by the sweeper. */
    private volatile int sweepAt = MIN_SWEEP;

    void add(WorkItem<?> item) {
        if (item.priority() == 0) {
            shared.add(item);
        } else {
            addRanked(item);
        }
    }

    private void addRanked(WorkItem<?> item) {
        AtomicReference<@Nullable RankedQueue> place = item.priority() > 0 ? urgent : late;
        if (place.get() == null) {
            place.compareAndSet(null, new RankedQueue());
        }
        requireNonNull(place.get()).add(item);
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

    /** Takes the item that is due next, which may not be pending any more; null if all queues are empty. */
    @Nullable
    WorkItem<?> poll() {
        WorkItem<?> item = pollUrgent();
        if (item == null) {
            item = shared.poll();
        }
        return item == null ? pollRest() : item;
    }

    /** Takes an item that goes before those of all other queues; null if there is none. */
    @Nullable
    WorkItem<?> pollUrgent() {
        return poll(urgent.get());
    }

    /** Takes the oldest item of a worker's queue, or one that comes after all others; null if there is none. */
    @Nullable
    WorkItem<?> pollRest() {
        WorkItem<?> item = queues.get().length > 1 ? pollUnranked(1) : null;
        return item == null ? poll(late.get()) : item;
    }

    /** As {@link #poll()}, but of items without a priority asks the queue with that number first, counted around. */
    @Nullable
    WorkItem<?> poll(int first) {
        WorkItem<?> item = pollUrgent();
        if (item == null) {
            item = pollUnranked(first);
        }
        return item == null ? poll(late.get()) : item;
    }

    private @Nullable WorkItem<?> pollUnranked(int first) {
        TaskQueue[] seen = queues.get();
        for (int i = 0; i < seen.length; i++) {
            WorkItem<?> item = seen[Math.floorMod(first + i, seen.length)].poll();
            if (item != null) {
                return item;
            }
        }
        return null;
    }

    private static @Nullable WorkItem<?> poll(@Nullable RankedQueue queue) {
        return queue == null ? null : queue.poll();
    }

    /** Whether there is nothing to poll. Entries that are not pending any more count as something. */
    boolean isEmpty() {
        for (TaskQueue queue : queues.get()) {
            if (!queue.isEmpty()) {
                return false;
            }
        }
        return isEmpty(urgent.get()) && isEmpty(late.get());
    }

    private static boolean isEmpty(@Nullable RankedQueue queue) {
        return queue == null || queue.isEmpty();
    }

    /**
     * Whether there are more than {@code number} entries, pending or not; in the face of concurrent changes roughly.
     */
    boolean holdsMoreThan(int number) {
        long count = 0;
        for (TaskQueue queue : queues.get()) {
            count += queue.countEntries(number + 1);
        }
        count += countEntries(urgent.get(), number + 1) + countEntries(late.get(), number + 1);
        return count > number;
    }

    private static long countEntries(@Nullable RankedQueue queue, int enough) {
        return queue == null ? 0 : queue.countEntries(enough);
    }

    /** Counts the pending items, one by one; in the face of concurrent changes an estimate. */
    long countPending() {
        return Arrays.stream(queues.get()).mapToLong(TaskQueue::countPending).sum()
                + countPending(urgent.get())
                + countPending(late.get());
    }

    /** The pending items that have been in their queues for longest, so many of each at most. */
    List<WorkItem<?>> oldestPending(int most) {
        List<WorkItem<?>> found = new ArrayList<>();
        for (TaskQueue queue : queues.get()) {
            queue.addPending(most, found);
        }
        for (RankedQueue queue : Arrays.asList(urgent.get(), late.get())) {
            if (queue != null) {
                queue.addPending(most, found);
            }
        }
        return found;
    }

    private static long countPending(@Nullable RankedQueue queue) {
        return queue == null ? 0 : queue.countPending();
    }

    /** Fails all that is queued. */
    void failAll(Supplier<? extends Throwable> exception) {
        while (!isEmpty()) {
            // Before an item is in hand: there may be no memory.
            Failed failed = new Failed(exception.get());
            WorkItem<?> item = poll();
            if (item != null) {
                item.reject(failed);
            }
        }
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
                left += sweep(urgent.get()) + sweep(late.get());
                sweepAt = Math.max(MIN_SWEEP, left / 2);
            } finally {
                sweeping.set(false);
            }
        }
    }

    private static int sweep(@Nullable RankedQueue queue) {
        return queue == null ? 0 : queue.sweep();
    }
}
