// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/** How much of its stack a thread has left, and so how deep it may go that runs items one inside the other. */
final class StackRoom {
    /*
     * Overview
     * --------
     * Java does not tell how much of a stack is left, nor how large it is: that is up to whoever makes the threads. So
     * now and then the thread tries whether it can go some way deeper. A task that overflows the stack fails through no
     * fault of its own; a trial that does costs nothing.
     *
     * The stack of a virtual thread lies on that of its carrier as far as it was built up since the thread last
     * yielded, and the rest is on the heap. Moving a large part of it there may itself overflow the stack. So such a
     * thread yields before it tries: then it has almost the whole stack of the carrier again, unless it is pinned.
     */

    /** So many items deep a thread does not go, whatever its stack. */
    private static final int MAX_DEPTH = 1_024;

    /** So many items deep there is no need to ask. */
    private static final int MIN_DEPTH = 32;

    /** Beyond that, a thread tries it before every so many items. */
    private static final int STEP = 16;

    /** How many levels it tries, each of which takes some 100 bytes when compiled and more when it is not. */
    private static final int LEVELS = 1_500;

    /** As many levels as a wait or telling listeners needs, but for code of users. */
    private static final int FEW_LEVELS = 100;

    private StackRoom() {}

    /** Whether the current thread, which is so many items deep, may go one deeper. */
    static boolean isLeftAt(int depth) {
        return depth < MIN_DEPTH || (depth < MAX_DEPTH && (depth % STEP != 0 || isLeft()));
    }

    /**
     * Overflows the stack if there is little left: now, and not in the middle of what others rely on to be done whole,
     * such as to take back a place that was lent.
     */
    static void ensureLeft() {
        descend(FEW_LEVELS, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    private static boolean isLeft() {
        try {
            if (Thread.currentThread().isVirtual()) {
                Thread.yield();
            }
            return descend(LEVELS, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9) >= 0;
        } catch (StackOverflowError e) {
            return false;
        }
    }

    /** Has arguments that do not all fit into registers, so that each level takes up some of the stack. */
    private static long descend(
            int levels, long a, long b, long c, long d, long e, long f, long g, long h, long i, long j) {
        return levels == 0 ? a : descend(levels - 1, b, c, d, e, f, g, h, i, j, a) + j;
    }
}
