// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The engine of executors that hand each item to somebody else to run: to a fresh virtual thread, or to whatever an
 * {@link AbstractFutureExecutor} has. It hands out a bounded number at a time and queues the rest.
 */
final class SlotEngine extends Engine {
    /** Whoever gets items run. */
    @FunctionalInterface
    interface Dispatcher {
        /** Gets an item run, without running it on the calling thread. */
        void dispatch(WorkItem<?> item) throws Exception;

        /** How many items are handed out at the moment beyond those for which there is a worker. */
        default int ahead() {
            return 0;
        }

        /** How many workers are kept that have nothing to do. */
        default int idle() {
            return 0;
        }

        /** Lets go of what the executor holds beside the engine. */
        default void terminated() {}
    }

    private final Dispatcher dispatcher;

    /** How many items are handed out, plus those that are just being taken off the queue. */
    private final AtomicInteger taken = new AtomicInteger();

    /** The items that are handed out. Whoever removes one gives its slot back. */
    private final Map<WorkItem<?>, Slot> handedOut = new ConcurrentHashMap<>();

    /**
     * The engine of an executor that runs items wherever its author likes, which may be the only place that will do.
     */
    SlotEngine(String name, @Nullable Capacity capacity, int maxWorkers, Dispatcher dispatcher) {
        super(name, /* letsWaitersRun= */ false, new Places(maxWorkers, Places.SPARES_BY_DEFAULT), capacity);
        this.dispatcher = dispatcher;
    }

    /** The engine of an executor on somebody else's threads, where another one of those will do as well. */
    SlotEngine(String name, int maxWorkers, Executor threads) {
        super(name, /* letsWaitersRun= */ true, new Places(maxWorkers, Places.SPARES_BY_DEFAULT), null);
        this.dispatcher = threads::execute;
    }

    /** The engine of an executor that starts a thread for each item, where another thread of its will do as well. */
    SlotEngine(VirtualThreadExecutor.Builder options, ThreadFactory threads, String name) {
        super(
                name,
                options.helpsWhileWaiting,
                new Places(options.maxWorkers, options.maxSpareWorkers),
                Capacity.of(options.queueCapacity, options.whenFull, options.maxWorkers));
        this.dispatcher = item -> threads.newThread(item).start();
    }

    @Override
    void signal() {
        // Whoever adds an item looks for a slot, and whoever gives a slot back looks for an item.
        while (!queue.isEmpty() && takeSlot()) {
            useSlot();
        }
    }

    @Override
    void useVacancy() {
        signal();
    }

    /** Uses a slot that the caller has taken for the next item that can be dispatched, or gives it back. */
    private void useSlot() {
        if (taken.get() > mostTaken()) {
            giveSlotBack();
            return;
        }
        for (WorkItem<?> item = pollPending(); item != null; item = pollPending()) {
            if (handOut(item)) {
                return;
            }
        }
        giveSlotBack();
    }

    /** Dispatches an item, which owns the caller's slot from then on; false if it needs the slot no more. */
    private boolean handOut(WorkItem<?> item) {
        Slot slot = null;
        boolean listed = false;
        try {
            slot = new Slot();
            handedOut.put(item, slot);
            listed = true;
            // Looked at after the item is on the list, so that a shutdown that does not find it there is seen here.
            if ((cancelsPending() || isOver()) && item.withdraw()) {
                handedOut.remove(item);
                item.drop();
                return false;
            }
            if (!item.isPending()) {
                // It has been cancelled, or whoever waits for it runs it. If that has ended, the slot was used there.
                item.drop();
                return handedOut.remove(item) == null;
            }
            dispatcher.dispatch(item);
        } catch (Throwable thrown) {
            abandon(item, thrown);
            boolean removed = handedOut.remove(item) != null;
            if (slot == null) {
                return false;
            }
            slot.free |= removed || !listed;
        }
        slot.dispatcher = null;
        return !slot.free;
    }

    /** Fails an item that could not be dispatched, perhaps for lack of memory. */
    private void abandon(WorkItem<?> item, Throwable thrown) {
        try {
            item.abandon(new RejectedExecutionException(name() + " could not start a task", thrown));
        } catch (Throwable again) {
            item.failUnclaimed(again);
        }
    }

    /**
     * What a dispatched item occupies.
     *
     * <p>An item may end before it has been dispatched to the end, on the dispatching thread: because there is nobody
     * to send it to, for example. That thread uses the slot again when it is back in its loop; using it at once would
     * add a level of recursion for each queued item.
     */
    private static final class Slot {
        /** The thread that dispatches the item; null when it has done so. Matters to that thread alone. */
        volatile @Nullable Thread dispatcher = Thread.currentThread();

        /** Whether the item ended on that thread meanwhile. Used by that thread alone. */
        boolean free;
    }

    private @Nullable WorkItem<?> pollPending() {
        WorkItem<?> item = queue.poll();
        while (item != null && !item.isPending()) {
            item.drop();
            item = queue.poll();
        }
        return item;
    }

    @Override
    void ended(WorkItem<?> item) {
        Slot slot = handedOut.remove(item);
        if (slot == null) {
            return;
        }
        if (slot.dispatcher == Thread.currentThread()) {
            slot.free = true;
        } else {
            useSlot();
            if (dispatcher.ahead() > 0) {
                // There may be more slots than a moment ago.
                signal();
            }
        }
    }

    private int mostTaken() {
        return (int) Math.min(Integer.MAX_VALUE, (long) places.mostNow() + dispatcher.ahead());
    }

    /** Takes a slot if there is one. The first is taken after the keeper knows: others rely on the count. */
    private boolean takeSlot() {
        while (true) {
            int seen = taken.get();
            if (seen >= mostTaken()) {
                return false;
            }
            if (seen == 0) {
                Keeper.enter();
            }
            if (taken.compareAndSet(seen, seen + 1)) {
                return true;
            }
            if (seen == 0) {
                Keeper.leave();
            }
        }
    }

    private void giveSlotBack() {
        boolean last = taken.decrementAndGet() == 0;
        if (!queue.isEmpty()) {
            signal();
        }
        if (last) {
            // Only now: an item that has just been added must not find the JVM about to end.
            Keeper.leave();
        }
        tryTerminate();
    }

    @Override
    Collection<WorkItem<?>> handedOut() {
        return handedOut.keySet();
    }

    @Override
    void interruptWorkers() {
        handedOut.keySet().forEach(WorkItem::interruptRun);
    }

    @Override
    void wakeIdle() {
        // Nobody idles here.
    }

    @Override
    boolean isDeserted() {
        return taken.get() == 0;
    }

    @Override
    void onTerminated() {
        try {
            dispatcher.terminated();
        } catch (Throwable thrown) {
            Log.error("an executor failed to end in an orderly way", thrown);
        }
    }

    @Override
    long workersRun() {
        return handedOut.keySet().stream().filter(Future::isRunning).count();
    }

    @Override
    int liveWorkers() {
        return runningWorkers() + dispatcher.idle();
    }

    @Override
    int runningWorkers() {
        return Math.min(taken.get(), places.mostNow());
    }
}
