// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A thread that runs work items, one inside the other, and the way in which an interrupt reaches the right one. */
final class Runner extends Padded {
    /*
     * Overview
     * --------
     * A thread may begin to run a second item while it is still inside a first: one that the first waits for, or one
     * for which there is no room in a full queue. Each has a frame, and an interrupt is for the item in one frame. It
     * may reach the thread only while that frame is on top:
     *
     *     who interrupts                        the thread, whenever it changes frames
     *     --------------                        --------------------------------------
     *     interrupting + 1                      top = the frame
     *     the frame is owed an interrupt        claim or complete the item by a compare-and-set
     *     is the frame on top?                  wait until interrupting is 0
     *         then interrupt the thread         keep an interrupt status for the frame that it is meant for
     *     interrupting - 1                      is the frame owed an interrupt? then interrupt oneself
     *
     * So either the thread sees that somebody is about to interrupt it, and waits, or that one sees that the frame is
     * not on top, and leaves the interrupt to the thread. What is owed is taken by one of them. This needs a full fence
     * on either side. On the thread's it is the compare-and-set that it has to make anyway: nested work is so short
     * that a fence of its own would be a good part of it. For the same reason the top is a number, as storing a
     * reference in an old object means a fence to some collectors.
     *
     * The stack may overflow anywhere, also while a frame is entered or left. Then nothing can be called, so the thread
     * only notes, in the frame, what is unfinished there. It is ended where there is stack again: before the frame is
     * used for another item, before the thread waits, or when the outermost item has ended.
     */
    private static final VarHandle TOP = handle("top", int.class);
    private static final VarHandle INTERRUPTING = handle("interrupting", int.class);

    /** Room for so many frames to begin with. */
    private static final int INITIAL_DEPTH = 4;

    private static final ThreadLocal<@Nullable Runner> CURRENT = new ThreadLocal<>();

    final Thread thread = Thread.currentThread();

    /** The number of the innermost frame; 0 if the thread is in none. Written by the thread. */
    @SuppressWarnings("UnusedVariable") // It is used through its handle.
    private int top;

    /** The frames by depth, of which the thread is in the first {@link #depth}. Used by the thread alone. */
    private @Nullable ThreadFrame[] frames = new ThreadFrame[INITIAL_DEPTH];

    /** How many frames the thread is in. Used by the thread alone. */
    private int depth;

    /** How many frames there have been. Used by the thread alone. */
    private int numbers;

    /** How many threads are about to interrupt this one, or about to find out that they should not. */
    private volatile int interrupting;

    /**
     * The wait in which the thread is, with or without an end; null if it is in none. Written by the thread, read by
     * whoever looks for a ring.
     */
    private volatile @Nullable Wait wait;

    /** The pool whose worker this thread is; null if it is none. Used by the thread alone. */
    private @Nullable WorkerPool pool;

    /** What this thread has submitted to that pool; null before it submits anything. Used by the thread alone. */
    private @Nullable OwnQueue own;

    /** Where this thread runs watched tasks; null if nobody has asked. Used by the thread alone. */
    @Nullable
    Seat seat;

    /** Whether the stack has overflowed while the thread was between two frames. Used by the thread alone. */
    boolean needsRepair;

    private Runner() {}

    private static VarHandle handle(String field, Class<?> type) {
        return ConstantBootstraps.fieldVarHandle(MethodHandles.lookup(), field, VarHandle.class, Runner.class, type);
    }

    /** The current thread; null if it is in no frame. */
    static @Nullable Runner currentOrNull() {
        return Thread.currentThread() instanceof WorkerThread worker ? worker.runner : CURRENT.get();
    }

    /** The innermost frame of the current thread; null if it is in none. */
    static @Nullable ThreadFrame currentFrame() {
        Runner runner = currentOrNull();
        return runner == null ? null : runner.top();
    }

    /** How many items the current thread is running, one inside the other. */
    static int currentDepth() {
        ThreadFrame frame = currentFrame();
        return frame == null ? 0 : frame.depth;
    }

    /** Whether the current thread is running something for {@code engine}. */
    static boolean isInside(Engine engine) {
        ThreadFrame frame = currentFrame();
        while (frame != null && frame.engine != engine) {
            frame = frame.outer;
        }
        return frame != null;
    }

    /** The current thread; to be left by {@link #end} when it is in no frame any more. */
    static Runner current() {
        ThreadFrame frame = currentFrame();
        if (frame != null) {
            return frame.runner;
        }
        Runner runner = new Runner();
        if (runner.thread instanceof WorkerThread worker) {
            worker.runner = runner;
        } else {
            CURRENT.set(runner);
        }
        return runner;
    }

    /** Leaves nothing on the current thread. */
    static void end() {
        if (Thread.currentThread() instanceof WorkerThread worker) {
            worker.runner = null;
        } else {
            CURRENT.remove();
        }
    }

    /** The innermost frame, for the thread itself. */
    @Nullable
    ThreadFrame top() {
        return depth == 0 ? null : frames[depth - 1];
    }

    void setWait(@Nullable Wait wait) {
        this.wait = wait;
    }

    @Nullable
    Wait currentWait() {
        return wait;
    }

    /* ---------------- What a worker submits ---------------- */

    /** This thread is a worker of that pool from now on, and queues what it submits to it for itself. */
    void workFor(WorkerPool pool) {
        this.pool = pool;
    }

    /** This thread is no worker any more; what it has queued is left to others. */
    void retire() {
        WorkerPool former = pool;
        OwnQueue left = own;
        pool = null;
        own = null;
        if (former != null && left != null) {
            former.queue.close(left);
        }
    }

    boolean worksFor(WorkerPool pool) {
        return this.pool == pool;
    }

    /** The queue of this worker's own; null before it is needed. */
    @Nullable
    OwnQueue own() {
        return own;
    }

    /** Makes the queue of this worker's own. */
    OwnQueue openOwn(WorkerPool pool) {
        OwnQueue opened = pool.queue.open();
        own = opened;
        return opened;
    }

    /* ---------------- Frames ---------------- */

    int newNumber() {
        return ++numbers;
    }

    /** Puts a frame on top. A full fence and {@link #settle} have to follow. */
    void enter(ThreadFrame frame) {
        if (depth == frames.length) {
            frames = Arrays.copyOf(frames, 2 * depth);
        }
        if (frames[depth] != frame) {
            frames[depth] = frame;
        }
        setTop(frame);
        depth++;
    }

    /** Takes the frame from the top; for interrupts it may have gone before. */
    void exit(@Nullable ThreadFrame outer) {
        depth--;
        setTop(outer);
    }

    /** Ends what was begun inside of {@code frame}, in which the thread is, if the stack has overflowed in between. */
    void repairInside(ThreadFrame frame) {
        if (!needsRepair) {
            return;
        }
        while (top() != frame) {
            depth--;
        }
        frame.cover();
        wait = null;
        for (ThreadFrame inner = frame.inner; inner != null; inner = inner.inner) {
            inner.repair();
        }
        needsRepair = false;
    }

    /** Says for which frame interrupts are now. A full fence and {@link #settle} have to follow. */
    void setTop(@Nullable ThreadFrame frame) {
        TOP.setRelease(this, frame == null ? 0 : frame.number);
    }

    boolean isTop(ThreadFrame frame) {
        return (int) TOP.getVolatile(this) == frame.number;
    }

    /** Waits for interrupts that are under way for whichever frame was on top before. */
    void settle() {
        while (interrupting > 0) {
            Thread.yield();
        }
    }

    /** Interrupts what runs directly in the frame, now or when it is on top again; nothing if it is not there. */
    void interrupt(ThreadFrame frame) {
        INTERRUPTING.getAndAdd(this, 1);
        try {
            frame.owe();
            if (isTop(frame)) {
                frame.deliver();
                return;
            }
        } finally {
            INTERRUPTING.getAndAdd(this, -1);
        }
        Runnable inner = frame.onInterrupt;
        if (inner != null) {
            inner.run();
        }
    }
}
