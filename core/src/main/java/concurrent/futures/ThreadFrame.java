// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A thread's turn at running work items: one after the other for a worker of a pool, a single one otherwise.
 */
class ThreadFrame extends Frame {
    /*
     * Overview
     * --------
     * A thread may begin to run a second item while it is still inside a first: when a full queue makes the submitting
     * task run it. Then the frames form a chain, and an interrupt must reach the body it is meant for and no other. So
     * interrupting and covering are steps of one small machine:
     *
     *     OPEN <--> INTERRUPTING         somebody interrupts the thread; it waits for that before it goes on
     *     OPEN <--> COVERED              an inner frame is on top
     *     COVERED --> OWED               an interrupt has come for the covered frame; delivered when it is on top again
     *     OPEN --> CLOSED                the turn is over: later interrupts are for nobody
     *
     * A frame of its own thread need not be closed if the thread ends with it.
     */
    private static final int OPEN = 0;
    private static final int INTERRUPTING = 1;
    private static final int COVERED = 2;
    private static final int OWED = 3;
    private static final int CLOSED = 4;

    private static final VarHandle TURN = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "turn", VarHandle.class, ThreadFrame.class, int.class);

    private static final ThreadLocal<@Nullable ThreadFrame> CURRENT = new ThreadLocal<>();

    final Thread thread = Thread.currentThread();

    private final Engine engine;

    /** The frame that this one covers; null if there is none. */
    private final @Nullable ThreadFrame outer = CURRENT.get();

    /** One of the constants above. */
    private volatile int turn;

    /** Whether this frame's thread has been interrupted on behalf of this frame. Written while INTERRUPTING. */
    private boolean interrupted;

    /** The interrupt status with which the thread entered this frame. Used by the thread alone. */
    private boolean interruptedBefore;

    /** Creates a frame for the current thread, which is the only one that may enter and exit it. */
    ThreadFrame(Engine engine) {
        this.engine = engine;
    }

    /** Runs an item on the current thread, whatever that is running already, and leaves no trace on it. */
    static void run(WorkItem<?> item, Engine engine) {
        ThreadFrame frame = new ThreadFrame(engine);
        frame.enter();
        try {
            item.runIn(frame);
        } finally {
            frame.exit();
        }
    }

    /** Tells the listeners of an item that ended elsewhere, on the current thread, as part of running that item. */
    static void tell(WorkItem<?> item, Open replaced, Engine engine) {
        ThreadFrame frame = new ThreadFrame(engine);
        frame.enter();
        try {
            item.tell(replaced);
        } finally {
            frame.exit();
        }
    }

    /** How many items the current thread is running, one inside the other. */
    static int depth() {
        int depth = 0;
        for (ThreadFrame frame = CURRENT.get(); frame != null; frame = frame.outer) {
            depth++;
        }
        return depth;
    }

    /** Whether the current thread is running something for {@code engine}. */
    static boolean isInside(Engine engine) {
        for (ThreadFrame frame = CURRENT.get(); frame != null; frame = frame.outer) {
            if (frame.engine == engine) {
                return true;
            }
        }
        return false;
    }

    final void enter() {
        if (outer != null) {
            outer.cover();
        }
        interruptedBefore = Thread.interrupted();
        CURRENT.set(this);
    }

    /** Restores the thread as it was; an interrupt from elsewhere that came meanwhile is kept for it. */
    final void exit() {
        step(CLOSED);
        if (interrupted) {
            Thread.interrupted();
        }
        if (interruptedBefore) {
            thread.interrupt();
        }
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
            outer.uncover();
        }
    }

    @Override
    void cancel(boolean mayInterrupt) {
        if (mayInterrupt) {
            interrupt();
        }
    }

    /** Interrupts what runs directly in this frame, now or when it is on top again. */
    final void interrupt() {
        while (true) {
            switch (turn) {
                case OPEN -> {
                    if (TURN.compareAndSet(this, OPEN, INTERRUPTING)) {
                        interrupted = true;
                        thread.interrupt();
                        turn = OPEN;
                        return;
                    }
                }
                case COVERED -> {
                    if (TURN.compareAndSet(this, COVERED, OWED)) {
                        return;
                    }
                }
                case INTERRUPTING -> Thread.yield();
                default -> {
                    return;
                }
            }
        }
    }

    private void cover() {
        if (step(COVERED) == OWED) {
            turn = OWED;
        }
    }

    private void uncover() {
        if (step(OPEN) == OWED) {
            interrupt();
        }
    }

    /** Makes a step that only this frame's thread makes, after an interrupt under way has arrived. */
    private int step(int to) {
        while (true) {
            int seen = turn;
            if (seen == INTERRUPTING) {
                Thread.yield();
            } else if (TURN.compareAndSet(this, seen, to)) {
                return seen;
            }
        }
    }

    /* ---------------- What a worker of a pool adds to ---------------- */

    /** The body has ended; its future is about to be completed. */
    void ending() {
        engine.bodyEnded();
    }

    /** The future has been completed and this thread goes on to run its callbacks. */
    void telling() {}

    @Override
    public String toString() {
        return " on " + thread.getName();
    }
}
