// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A place of a thread in which it runs work items: one after the other for a worker of a pool, and for each depth at
 * which it runs what it waits for; a single one otherwise.
 */
class ThreadFrame extends Frame {
    private static final VarHandle OWED = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "owed", VarHandle.class, ThreadFrame.class, boolean.class);

    final Engine engine;
    final Runner runner;

    /** The frame that this one covers; null if there is none. */
    final @Nullable ThreadFrame outer;

    /** How many items the thread runs, one inside the other, if this frame is on top. */
    final int depth;

    /** Whether its engine has given the thread a place for this frame, which others lack meanwhile. */
    final boolean holdsPlace;

    /** How many waits of the thread, one inside the other, have lent that place. Used by the thread alone. */
    private int lent;

    /** What {@link Runner} knows this frame by. */
    final int number;

    /** The frame for what the item in this frame waits for; null before it is needed. Written by the thread. */
    volatile @Nullable ThreadFrame inner;

    /** Is told when what runs in this frame is interrupted while the thread runs another item inside of it. */
    volatile @Nullable Runnable onInterrupt;

    /** What was begun here when the stack overflowed, and is to be ended; null if there is no such. For the thread. */
    private @Nullable WorkItem<?> unfinished;

    /** Those who are to be told of that item, which has ended; null if there are none. For the thread. */
    @Nullable
    Open listenersToTell;

    /** Whether an interrupt for this frame waits until it is on top; taken by whoever delivers it, see {@link Runner}. */
    @SuppressWarnings("UnusedVariable") // It is used through its handle.
    private volatile boolean owed;

    /**
     * How often the thread has been interrupted for this frame. Written by whoever delivers that; read when settled.
     */
    private int delivered;

    /** The interrupt status with which the thread entered this frame. Used by the thread alone. */
    private boolean interruptedBefore;

    /** How often the thread had been interrupted for the outer frame then. Used by the thread alone. */
    private int deliveredBefore;

    /** Creates a frame for the current thread, which is the only one that may enter and exit it. */
    ThreadFrame(Engine engine, boolean holdsPlace) {
        this(engine, holdsPlace, Runner.current());
    }

    /** Creates a frame of the same engine to be entered from another one. */
    ThreadFrame(ThreadFrame outer) {
        this(outer.engine, /* holdsPlace= */ false, outer.runner, outer);
    }

    private ThreadFrame(Engine engine, boolean holdsPlace, Runner runner) {
        this(engine, holdsPlace, runner, runner.top());
    }

    private ThreadFrame(Engine engine, boolean holdsPlace, Runner runner, @Nullable ThreadFrame outer) {
        this.engine = engine;
        this.holdsPlace = holdsPlace;
        this.runner = runner;
        this.outer = outer;
        this.depth = outer == null ? 1 : outer.depth + 1;
        this.number = runner.newNumber();
    }

    /* ---------------- Running ---------------- */

    /** Runs an item on the current thread, whatever that is running already, and leaves no trace on it. */
    static void run(WorkItem<?> item, Engine engine, boolean holdsPlace) {
        new ThreadFrame(engine, holdsPlace).run(item);
    }

    private void run(WorkItem<?> item) {
        begin();
        try {
            runToItsEnd(item);
        } finally {
            exit();
        }
    }

    /** Runs an item, which comes to an end even if there is no stack left for what precedes its body. */
    private void runToItsEnd(WorkItem<?> item) {
        try {
            item.runIn(this);
        } catch (Throwable thrown) {
            if (listenersToTell == null) {
                item.failIn(this, thrown);
            }
        }
    }

    /**
     * Runs a future that the current thread is about to wait for without end, if it is queued in the executor that the
     * thread works for: it could not go on without it. Anything else might bury the wait under work that goes on for
     * longer, or waits for what is below it. A future that is made from others may come to wait for one after the other.
     */
    static void help(Future<?> future) {
        while (!future.isDone() && Derived.rootOf(future) instanceof WorkItem<?> item && runIfQueued(item)) {}
    }

    private static boolean runIfQueued(WorkItem<?> item) {
        ThreadFrame frame = Runner.currentFrame();
        if (frame == null || !frame.mayRunInside(item)) {
            return false;
        }
        frame.runInside(item);
        return true;
    }

    private boolean mayRunInside(WorkItem<?> item) {
        return item.isPendingIn(engine)
                && engine.letsWaitersRun
                && !thread().isInterrupted()
                && StackRoom.isLeftAt(depth);
    }

    private void runInside(WorkItem<?> item) {
        ThreadFrame frame = inner;
        if (frame == null) {
            frame = newInner();
            inner = frame;
        }
        frame.repair();
        boolean whole = false;
        try {
            frame.runFromQueue(item);
            whole = frame.listenersToTell == null;
        } finally {
            // Calls nothing, as the stack has overflowed.
            if (!whole) {
                frame.unfinished = item;
                runner.needsRepair = true;
            }
        }
        // It may have been handed out meanwhile.
        engine.ended(item);
    }

    private void runFromQueue(WorkItem<?> item) {
        // First, so that a shutdown that does not find the item in the queue finds the frame to interrupt on top.
        begin();
        try {
            takeBack(item);
            if (engine.cancelsPending()) {
                item.withdraw();
            }
            runToItsEnd(item);
        } finally {
            try {
                // Does nothing unless something was thrown before the item could be claimed.
                takenBack(/* claimed= */ false);
            } finally {
                exit();
            }
        }
    }

    /** Begins to take an item out of the queue of this thread's own, if it is the last there. */
    private void takeBack(WorkItem<?> item) {
        OwnQueue own = runner.own();
        if (own != null) {
            own.takeBack(item);
        }
    }

    /** Ends what {@link #takeBack} has begun. */
    private void takenBack(boolean claimed) {
        OwnQueue own = runner.own();
        if (own != null) {
            own.takenBack(claimed);
        }
    }

    /** An item could not be claimed for this frame. */
    final void unclaimed() {
        // A compare-and-set that fails need not be a fence.
        VarHandle.fullFence();
        takenBack(/* claimed= */ false);
    }

    /** Enters this frame, in which no item is claimed. */
    final void enter() {
        begin();
        VarHandle.fullFence();
        claimed();
    }

    /** Begins to enter this frame. A full fence, such as claiming an item, and {@link #claimed} have to follow. */
    private void begin() {
        OWED.setOpaque(this, false);
        delivered = 0;
        deliveredBefore = outer == null ? 0 : outer.delivered;
        interruptedBefore = Thread.interrupted();
        runner.enter(this);
    }

    /** An item has been claimed: what has interrupted the thread meanwhile may be for it, or for somebody outside. */
    final void claimed() {
        runner.settle();
        // In this order: whoever interrupts the thread for this frame counts first.
        if (Thread.interrupted()) {
            if (delivered > 0) {
                thread().interrupt();
            } else {
                interruptedBefore = true;
            }
        }
    }

    /** Puts this frame on top again, so that an interrupt for another one does not hit what runs now. */
    final void cover() {
        runner.setTop(this);
        VarHandle.fullFence();
        runner.settle();
    }

    /** Lets go of the top: interrupts for this frame come too late from now on. */
    final void uncover() {
        runner.setTop(outer);
    }

    /** Restores the thread as it was; an interrupt from elsewhere that came meanwhile is kept for it. */
    final void exit() {
        if (outer == null) {
            runner.repairInside(this);
        }
        boolean covered = runner.isTop(this);
        runner.exit(outer);
        if (covered) {
            VarHandle.fullFence();
        }
        runner.settle();
        if (delivered > 0) {
            Thread.interrupted();
        }
        // The outer frame may have been interrupted while this one was about to get on top, or had left it already.
        if (interruptedBefore || (outer != null && outer.delivered != deliveredBefore)) {
            thread().interrupt();
        }
        if (outer == null) {
            Runner.end();
        } else {
            outer.deliver();
        }
    }

    /** Makes the thread, which has run an item in this frame, fit for the next one. */
    final void tidyUp() {
        runner.repairInside(this);
        // Whatever interrupted that item, or what the item left behind, is not for the next one.
        Thread.interrupted();
    }

    /* ---------------- After the stack overflowed while an inner frame was entered or left ---------------- */

    /** Ends what was begun in this frame, which the thread has left; overflows the stack again if there is no more. */
    final void repair() {
        WorkItem<?> item = unfinished;
        if (item == null) {
            return;
        }
        StackRoom.ensureLeft();
        Open listeners = listenersToTell;
        if (listeners != null) {
            listenersToTell = null;
            item.tell(listeners);
        } else if (item.frame() == this) {
            item.failIn(this, new StackOverflowError("while the thread that waited for a task was about to run it"));
        }
        item.bodyEnded();
        item.wasRun(this);
        takenBack(/* claimed= */ false);
        engine.ended(item);
        unfinished = null;
    }

    /* ---------------- Waiting ---------------- */

    /** The thread is about to block: lends the places that it holds to others. */
    final void lendPlaces() {
        for (ThreadFrame frame = this; frame != null; frame = frame.outer) {
            if (frame.holdsPlace) {
                frame.engine.places.lend();
                frame.lent++;
                frame.engine.placeLent();
            }
        }
    }

    /** The thread goes on: takes back what it has lent last. */
    final void takeBackPlaces() {
        for (ThreadFrame frame = this; frame != null; frame = frame.outer) {
            if (frame.lent > 0) {
                frame.lent--;
                frame.engine.takeBackPlace();
            }
        }
    }

    /** Whether this is a frame of the executor to which an item was submitted. */
    final boolean isFor(WorkItem<?> item) {
        return item.isOf(engine);
    }

    /** Whether the item in the outer frame waits for the one in this. */
    @Override
    final boolean isAwaited() {
        return outer != null && outer.inner == this;
    }

    /* ---------------- Interrupting ---------------- */

    @Override
    void cancel(boolean mayInterrupt) {
        if (mayInterrupt) {
            interrupt();
        }
    }

    /** Interrupts what runs directly in this frame, now or when it is on top again. */
    final void interrupt() {
        runner.interrupt(this);
    }

    @Override
    final void interruptAll() {
        for (ThreadFrame frame = this; frame != null; frame = frame.inner) {
            frame.interrupt();
        }
    }

    final void owe() {
        owed = true;
    }

    /** Interrupts the thread if this frame, which is on top, is owed an interrupt. */
    final void deliver() {
        if (owed && OWED.compareAndSet(this, true, false)) {
            delivered++;
            thread().interrupt();
        }
    }

    final Thread thread() {
        return runner.thread;
    }

    /* ---------------- What a worker of a pool adds to ---------------- */

    /** An item has been claimed for this frame, by a compare-and-set. */
    void beginning() {
        takenBack(/* claimed= */ true);
        claimed();
    }

    /** The body has ended; its future is about to be completed. */
    void ending() {
        engine.bodyEnded();
    }

    /** The future has been completed and this thread goes on to tell its listeners, perhaps in code of users. */
    void telling(boolean userCode) {}

    /** Makes the frame for what the item in this frame waits for. */
    ThreadFrame newInner() {
        return new ThreadFrame(this);
    }

    /** Whether the engine finds this frame itself when it is to interrupt all that runs. */
    boolean isKnownToEngine() {
        return false;
    }

    @Override
    public String toString() {
        return " on " + thread().getName();
    }
}
