// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
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
    /** Tasks that run elsewhere are numbered, and not the workers that may run several of them. */
    private static final int NO_SLOT = -1;

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
     * @param queueCapacity how many may wait beside those; any number if this is {@link Integer#MAX_VALUE}
     * @param whenFull what {@code submit} does when that many wait
     * @throws IllegalArgumentException if one of the numbers is not positive
     */
    protected AbstractFutureExecutor(String name, int maxWorkers, int queueCapacity, WhenFull whenFull) {
        this(
                name,
                maxWorkers,
                Capacity.of(
                        Numbers.positive(queueCapacity, "queueCapacity") == Integer.MAX_VALUE ? null : queueCapacity,
                        requireNonNull(whenFull, "whenFull"),
                        Numbers.maxWorkers(maxWorkers)));
    }

    @SuppressWarnings("this-escape") // The engine calls back when something is submitted, not before.
    private AbstractFutureExecutor(String name, int maxWorkers, @Nullable Capacity capacity) {
        requireNonNull(name, "name");
        this.engine = new SlotEngine(name, capacity, Numbers.maxWorkers(maxWorkers), new Hooks());
    }

    @Override
    final Engine engine() {
        return engine;
    }

    @Override
    final Object prepared(Object body) {
        return requireNonNull(prepare(Bodies.callable(body)), "what prepare makes of a task");
    }

    @Override
    final int chunkSize(int items) {
        return Numbers.positive(itemsPerTask(items), "itemsPerTask");
    }

    /** What the engine asks of this. */
    private final class Hooks implements SlotEngine.Dispatcher {
        @Override
        public void dispatch(WorkItem<?> item) throws Exception {
            AbstractFutureExecutor.this.dispatch(item);
        }

        @Override
        public int ahead() {
            return AbstractFutureExecutor.this.ahead();
        }

        @Override
        public int idle() {
            return idleNow();
        }

        @Override
        public void terminated() {
            AbstractFutureExecutor.this.terminated();
        }
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
     * Makes of a task what is queued, and what {@link WorkItem#task()} returns later: its serialized form, for example,
     * which does not change if what the task captures does. Called on the submitting thread; what it throws is thrown
     * to whoever submits.
     *
     * @param task what was submitted, or something that performs it
     * @param <T> the type of its result
     * @return what is queued for it; the task itself by default
     */
    protected <T extends @Nullable Object> Callable<T> prepare(Callable<T> task) {
        return task;
    }

    /**
     * {@return how many items of a {@link #map} make one task if its options do not say so; 1 by default}
     *
     * @param items how many items there are; -1 if that is not known
     */
    protected int itemsPerTask(int items) {
        return 1;
    }

    /**
     * {@return how many items are dispatched at the moment beyond {@code maxWorkers}, so that a worker need not wait for
     * its next one; 0 by default}
     *
     * <p>Asked whenever an item is submitted or has ended. Items that are dispatched are not overtaken any more by those
     * of higher priority.
     */
    protected int ahead() {
        return 0;
    }

    /**
     * Changes how many items are dispatched at the same time at most: workers have come or gone.
     *
     * @param maxWorkers the number; what is dispatched beyond it goes on
     * @throws IllegalArgumentException if {@code maxWorkers} is not positive
     */
    protected final void setMaxWorkers(int maxWorkers) {
        engine.places.setMaxWorkers(Numbers.maxWorkers(maxWorkers));
        engine.resized();
        engine.useVacancy();
    }

    /** {@return how many workers this executor keeps that have nothing to do; 0 by default} */
    protected int idleNow() {
        return 0;
    }

    /**
     * Has listeners hear of a worker that may have tasks from now on. Called while no lock is held that a listener might
     * need.
     *
     * @param worker its name
     */
    protected final void workerStarted(String worker) {
        engine.watchers.workerStarted(requireNonNull(worker, "worker"), NO_SLOT);
    }

    /**
     * Has listeners hear of a worker that has ended.
     *
     * @param worker its name
     */
    protected final void workerEnded(String worker) {
        engine.watchers.workerEnded(requireNonNull(worker, "worker"), NO_SLOT);
    }

    /**
     * Breaks this executor: what is queued fails with a {@link BrokenExecutorException}, and so does what is submitted
     * later. What has been dispatched is up to the subclass. Does nothing if this is broken already.
     *
     * @param message what broke
     * @param cause why; null if that is unknown
     */
    protected final void breakDown(String message, @Nullable Throwable cause) {
        engine.breakWith(new BrokenExecutorException(message, cause));
    }

    /**
     * Lets go of what this executor holds. Called once, when it has been shut down and all its work is done, before
     * anybody hears of that; so it must not wait for the end of this executor itself.
     */
    protected void terminated() {}
}
