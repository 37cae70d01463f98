// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import org.jspecify.annotations.Nullable;

/** A queue that one thread adds to, which may take its last items back before it runs them itself. */
final class OwnQueue extends TaskQueue {
    /*
     * Overview
     * --------
     * The adder is alone at its end, so it needs no compare-and-set there. As in Chase and Lev's deque, it takes back
     * from the end to which it adds. There the counters decide who gets the last item; here it is whoever claims it. So
     * taking back is in two steps around the claim, which is the fence that orders them:
     *
     *     the adder                                    a poller
     *     ---------                                    --------
     *     added = the slot of the item                 read polled, added and the slot
     *     claim the item, by a compare-and-set         count the slot as polled, by a compare-and-set
     *     polled is below the slot: nobody can         claim the item
     *       get at it any more, so it is cleared
     *     polled is at the slot: count it as polled,
     *       by a compare-and-set, and clear it
     *     otherwise, or if the claim failed:
     *       added as before, and pollers drop it
     *
     * Items below the last that the adder has run as well (those that it has waited for in another order) go with it.
     */

    /** The last segment. Used by the adder alone. */
    private Segment tail;

    /** How many items below the last, at most, the adder has run itself. Used by the adder alone. */
    private int stale;

    /** The first of the slots that are being taken back. Used by the adder alone. */
    private int takenFrom;

    /** The slot behind the last of them; {@link #takenFrom} if there are none. Used by the adder alone. */
    private int takenTo;

    /** Whether something is in this queue that nobody may have been told of. Used by the adder alone. */
    private boolean untold;

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
     * @return false only if there was something before it in its segment, so that whoever was told of that finds this
     *     one as well
     */
    boolean push(WorkItem<?> item) {
        if (takenFrom != takenTo) {
            leaveAll();
        }
        Segment last = tail;
        int slot = last.added();
        if (slot >= Segment.SIZE) {
            last = last.nextOrNew();
            tail = last;
            slot = 0;
        }
        last.fill(slot, item);
        last.setAddedAndFence(slot + 1);
        boolean isNews = untold || last.polled() >= slot;
        untold = false;
        return isNews;
    }

    /** Begins to take an item back, if it is the last. An attempt to claim it and {@link #takenBack} have to follow. */
    void takeBack(WorkItem<?> item) {
        if (takenFrom != takenTo) {
            leaveAll();
        }
        Segment last = tail;
        int end = last.added();
        int first = end - 1;
        if (first < 0 || last.slot(first) != item) {
            stale++;
            return;
        }
        while (stale > 0 && first > 0 && last.slot(first - 1) instanceof WorkItem<?> below && !below.isPending()) {
            first--;
            stale--;
        }
        takenFrom = first;
        takenTo = end;
        last.setAdded(first);
    }

    /**
     * The item that is being taken back has been claimed or, if that failed, has been claimed or cancelled by somebody
     * else, or could not even be tried. Does nothing if none is being taken back.
     */
    void takenBack(boolean claimed) {
        int first = takenFrom;
        int end = takenTo;
        if (first == end) {
            return;
        }
        if (!claimed) {
            leaveAll();
            return;
        }
        takenFrom = end;
        Segment last = tail;
        int polled = last.polled();
        if (polled < first) {
            clear(last, first, end);
        } else if (polled == first && last.takeToPoll(first, end)) {
            clear(last, first, end);
            last.setAdded(end);
        } else {
            leaveAll(last, end);
        }
    }

    /** Leaves what was being taken back to pollers. */
    private void leaveAll() {
        int end = takenTo;
        takenFrom = end;
        leaveAll(tail, end);
    }

    /** A poller may have found this queue empty meanwhile, and not look again before it is told. */
    private void leaveAll(Segment last, int end) {
        untold = true;
        last.setAdded(end);
    }

    /** Empties the slots that have been taken back, of which only the last one's item has been looked at. */
    private static void clear(Segment last, int first, int end) {
        last.clear(end - 1);
        for (int slot = first; slot < end - 1; slot++) {
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
