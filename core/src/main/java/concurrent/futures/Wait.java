// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import org.jspecify.annotations.Nullable;

/**
 * One wait of a thread that runs work items: those who look for a ring of waits see it, and whoever the thread works
 * for may have somebody else run something meanwhile.
 */
final class Wait {
    /*
     * Overview
     * --------
     * A thread that runs an item and blocks takes a place away from others, perhaps from the very one that it waits
     * for, by however many detours. So whoever has given the thread its place may run one item more for as long as the
     * wait lasts.
     *
     * A running future of the same executor has a place of its own, so a wait for it seldom has to lend one. It has to
     * when the thread of that future waits too, and the item that got its place waits for this thread. So such a wait
     * lends its place only after it has lasted for a while: small pieces of work do not start a thread for each that is
     * a little late.
     *
     * Threads that run nothing do without all this, as nobody can wait for them.
     */

    /** How long a thread that waits for what runs already keeps its place. */
    private static final long GRACE_NANOS = 1_000_000;

    /** The innermost frame of the thread. */
    private final ThreadFrame frame;

    private final Awaited awaited;
    private final boolean endless;

    private Wait(ThreadFrame frame, Awaited awaited, boolean endless) {
        this.frame = frame;
        this.awaited = awaited;
        this.endless = endless;
    }

    /** Blocks the current thread. */
    @FunctionalInterface
    interface Blocker {
        /** Blocks until something has happened; false if the deadline comes first. */
        boolean block(Deadline deadline) throws InterruptedException;
    }

    /**
     * Has {@code blocker} block the current thread.
     *
     * @throws DeadlockException if that would never end, because what is awaited waits for this thread
     */
    static boolean during(Awaited awaited, Deadline deadline, Blocker blocker) throws InterruptedException {
        ThreadFrame frame = Runner.currentFrame();
        if (frame == null) {
            return blocker.block(deadline);
        }
        StackRoom.ensureLeft();
        Runner runner = frame.runner;
        runner.repairInside(frame);
        Wait wait = new Wait(frame, awaited, deadline.never() && awaited != Awaited.SOMETHING_ELSE);
        // Lending a place may run code of users, which makes threads or dispatches items, and may wait as well.
        Wait outer = runner.currentWait();
        boolean lent = false;
        runner.setWait(wait);
        try {
            if (wait.endless) {
                WaitGraph.ensureNoRing(wait);
            }
            if (wait.isForWhatRuns() && blocker.block(Deadline.afterNanos(GRACE_NANOS))) {
                return true;
            }
            lent = true;
            frame.lendPlaces();
            return blocker.block(deadline);
        } finally {
            runner.setWait(outer);
            if (lent) {
                frame.takeBackPlaces();
            }
        }
    }

    /** Nobody sees this any more. */
    void withdraw() {
        frame.runner.setWait(null);
    }

    Awaited awaited() {
        return awaited;
    }

    Thread thread() {
        return frame.thread();
    }

    /** Whether the thread runs that future and, inside of it, what waits. */
    boolean isInside(Future<?> outer) {
        Frame outerFrame = Derived.rootOf(outer).frame();
        return outerFrame != null && outerFrame != frame;
    }

    /** Whether this is a wait without end for all of some futures that the executor of this thread has begun to run. */
    private boolean isForWhatRuns() {
        return endless
                && awaited.needsAll()
                && awaited.allMatch(
                        future -> future instanceof WorkItem<?> item && frame.isFor(item) && item.isRunning());
    }

    /** Whether the thread is still in this wait. */
    boolean isCurrent() {
        return frame.runner.currentWait() == this;
    }

    /** The wait without end of the thread that runs a future; null if there is none, as far as can be seen. */
    static @Nullable Wait holdingUp(Future<?> awaited) {
        Future<?> future = Derived.rootOf(awaited);
        Frame frame = future.frame();
        if (!(frame instanceof ThreadFrame threadFrame)) {
            return null;
        }
        Wait wait = threadFrame.runner.currentWait();
        // A thread uses its frame for one future after the other.
        return wait != null && wait.endless && future.frame() == frame ? wait : null;
    }
}
