// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread's wait: the only place where this library blocks on futures.
 *
 * <p>Registered as a listener it waits for one future; otherwise somebody else's listeners {@link #open} it.
 */
final class Waiter extends Listener {
    /**
     * How often a waiter looks again before it parks, for longer than it takes to wake a worker. It yields rather than
     * pauses, because a waiter that pauses may sit on the very core that its worker was woken on.
     */
    private static final int YIELDS = 100;

    /** The same for a virtual thread, which is cheap to park. */
    private static final int VIRTUAL_YIELDS = 2;

    private final Thread thread = Thread.currentThread();
    private final boolean isInTask = Runner.currentFrame() != null;

    /** Set once, by whoever completes what is waited for. */
    private volatile boolean open;

    /** Waits until the future is done and returns its state. */
    static Object await(Future<?> future, Deadline deadline) throws InterruptedException, TimeoutException {
        int yields = Thread.currentThread().isVirtual() ? VIRTUAL_YIELDS : YIELDS;
        for (int i = 0; i < yields; i++) {
            Object state = future.word();
            if (!(state instanceof Open)) {
                return state;
            }
            ensureNotInterrupted();
            if (deadline.isOver()) {
                throw new TimeoutException();
            }
            Thread.yield();
        }
        Waiter waiter = new Waiter();
        future.listen(waiter);
        boolean done = false;
        try {
            done = waiter.await(Awaited.of(future), deadline);
        } finally {
            if (!done) {
                future.unlisten(waiter);
            }
        }
        Object state = future.word();
        if (state instanceof Open) {
            throw new TimeoutException();
        }
        return state;
    }

    @Override
    void done(Future<?> future) {
        open();
    }

    /** Opens this if its thread runs tasks; says whether it does. */
    boolean openIfInTask() {
        if (isInTask) {
            open();
        }
        return isInTask;
    }

    void open() {
        open = true;
        LockSupport.unpark(thread);
    }

    /** Waits until this is open; false if the deadline comes first. */
    boolean await(Awaited awaited, Deadline deadline) throws InterruptedException {
        Cascade.runPostponed();
        if (open || deadline.isOver()) {
            return block(deadline);
        }
        return Wait.during(awaited, deadline, this::block);
    }

    private boolean block(Deadline deadline) throws InterruptedException {
        while (!open) {
            ensureNotInterrupted();
            if (deadline.never()) {
                LockSupport.park(this);
                continue;
            }
            long nanos = deadline.remaining();
            if (nanos <= 0) {
                return false;
            }
            LockSupport.parkNanos(this, nanos);
        }
        return true;
    }

    private static void ensureNotInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
