// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A queue of work items: unbounded, first in first out, without locks, for any number of threads that poll. Who may add
 * is up to its two kinds, {@link SharedQueue} and {@link OwnQueue}.
 */
abstract class TaskQueue extends Padded {
    /*
     * Overview
     * --------
     * A list of segments. A poller looks at the next slot of the first segment, and takes it, if there is something in
     * it, by counting it as polled. When another poller is faster it pauses, longer each time: while tasks are so short
     * that pollers meet, one that has the queue to itself gets through more of them than two who take turns.
     *
     * Whoever starts or cancels an item does so on the item, not on the queue: an entry whose item is not pending any
     * more is harmless, and whoever polls it drops it. To keep the memory proportional to what is still wanted, the
     * queue is swept from time to time: the slots of cancelled items are overwritten, and segments in which nothing is
     * left are unlinked.
     */
    private static final VarHandle HEAD = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "head", VarHandle.class, TaskQueue.class, Segment.class);

    /** A poller that has been overtaken so often in a row pauses for the longest time, which is 2 to this power. */
    private static final int MAX_BACKOFF = 5;

    /** The first segment that may hold an item. Only moves forward. */
    private volatile Segment head;

    TaskQueue(Segment first) {
        head = first;
    }

    /**
     * What a poller finds in a slot that is the next one to be polled: an item, or TAKEN; null if nothing has been
     * added there.
     */
    abstract @Nullable Object entryAt(Segment segment, int slot);

    /** Whether something has been added to a slot that is the next one to be polled. */
    abstract boolean isAdded(Segment segment, int slot);

    /** Takes the oldest item, which may not be pending any more; null if there is none. */
    final @Nullable WorkItem<?> poll() {
        return poll(/* courtesy= */ null);
    }

    /** As {@link #poll()}, and says which slot it was. */
    final @Nullable WorkItem<?> poll(@Nullable Courtesy courtesy) {
        int overtaken = 0;
        while (true) {
            Segment first = firstUnspent();
            int slot = first.polled();
            if (slot >= Segment.SIZE && first.next() == null) {
                return null;
            }
            Object entry = slot < Segment.SIZE ? entryAt(first, slot) : null;
            if (entry != null && !first.takeToPoll(slot, slot + 1)) {
                backOff(overtaken++);
            } else if (entry instanceof WorkItem<?> item) {
                first.clear(slot);
                if (courtesy != null) {
                    courtesy.tookFrom(slot);
                }
                return item;
            } else if (entry == null && first.polled() == slot && slot < Segment.SIZE) {
                // Looked at again, because a slot is empty also after another poller has been there.
                return null;
            }
        }
    }

    /** The first segment that has not been polled to its end, or the last one. */
    private Segment firstUnspent() {
        Segment first = head;
        Segment next = first.polled() < Segment.SIZE ? null : first.next();
        if (next == null) {
            return first;
        }
        HEAD.compareAndSet(this, first, next);
        return next;
    }

    private static void backOff(int overtaken) {
        for (int pauses = 1 << Math.min(overtaken, MAX_BACKOFF); pauses > 0; pauses--) {
            Thread.onSpinWait();
        }
    }

    /** How many entries of the first segment have been polled. */
    final int polledInFirst() {
        return head.polled();
    }

    /** Whether there is nothing to poll. Entries that are not pending any more count as something. */
    final boolean isEmpty() {
        for (Segment segment = head; segment != null; segment = segment.next()) {
            int polled = segment.polled();
            if (polled < Segment.SIZE) {
                return !isAdded(segment, polled);
            }
        }
        return true;
    }

    /**
     * Counts the entries, pending or not, roughly in the face of concurrent changes, and perhaps not beyond a number.
     */
    final long countEntries(int enough) {
        long count = 0;
        for (Segment segment = head; segment != null && count < enough; segment = segment.next()) {
            int polled = Math.min(segment.polled(), Segment.SIZE);
            count += Math.max(0, Math.min(segment.added(), Segment.SIZE) - polled);
        }
        return count;
    }

    /** Counts the pending items, one by one; in the face of concurrent changes an estimate. */
    final long countPending() {
        long[] count = {0};
        eachPending(item -> ++count[0] > 0);
        return count[0];
    }

    /** Adds the oldest pending items to a list. */
    final void addPending(int most, List<WorkItem<?>> found) {
        int end = found.size() + most;
        eachPending(item -> found.add(item) && found.size() < end);
    }

    /** Goes through the pending items, the oldest first, as long as it is to go on. */
    private void eachPending(Predicate<WorkItem<?>> goesOn) {
        for (Segment segment = head; segment != null; segment = segment.next()) {
            int end = Math.min(segment.added(), Segment.SIZE);
            for (int slot = segment.polled(); slot < end; slot++) {
                if (segment.slot(slot) instanceof WorkItem<?> item && item.isPending() && !goesOn.test(item)) {
                    return;
                }
            }
        }
    }

    /* ---------------- Sweeping ---------------- */

    /** Drops cancelled items and unlinks the segments that hold no others; returns how many items are left. */
    final int sweep() {
        int left = 0;
        Segment kept = null;
        Segment next;
        for (Segment segment = head; segment != null; segment = next) {
            // Looked at before the slots: adders are through with a segment that has a next one.
            next = segment.next();
            int live = sweep(segment);
            left += live;
            if (live > 0 || next == null) {
                kept = segment;
                continue;
            }
            if (segment.polled() < Segment.SIZE) {
                // Pollers that are in it, or come to it on the way, need not look at its slots.
                segment.takeAllToPoll();
            }
            if (kept != null) {
                kept.skipTo(next);
            } else {
                kept = segment;
            }
        }
        return left;
    }

    /**
     * Drops the cancelled items of one segment; returns how many slots are, or may come to be, of use. An item that was
     * cancelled while it ran is left to whoever ran it, who may be about to empty the slot.
     */
    private static int sweep(Segment segment) {
        int live = 0;
        for (int slot = Math.min(segment.polled(), Segment.SIZE); slot < Segment.SIZE; slot++) {
            Object seen = segment.slot(slot);
            if (seen == Segment.TAKEN) {
                continue;
            }
            if (seen instanceof WorkItem<?> item && item.isWithdrawn() && segment.replace(slot, seen, Segment.TAKEN)) {
                item.drop();
            } else {
                live++;
            }
        }
        return live;
    }
}
