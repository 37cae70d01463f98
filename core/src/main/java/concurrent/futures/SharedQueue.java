// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** A queue that everybody may add to. */
final class SharedQueue extends TaskQueue {
    /*
     * Overview
     * --------
     * An adder takes the next slot of the last segment with one fetch-and-add and puts its item there, so that
     * adders do not have to try again because of each other. A poller that comes to the slot in between waits for a
     * moment, and then leaves TAKEN in it, and the adder goes on to the next slot.
     */
    private static final VarHandle TAIL = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "tail", VarHandle.class, SharedQueue.class, Segment.class);

    /** How long a poller waits for an adder that has taken a slot but not filled it yet. */
    private static final int SPINS = 64;

    /** The last segment, or one that leads to it. Only moves forward. */
    private volatile Segment tail;

    SharedQueue() {
        this(new Segment());
    }

    private SharedQueue(Segment first) {
        super(first);
        tail = first;
    }

    void add(WorkItem<?> item) {
        while (true) {
            Segment last = tail;
            int slot = last.takeToAdd();
            if (slot >= Segment.SIZE) {
                TAIL.compareAndSet(this, last, last.nextOrNew());
            } else if (last.replace(slot, null, item)) {
                return;
            }
        }
    }

    @Override
    @Nullable
    Object entryAt(Segment segment, int slot) {
        Object entry = segment.slot(slot);
        if (entry != null || slot >= segment.added()) {
            return entry;
        }
        for (int i = 0; i < SPINS && entry == null; i++) {
            Thread.onSpinWait();
            entry = segment.slot(slot);
        }
        return entry == null && segment.replace(slot, null, Segment.TAKEN) ? Segment.TAKEN : segment.slot(slot);
    }

    /** Looks at the slot first: the counter is written by adders all the time, so that a look at it is dear. */
    @Override
    boolean isAdded(Segment segment, int slot) {
        return segment.slot(slot) != null || slot < segment.added();
    }
}
