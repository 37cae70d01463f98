// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** A run of slots in a {@link TaskQueue}, and how many of them have been taken at either end. */
final class Segment extends SegmentEnds.Polling {
    static final int SIZE = 1024;

    /** Stands in a slot that nobody may use any more: neither an adder that comes late, nor a poller. */
    static final Object TAKEN = new Object();

    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle ADDED = handle("added", SegmentEnds.Adding.class, int.class);
    private static final VarHandle POLLED = handle("polled", SegmentEnds.PollingBare.class, int.class);
    private static final VarHandle NEXT = handle("next", Segment.class, Segment.class);

    /** An item, {@link #TAKEN}, or null in a slot that has not been filled, or whose item has been polled. */
    private final @Nullable Object[] slots = new Object[SIZE];

    /** Written by the adder that is first to need another segment, and by the sweeper to leave out spent ones. */
    private volatile @Nullable Segment next;

    private static VarHandle handle(String field, Class<?> owner, Class<?> type) {
        return ConstantBootstraps.fieldVarHandle(MethodHandles.lookup(), field, VarHandle.class, owner, type);
    }

    /* ---------------- Slots ---------------- */

    @Nullable
    Object slot(int index) {
        return SLOTS.getAcquire(slots, index);
    }

    void fill(int index, WorkItem<?> item) {
        SLOTS.setRelease(slots, index, item);
    }

    /** Empties a slot that has been taken. A sweeper may leave TAKEN there at the same time, which does no harm. */
    void clear(int index) {
        slots[index] = null;
    }

    boolean replace(int index, @Nullable Object expected, Object entry) {
        return SLOTS.compareAndSet(slots, index, expected, entry);
    }

    /* ---------------- Ends ---------------- */

    /** How many slots adders have taken; may exceed the size. */
    int added() {
        return added;
    }

    /** Takes the next slot for an adder, of which there may be several. */
    int takeToAdd() {
        return (int) ADDED.getAndAdd(this, 1);
    }

    /** Sets the number of slots that the only adder has taken. */
    void setAdded(int count) {
        ADDED.setRelease(this, count);
    }

    /** As {@link #setAdded}, and a full fence. */
    void setAddedAndFence(int count) {
        ADDED.setVolatile(this, count);
    }

    /** How many slots pollers have taken; may exceed the size. */
    int polled() {
        return polled;
    }

    /** Takes slots from the first one that pollers have not taken; false if that is another one by now. */
    boolean takeToPoll(int first, int end) {
        return POLLED.compareAndSet(this, first, end);
    }

    /** Takes all slots for a poller, so that none looks at them any more. */
    void takeAllToPoll() {
        POLLED.getAndAdd(this, SIZE);
    }

    /* ---------------- Segments ---------------- */

    @Nullable
    Segment next() {
        return next;
    }

    void skipTo(Segment segment) {
        next = segment;
    }

    /** The segment behind this one, which is made if there is none. */
    Segment nextOrNew() {
        Segment seen = next;
        if (seen != null) {
            return seen;
        }
        Segment fresh = new Segment();
        Segment witness = (Segment) NEXT.compareAndExchange(this, null, fresh);
        return witness == null ? fresh : witness;
    }
}
