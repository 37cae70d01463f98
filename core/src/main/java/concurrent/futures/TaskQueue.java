// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The queue of an executor: unbounded, first in first out, for any number of threads at both ends, without locks.
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
     * more is harmless, and whoever polls it drops it. To keep the memory proportional to what is still wanted, the
     * thread that cancels the last of many sweeps: it overwrites the slots of cancelled items and unlinks the segments
     * in which nothing is left.
     */
    private static final int SEGMENT_SIZE = 1024;

    /** How long a poller waits for an adder that has taken a slot but not filled it yet. */
    private static final int SPINS = 64;

    /** Fewer cancelled items than this are not worth a sweep. */
    private static final int MIN_SWEEP = 4096;

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

    private final AtomicInteger cancelledSinceSweep = new AtomicInteger();
    private final AtomicBoolean sweeping = new AtomicBoolean();

    /** How many cancelled items the next sweep waits for. Written by the sweeper. */
    private volatile int sweepAt = MIN_SWEEP;

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

    /** Whether there are more than {@code number} entries, pending or not; in the face of concurrent changes roughly. */
    boolean holdsMoreThan(int number) {
        long count = 0;
        for (Segment segment = head; segment != null && count <= number; segment = segment.next) {
            int polled = Math.min(segment.polled, SEGMENT_SIZE);
            count += Math.max(0, Math.min(segment.added, SEGMENT_SIZE) - polled);
        }
        return count > number;
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

    /** An item that was added has been cancelled. */
    void cancelled() {
        if (cancelledSinceSweep.incrementAndGet() >= sweepAt && sweeping.compareAndSet(false, true)) {
            cancelledSinceSweep.set(0);
            try {
                sweepAt = Math.max(MIN_SWEEP, sweep() / 2);
            } finally {
                sweeping.set(false);
            }
        }
    }

    /** Drops cancelled items and unlinks the segments that hold no others; returns how many items are left. */
    private int sweep() {
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
