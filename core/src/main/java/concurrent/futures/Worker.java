// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread of a {@link WorkerPool}: takes items off the queue and runs them, looks for more for a while, and parks. */
final class Worker extends Padded implements Runnable {
    private static final VarHandle STAGE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "stage", VarHandle.class, Worker.class, int.class);

    private static final VarHandle COMPLETED = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "completed", VarHandle.class, Worker.class, long.class);

    /** How often a worker that holds the search token looks again before it parks. */
    private static final int PAUSES = 50;

    /** Every so often a worker asks the queues in another order, so that none of them starves. */
    private static final int FAIR = 61;

    /**
     * The next worker in the {@link IdleStack}. Written by the pusher, afterwards by the holder of the search token.
     */
    volatile @Nullable Worker below;

    private final WorkerPool pool;

    /** Where this is in the crew. Written by that, before the thread of this is started. */
    int slot;

    /** What its thread was called when it began, whatever tasks call it. Used by that thread. */
    String name = "";

    /** Where it runs items. Set by the worker's thread when it begins. */
    volatile @Nullable Turn turn;

    /** A worker that is on its way to the item that it was started for. */
    private static final int STARTING = 0;

    /** A worker that looks into the queue now or before long, or is parked. */
    private static final int FREE = 1;

    /** A worker that runs an item or tells listeners. */
    private static final int BUSY = 2;

    /**
     * What this worker is up to: STARTING, then FREE and BUSY by turns. Written by the worker; submitters that find a
     * free one need not start another. FREE is published before the future of the task is, so that whoever has a result
     * in hand finds the worker that produced it.
     */
    @SuppressWarnings("UnusedVariable") // It is read through its handle.
    private int stage = STARTING;

    /** Set by the holder of the search token, who hands the token on by that; cleared by the worker before it parks. */
    private volatile boolean woken;

    /** Whether this worker holds the search token. Used by the worker alone. */
    private boolean token;

    /** Whether this may be in the stack of idle workers. Used by the worker alone. */
    private boolean stacked;

    /** How many polls are left until the order is another one, that one included. Used by the worker alone. */
    private int usualPolls = FAIR;

    /** The queue to ask first the next time that the order is another one. Used by the worker alone. */
    private int nextFirst;

    /** Used by the worker alone. Of what is polled in another order it does not know, which makes one meeting more. */
    private final Courtesy courtesy;

    /** How many items this has run. Written by the worker. */
    private long completed;

    Worker(WorkerPool pool) {
        this.pool = pool;
        this.courtesy = new Courtesy(pool.queue.shared);
    }

    /** The frame in which this worker runs its items. */
    final class Turn extends ThreadFrame {
        Turn() {
            super(pool, /* holdsPlace= */ true);
        }

        @Override
        void beginning() {
            // It is on top for good, and nothing that it runs is being taken back.
        }

        @Override
        boolean isKnownToEngine() {
            return true;
        }

        @Override
        void ending() {
            bodyEnded();
            STAGE.setRelease(Worker.this, FREE);
        }

        @Override
        void telling(boolean userCode) {
            if (userCode) {
                becomeBusy();
            }
        }

        @Override
        ThreadFrame newInner() {
            return new InnerTurn(this);
        }
    }

    /** The frame in which this worker runs an item that the one around it waits for. */
    private final class InnerTurn extends ThreadFrame {
        InnerTurn(ThreadFrame outer) {
            super(outer);
        }

        @Override
        boolean isKnownToEngine() {
            return true;
        }

        @Override
        void ending() {
            bodyEnded();
            // The completion that follows is the fence that this needs.
            uncover();
        }

        @Override
        void telling(boolean userCode) {
            cover();
        }

        @Override
        ThreadFrame newInner() {
            return new InnerTurn(this);
        }
    }

    private void bodyEnded() {
        pool.vacated();
        COMPLETED.setOpaque(this, completed + 1);
    }

    @Override
    public void run() {
        try {
            Turn mine = new Turn();
            turn = mine;
            mine.enter();
            mine.runner.workFor(pool);
            boolean goOn = pool.initialize(this, mine.runner);
            while (goOn) {
                goOn = runNext(mine);
            }
        } catch (Throwable thrown) {
            Log.error("exception in worker " + Thread.currentThread().getName(), thrown);
        } finally {
            leave();
        }
    }

    private void leave() {
        try {
            Turn mine = turn;
            if (mine != null) {
                mine.runner.retire();
                mine.exit();
            }
        } finally {
            try {
                if (stacked && !unlink()) {
                    token = true;
                }
                handTokenBack();
            } finally {
                pool.left(this);
            }
        }
    }

    /** Runs one item; false if this worker is to end. Between two items nothing on the stack refers to the first. */
    private boolean runNext(ThreadFrame frame) {
        WorkItem<?> item = next(frame.runner);
        if (item == null) {
            return false;
        }
        try {
            handTokenBack();
            becomeBusy();
        } catch (Throwable thrown) {
            // Whoever could not be woken or started is not worth the item in hand.
            Log.error("failed to have somebody look into the queue of an executor", thrown);
        }
        if (pool.cancelsPending()) {
            item.withdraw();
        }
        try {
            item.runIn(frame);
        } catch (Throwable thrown) {
            item.failIn(frame, thrown);
        }
        frame.tidyUp();
        return true;
    }

    /** Lets others look for work, if nobody but this worker did. */
    private void handTokenBack() {
        if (token) {
            token = false;
            pool.giveTokenBack();
        }
    }

    /** The next item to run, which may be long in coming; null when this worker is to end. */
    private @Nullable WorkItem<?> next(Runner runner) {
        if (resigns(runner)) {
            return null;
        }
        WorkItem<?> item = isStarting() ? pool.takeFirst(this) : poll(runner);
        if (item != null) {
            return item;
        }
        STAGE.setRelease(this, FREE);
        token = pool.takeToken();
        while (true) {
            item = token ? spin(runner) : poll(runner);
            if (item != null) {
                return item;
            }
            Parking end = park();
            if (end == Parking.WOKEN) {
                token = true;
                if (resigns(runner)) {
                    return null;
                }
            } else if (end == Parking.EXPIRED || resigns(runner) || pool.isAtItsEnd()) {
                return null;
            }
        }
    }

    /**
     * Ends if there are too many workers. What it has queued is left to others before it is off the list of workers.
     */
    private boolean resigns(Runner runner) {
        if (!pool.hasSurplus()) {
            return false;
        }
        runner.retire();
        if (pool.resign(this)) {
            return true;
        }
        runner.workFor(pool);
        return false;
    }

    /** What this has submitted itself comes first, as its data are near. */
    private @Nullable WorkItem<?> poll(Runner runner) {
        if (--usualPolls == 0) {
            usualPolls = FAIR;
            return pool.queue.poll(nextFirst++);
        }
        WorkItem<?> item = pool.queue.pollUrgent();
        OwnQueue own = runner.own();
        if (item == null && own != null) {
            item = own.poll();
        }
        if (item == null) {
            item = courtesy.poll();
        }
        return item == null ? pool.queue.pollRest() : item;
    }

    private @Nullable WorkItem<?> spin(Runner runner) {
        for (int i = 0; i < PAUSES; i++) {
            WorkItem<?> item = poll(runner);
            if (item != null) {
                return item;
            }
            Thread.onSpinWait();
        }
        return null;
    }

    /** How a time in the stack of idle workers ended. */
    private enum Parking {
        /** There is work, and the search token is this worker's. */
        WOKEN,
        /** There was no work for long enough. */
        EXPIRED,
        /** The pool may not want this worker any more. */
        UNWANTED
    }

    private Parking park() {
        // Before this is on the stack: there may be no memory.
        Deadline keepAlive = pool.keepAlive();
        woken = false;
        boolean held = token;
        token = false;
        stacked = true;
        pool.park(this, held);
        Parking end = awaitWaking(keepAlive);
        stacked = false;
        return end;
    }

    private Parking awaitWaking(Deadline keepAlive) {
        while (!woken) {
            boolean expired = keepAlive.isOver();
            if (expired || !pool.wantsIdle()) {
                return unlink() ? (expired ? Parking.EXPIRED : Parking.UNWANTED) : Parking.WOKEN;
            }
            if (keepAlive.never()) {
                LockSupport.park(pool);
            } else {
                LockSupport.parkNanos(pool, keepAlive.remaining());
            }
            Thread.interrupted();
        }
        return Parking.WOKEN;
    }

    /** Takes itself out of the stack of idle workers; false if somebody else did and has woken it. */
    private boolean unlink() {
        // Counted as awake before it is out of the stack, so that what is submitted meanwhile keeps the JVM alive.
        pool.activate();
        while (!woken) {
            if (pool.unlink(this)) {
                return true;
            }
            Thread.yield();
        }
        pool.deactivate();
        return false;
    }

    /** Says that this worker does not look into the queue for a while, and has somebody else look if there is need. */
    private void becomeBusy() {
        STAGE.setRelease(this, BUSY);
        if (pool.canGrow()) {
            // Either this sees what a submitter has just added, or the submitter sees that this worker is busy.
            VarHandle.fullFence();
            pool.signalIfQueued();
        }
    }

    /* ---------------- For the pool ---------------- */

    /** Whether this runs an item, or is on its way to its first one. */
    boolean isBusy() {
        return (int) STAGE.getAcquire(this) != FREE;
    }

    /** Whether this has not got as far as looking for work. Certain only with the pool's lock held. */
    boolean isStarting() {
        return (int) STAGE.getAcquire(this) == STARTING;
    }

    /** Looks for the first item; called with the pool's lock held, so that nobody counts both the item and this. */
    @Nullable
    WorkItem<?> arrive() {
        WorkItem<?> item = pool.queue.poll();
        STAGE.setRelease(this, item == null ? FREE : BUSY);
        return item;
    }

    long completed() {
        return (long) COMPLETED.getOpaque(this);
    }

    /** Hands the search token over. */
    void wake() {
        woken = true;
        nudge();
    }

    /** Has a parked worker look whether it is still wanted. */
    void nudge() {
        Turn mine = turn;
        if (mine != null) {
            LockSupport.unpark(mine.thread());
        }
    }

    void interrupt() {
        Turn mine = turn;
        if (mine != null) {
            mine.interruptOneOfSeveral();
        }
    }
}
