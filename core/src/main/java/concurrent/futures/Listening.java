// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.ArrayList;
import java.util.List;

/**
 * The state of a future that is not done and has listeners. Immutable but for the links between the listeners.
 */
final class Listening extends Open {
    /*
     * Overview
     * --------
     * Removing a listener marks it and pops what is marked from the top, which is all there is to do when waits end in
     * the opposite order of their beginning. A marked listener below a live one stays until the stack has doubled since
     * it was last swept. So adding and removing cost O(1) amortized, and a stack holds at most about twice as many
     * listeners as are alive.
     */
    private static final int FIRST_SWEEP = 32;

    private final Open bare;
    private final Listener newest;

    /** How many listeners hang here, marked ones included; an upper bound. */
    private final int size;

    private final int sweepAt;

    private Listening(Open bare, Listener newest, int size, int sweepAt) {
        this.bare = bare;
        this.newest = newest;
        this.size = size;
        this.sweepAt = sweepAt;
    }

    static Listening first(Open bare, Listener listener) {
        listener.older = null;
        return new Listening(bare, listener, 1, FIRST_SWEEP);
    }

    @Override
    Open bare() {
        return bare;
    }

    @Override
    Listener newest() {
        return newest;
    }

    @Override
    Open runningIn(Frame frame) {
        return new Listening(frame, newest, size, sweepAt);
    }

    @Override
    Listening with(Listener listener) {
        listener.older = newest;
        if (size < sweepAt) {
            return new Listening(bare, listener, size + 1, sweepAt);
        }
        int live = 1 + sweepBelow(listener);
        return new Listening(bare, listener, live, Math.max(FIRST_SWEEP, 2 * live));
    }

    /** This state without the marked listeners on top; the bare one if no other is left. */
    Open withoutRemovedTop() {
        Listener top = newest;
        int popped = 0;
        while (top != null && top.isRemoved()) {
            top = top.older;
            popped++;
        }
        return top == null ? bare : new Listening(bare, top, Math.max(1, size - popped), sweepAt);
    }

    /** Unlinks the marked listeners below {@code start} and counts the others. */
    private static int sweepBelow(Listener start) {
        int live = 0;
        Listener upper = start;
        for (Listener lower = start.older; lower != null; lower = lower.older) {
            if (!lower.isRemoved()) {
                upper.older = lower;
                upper = lower;
                live++;
            }
        }
        upper.older = null;
        return live;
    }

    /** Takes the listeners apart, newest first: from now on none of them keeps another reachable. */
    List<Listener> newestFirst() {
        List<Listener> listeners = new ArrayList<>(size);
        for (Listener each = newest; each != null; each = each.older) {
            listeners.add(each);
        }
        listeners.forEach(each -> each.older = null);
        return listeners;
    }
}
