// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import org.jspecify.annotations.Nullable;

/** How a worker polls the shared queue: it stays away while the others get more done without it. */
final class Courtesy {
    /*
     * Overview
     * --------
     * While tasks do next to nothing, workers that take turns at a queue spend their time on fetching its
     * lines from each other's caches, and one of them alone gets more done than all together. So a worker that has met
     * others at the queue for some time stays away from it for about a microsecond and counts what they take meanwhile.
     * If that is much, it goes on staying away, giving its core to whoever wants it, until they take less or have not
     * left anything. It holds no item then, so nothing waits for it. If it is not much, the tasks are worth a second
     * worker, and it looks again only after it has met the others for longer, and for longer each time.
     */

    /** So often a worker meets others before it makes way for the first time. */
    private static final int MEETINGS = 8;

    /** The first and the longest time, in meetings, for which nobody makes way after tasks were found to be long. */
    private static final int FIRST_REST = 32;

    private static final int LONGEST_REST = 4096;

    /** How long a worker stays away to count what others take. */
    private static final int PAUSES = 32;

    /** So many items in that time are many. */
    private static final int MANY = 8;

    /** How often a worker goes on staying away before it takes an item itself. */
    private static final int YIELDS = 64;

    private final SharedQueue queue;

    /** The slot from which the worker took its last item here. Used by the worker alone. */
    private int last;

    /** How often others have taken an item between two of this one; below zero for a rest. Used by the worker alone. */
    private int meetings;

    /** For how many meetings the worker rests when it next finds tasks to be long. Used by the worker alone. */
    private int rest = FIRST_REST;

    Courtesy(SharedQueue queue) {
        this.queue = queue;
    }

    @Nullable
    WorkItem<?> poll() {
        if (meetings >= MEETINGS) {
            makeWay();
        }
        return queue.poll(this);
    }

    /** The worker has taken the item in a slot. */
    void tookFrom(int slot) {
        if (slot != last + 1 && slot != 0) {
            meetings++;
        }
        last = slot;
    }

    private void makeWay() {
        int seen = queue.polledInFirst();
        for (int i = 0; i < PAUSES; i++) {
            Thread.onSpinWait();
        }
        int now = queue.polledInFirst();
        if (!isMuch(seen, now)) {
            meetings = -rest;
            rest = Math.min(2 * rest, LONGEST_REST);
            return;
        }
        meetings = 0;
        rest = FIRST_REST;
        for (int i = 0; i < YIELDS && isMuch(seen, now); i++) {
            Thread.yield();
            seen = now;
            now = queue.polledInFirst();
        }
    }

    /**
     * Whether others have taken many items in between. A smaller count is that of another segment, and taken for many.
     */
    private static boolean isMuch(int seen, int now) {
        return now < seen || now - seen >= MANY;
    }
}
