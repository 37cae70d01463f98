// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The future of a submitted call, as far as it is queued, dropped or forgotten. {@link WorkItem} adds how it is run.
 *
 * @param <T> the type of the result
 */
abstract sealed class Submitted<T extends @Nullable Object> extends Future<T> permits WorkItem {
    static final VarHandle WORK = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "work", VarHandle.class, Submitted.class, Object.class);

    /**
     * What was submitted, a {@link Callable} or a {@link Runnable}, until it is run or cancelled; while it is run in a
     * frame that the engine does not find itself, that frame. Written by whoever claims or cancels this; published by
     * the queue.
     */
    @Nullable
    Object work;

    /** Whom to account to; null once there is nothing left to account for. Written as {@link #work} is. */
    @Nullable
    Engine engine;

    Submitted(Engine engine, Object body) {
        this.engine = engine;
        this.work = body;
        // Publishes both fields also to whoever is handed this future through a data race and cancels it.
        VarHandle.storeStoreFence();
    }

    /** Whether this is queued in that engine, at a glance. */
    final boolean isPendingIn(Engine engine) {
        return isOf(engine) && isPending();
    }

    /** Whether this was submitted to that engine; false once this has let go of it, before the future is completed. */
    final boolean isOf(Engine engine) {
        return this.engine == engine;
    }

    /** Whether an executor still has to run this. */
    final boolean isPending() {
        Object word = word();
        return word == Pending.PENDING || (word instanceof Open open && open.frame() == null);
    }

    /** Whether this was cancelled or its time was over before it was claimed, and no executor has come across it. */
    final boolean isWithdrawn() {
        Object word = word();
        return word == Cancelled.UNNOTICED || (word instanceof Overdue overdue && overdue.straggler() == null);
    }

    /** Whether this is cancelled or its time is over, so that nobody runs it, or waits for whoever does. */
    final boolean isOff() {
        Object word = word();
        return word instanceof Cancelled || word instanceof Overdue;
    }

    /** Forgets an item that is off when an executor comes across it; leaves any other alone. */
    final void drop() {
        if (isOff()) {
            noticeCancel();
            release();
        }
    }

    /** Lets go of the task and the executor. */
    final void release() {
        work = null;
        engine = null;
        letGo();
    }

    /** Lets go of the task of an item that is off and that an executor may still come across. */
    final void releaseTask() {
        work = null;
        letGo();
    }

    /* ---------------- What options add, in OptionedItem ---------------- */

    /** By when this has to be done. */
    Deadline deadline() {
        return Deadline.NEVER;
    }

    /** Items with a higher one are run first; 0 for most. */
    int priority() {
        return 0;
    }

    /** This has been queued, and may be running or done by now. */
    void accepted() {}

    /** This is about to be queued, or run by its submitter. */
    void submitting() {}

    /** What tells of the steps of this; null if nobody wants to know, or all has been told. */
    @Nullable
    Watch watch() {
        return null;
    }

    /**
     * The task has been claimed and is about to be called, here or elsewhere.
     *
     * @param frame where; null if elsewhere
     * @param worker by whom, in that case; null if nobody knows
     */
    void begun(@Nullable ThreadFrame frame, @Nullable String worker) {}

    /** A task that runs elsewhere has returned or thrown. */
    void returned() {}

    /**
     * The future is done, and the body has ended if it has ever begun. May be called again.
     *
     * @param frame where it was run; null if elsewhere, or nowhere
     */
    void wasRun(@Nullable ThreadFrame frame) {}

    /** This is about to fail with an exception. */
    void failing(Throwable thrown) {}

    /** The task has been called, or never will be. */
    void letGo() {}

    /** The deadline was over before this could be queued. */
    void expireUnaccepted() {}

    @Override
    @Nullable
    Owner owner() {
        return engine;
    }

    @Override
    String whereQueued() {
        Engine owner = engine;
        return owner == null ? "" : " in " + owner.name();
    }
}
