// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A queue of work items: unbounded, first in first out, for any number of threads at both ends, without locks.
 */
final class TaskQueue {
    /*
     * Overview
     * --------
     * A list of segments. An adder takes the next slot of the last segment with one fetch-and-add and puts its item
     * there; a poller takes the next slot of the first segment in the same way and swaps the item out. So neither end
     * retries under contention, and an item costs one slot. A poller that is ahead of its adder leaves TAKEN in the
     * slot, and the adder goes on to the next slot.
     *
     * Whoever starts or cancels an item does so on the item, not on the queue: an entry whose item is not pending any
     * more is harmless, and whoever polls it drops it. To keep the memory proportional to what is still wanted, it is
     * swept from time to time: the slots of cancelled items are overwritten, and segments in which nothing is left are
     * unlinked.
     *
     * A queue that a single thread adds to does the same with less: nobody competes for `added`, so that thread may also
     * take its last item back, by swapping the slot to null and moving `added` back by one. A poller that has taken that
     * slot meanwhile finds null and leaves TAKEN there, over which the next item is not written.
     */
    private static final int SEGMENT_SIZE = 1024;

    /** How long a poller waits for an adder that has taken a slot but not filled it yet. */
    private static final int SPINS = 64;

    private static final Object TAKEN = new Object();

    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle HEAD = handle("head", TaskQueue.class, Segment.class);
    private static final VarHandle TAIL = handle("tail", TaskQueue.class, Segment.class);
    private static final VarHandle ADDED = handle("added", Segment.class, int.class);
    private static final VarHandle POLLED = handle("polled", Segment.class, int.class);
    private static final VarHandle NEXT = handle("next", Segment.class, Segment.class);

    /** The first segment that may hold an item. Only moves forward. */
    private volatile Segment head = new Segment();

    /** The last segment, or one that leads to it. Only moves forward. */
    private volatile Segment tail = head;

    /**
     * How many items, at most, the one thread that adds to this queue wanted to take out that were not the last. Used by
     * that thread alone.
     */
    private int stale;

    private static VarHandle handle(String field, Class<?> owner, Class<?> type) {
        return ConstantBootstraps.fieldVarHandle(MethodHandles.lookup(), field, VarHandle.class, owner, type);
    }

    private static final class Segment {
        final @Nullable Object[] slots = new Object[SEGMENT_SIZE];

        /** How many slots adders have taken; may exceed the size. */
        volatile int added;

        /** How many slots pollers have taken; may exceed the size and what was added. */
        volatile int polled;

        volatile @Nullable Segment next;
    }

    void add(WorkItem<?> item) {
        while (true) {
            Segment last = tail;
            int slot = (int) ADDED.getAndAdd(last, 1);
            if (slot >= SEGMENT_SIZE) {
                TAIL.compareAndSet(this, last, segmentAfter(last));
            } else if (SLOTS.compareAndSet(last.slots, slot, null, item)) {
                return;
            }
        }
    }

    /** As {@link #add}, for the one thread that adds to this queue. */
    void push(WorkItem<?> item) {
        while (true) {
            Segment last = tail;
            int slot = last.added;
            if (slot >= SEGMENT_SIZE) {
                tail = segmentAfter(last);
            } else {
                ADDED.setRelease(last, slot + 1);
                if (SLOTS.compareAndSet(last.slots, slot, null, item)) {
                    return;
                }
            }
        }
    }

    /** Takes an item out again if it is the last. For the one thread that adds to this queue. */
    void retract(WorkItem<?> item) {
        Segment last = tail;
        int slot = last.added - 1;
        if (slot >= 0 && SLOTS.compareAndSet(last.slots, slot, item, null)) {
            ADDED.setRelease(last, slot);
            if (stale > 0) {
                retractStale(last, slot - 1);
            }
        } else {
            stale++;
        }
    }

    /** Takes out what is not pending any more, from a slot downwards. */
    private void retractStale(Segment last, int top) {
        for (int slot = top; slot >= 0; slot--) {
            if (!(SLOTS.getVolatile(last.slots, slot) instanceof WorkItem<?> below)
                    || below.isPending()
                    || !SLOTS.compareAndSet(last.slots, slot, below, null)) {
                return;
            }
            ADDED.setRelease(last, slot);
            below.drop();
            stale = Math.max(0, stale - 1);
        }
        stale = 0;
    }

    private static Segment segmentAfter(Segment full) {
        Segment next = full.next;
        if (next != null) {
            return next;
        }
        Segment fresh = new Segment();
        Segment witness = (Segment) NEXT.compareAndExchange(full, null, fresh);
        return witness == null ? fresh : witness;
    }

    /** Takes the oldest item, which may not be pending any more; null if there is none. */
    @Nullable
    WorkItem<?> poll() {
        while (true) {
            Segment first = head;
            int polled = first.polled;
            if (polled >= SEGMENT_SIZE) {
                Segment next = first.next;
                if (next == null) {
                    return null;
                }
                HEAD.compareAndSet(this, first, next);
            } else if (polled >= first.added) {
                return null;
            } else {
                int slot = (int) POLLED.getAndAdd(first, 1);
                Object taken = slot < SEGMENT_SIZE ? take(first.slots, slot) : null;
                if (taken instanceof WorkItem<?> item) {
                    return item;
                }
            }
        }
    }

    private static @Nullable Object take(@Nullable Object[] slots, int slot) {
        for (int i = 0; i < SPINS && SLOTS.getVolatile(slots, slot) == null; i++) {
            Thread.onSpinWait();
        }
        return SLOTS.getAndSet(slots, slot, TAKEN);
    }

    /** Whether there is nothing to poll. Entries that are not pending any more count as something. */
    boolean isEmpty() {
        for (Segment segment = head; segment != null; segment = segment.next) {
            int polled = segment.polled;
            if (polled < SEGMENT_SIZE) {
                return polled >= segment.added;
            }
        }
        return true;
    }

    /** Counts the entries, pending or not, roughly in the face of concurrent changes, and perhaps not beyond a number. */
    long countEntries(int enough) {
        long count = 0;
        for (Segment segment = head; segment != null && count < enough; segment = segment.next) {
            int polled = Math.min(segment.polled, SEGMENT_SIZE);
            count += Math.max(0, Math.min(segment.added, SEGMENT_SIZE) - polled);
        }
        return count;
    }

    /** Counts the pending items, one by one; in the face of concurrent changes an estimate. */
    long countPending() {
        long count = 0;
        for (Segment segment = head; segment != null; segment = segment.next) {
            int end = Math.min(segment.added, SEGMENT_SIZE);
            for (int slot = segment.polled; slot < end; slot++) {
                if (SLOTS.getVolatile(segment.slots, slot) instanceof WorkItem<?> item && item.isPending()) {
                    count++;
                }
            }
        }
        return count;
    }

    /* ---------------- Sweeping ---------------- */

    /** Drops cancelled items and unlinks the segments that hold no others; returns how many items are left. */
    int sweep() {
        int left = 0;
        Segment kept = null;
        for (Segment segment = head; segment != null; segment = segment.next) {
            int live = sweep(segment);
            left += live;
            boolean spent = live == 0 && segment.added >= SEGMENT_SIZE;
            if (spent && segment.polled < SEGMENT_SIZE) {
                // Pollers that are in it, or come to it on the way, need not look at its slots.
                POLLED.getAndAdd(segment, SEGMENT_SIZE);
            }
            if (!spent || segment.next == null || kept == null) {
                kept = segment;
            } else {
                kept.next = segment.next;
            }
        }
        return left;
    }

    /** Drops the cancelled items of one segment; returns how many slots are, or may come to be, of use. */
    private static int sweep(Segment segment) {
        int live = 0;
        for (int slot = Math.min(segment.polled, SEGMENT_SIZE); slot < SEGMENT_SIZE; slot++) {
            Object seen = SLOTS.getVolatile(segment.slots, slot);
            if (seen == TAKEN) {
                continue;
            }
            if (seen instanceof WorkItem<?> item
                    && item.isCancelled()
                    && SLOTS.compareAndSet(segment.slots, slot, seen, TAKEN)) {
                item.drop();
            } else {
                live++;
            }
        }
        return live;
    }
}
