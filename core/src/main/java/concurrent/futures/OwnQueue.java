// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import org.jspecify.annotations.Nullable;

/** A queue that one thread adds to, which may take its last items back before it runs them itself. */
final class OwnQueue extends TaskQueue {
    /*
     * Overview
     * --------
     * The adder is alone at its end, so it needs no compare-and-set there. What it takes back is the end of the queue
     * that Chase and Lev's deque has, with one difference: there the counters decide who gets the last item, here it is
     * whoever claims it. So taking back is in two steps around the claim, which is the fence that orders them:
     *
     *     the adder                                    a poller
     *     ---------                                    --------
     *     added = the slot of the item                 read polled, added and the slot
     *     claim the item, by a compare-and-set         count the slot as polled, by a compare-and-set
     *     polled is below the slot: nobody can         claim the item
     *       get at it any more, so it is cleared
     *     otherwise: it counts as polled
     *
     * Items below the last that the adder has run as well (those that it has waited for in another order) go with it.
     */

    /** The last segment. Used by the adder alone. */
    private Segment tail;

    /** How many items below the last, at most, the adder has run itself. Used by the adder alone. */
    private int stale;

    /** The slots that are being taken back: from this one ... Used by the adder alone. */
    private int first;

    /** ... to before this one; no more than {@link #first} if there are none. Used by the adder alone. */
    private int end;

    OwnQueue() {
        this(new Segment());
    }

    private OwnQueue(Segment first) {
        super(first);
        tail = first;
    }

    /**
     * Adds an item, with a full fence.
     *
     * @return false if there was something before it, so that whoever was told of that finds this one as well
     */
    boolean push(WorkItem<?> item) {
        Segment last = tail;
        int slot = last.added();
        if (slot >= Segment.SIZE) {
            last = last.nextOrNew();
            tail = last;
            slot = 0;
        }
        last.fill(slot, item);
        last.setAddedAndFence(slot + 1);
        return last.polled() >= slot;
    }

    /** Begins to take an item back, if it is the last. An attempt to claim it and {@link #takenBack} have to follow. */
    void takeBack(WorkItem<?> item) {
        Segment last = tail;
        end = last.added();
        first = end - 1;
        if (first < 0 || last.slot(first) != item) {
            first = end;
            stale++;
            return;
        }
        while (stale > 0 && first > 0 && last.slot(first - 1) instanceof WorkItem<?> below && !below.isPending()) {
            first--;
            stale--;
        }
        last.setAdded(first);
    }

    /**
     * The item that is being taken back has been claimed or, if that failed, has been claimed or cancelled by somebody
     * else. Does nothing if none is being taken back.
     */
    void takenBack(boolean claimed) {
        int from = first;
        if (from == end) {
            return;
        }
        first = end;
        Segment last = tail;
        int polled = last.polled();
        if (claimed && polled < from) {
            clear(last, from);
            return;
        }
        if (polled == from && last.poll(from, end)) {
            clear(last, from);
        }
        // Otherwise they are for pollers to drop.
        last.setAdded(end);
    }

    /** Empties the slots that have been taken back; only the last one's item has been looked at. */
    private void clear(Segment last, int from) {
        last.clear(end - 1);
        for (int slot = from; slot < end - 1; slot++) {
            if (last.slot(slot) instanceof WorkItem<?> item && item.isWithdrawn()) {
                item.drop();
            }
            last.clear(slot);
        }
    }

    @Override
    @Nullable
    Object entryAt(Segment segment, int slot) {
        return isAdded(segment, slot) ? segment.slot(slot) : null;
    }

    @Override
    boolean isAdded(Segment segment, int slot) {
        return slot < segment.added();
    }
}
