// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The base of executors of your own: everything but how a work item gets run.
 *
 * <p>A subclass says in {@link #dispatch} how. This class queues what is submitted, dispatches at most
 * {@code maxWorkers} items at a time in the order of their submission, and derives all of {@link FutureExecutor} from
 * that. This one runs each task in a fresh thread:
 *
 * {@snippet file="concurrent/futures/FreshThreadExecutor.java" region="executor"}
 *
 * <p>While items that are run by {@link WorkItem#run()} wait for other futures, as many more are dispatched, up to 256:
 * they might wait for these. They are never run by whoever waits for them.
 *
 * <p>A dispatched item occupies its slot until {@link WorkItem#run()} returns, {@link WorkItem#start} says false, or
 * {@link WorkItem#complete} or {@link WorkItem#fail} is called; an executor owes each dispatched item one of these.
 */
public abstract class AbstractFutureExecutor extends BaseExecutor {
    private final Engine engine;

    /**
     * Creates an executor with an unbounded queue.
     *
     * @param name what messages call it
     * @param maxWorkers how many items are dispatched at the same time at most, beside those that wait
     * @throws IllegalArgumentException if {@code maxWorkers} is not positive
     */
    protected AbstractFutureExecutor(String name, int maxWorkers) {
        this(name, maxWorkers, null);
    }

    /**
     * Creates an executor with a bounded queue.
     *
     * @param name what messages call it
     * @param maxWorkers how many items are dispatched at the same time at most, beside those that wait
     * @param queueCapacity how many may wait beside those
     * @param whenFull what {@code submit} does when that many wait
     * @throws IllegalArgumentException if one of the numbers is not positive
     */
    protected AbstractFutureExecutor(String name, int maxWorkers, int queueCapacity, WhenFull whenFull) {
        this(
                name,
                maxWorkers,
                new Capacity(
                        Numbers.positive(queueCapacity, "queueCapacity"),
                        requireNonNull(whenFull, "whenFull"),
                        Numbers.maxWorkers(maxWorkers)));
    }

    @SuppressWarnings("this-escape") // The engine calls back when something is submitted, not before.
    private AbstractFutureExecutor(String name, int maxWorkers, @Nullable Capacity capacity) {
        requireNonNull(name, "name");
        this.engine = new SlotEngine(name, capacity, Numbers.maxWorkers(maxWorkers), this::dispatch, this::terminated);
    }

    @Override
    final Engine engine() {
        return engine;
    }

    /**
     * Gets an item run, and returns without waiting for it: hands it to a thread that calls {@link WorkItem#run()}, or
     * sends its task to some other place. Called on a submitting thread, on one that has just ended another item, or on
     * one that begins to wait inside an item, by several at the same time; must not run the item on the calling thread.
     *
     * @param item the item
     * @param <T> the type of its result
     * @throws Exception if the item cannot be run; its future fails with a
     *     {@link java.util.concurrent.RejectedExecutionException} that has this as its cause
     */
    protected abstract <T extends @Nullable Object> void dispatch(WorkItem<T> item) throws Exception;

    /**
     * Lets go of what this executor holds. Called once, when it has been shut down and all its work is done, before
     * anybody hears of that; so it must not wait for the end of this executor itself.
     */
    protected void terminated() {}
}
