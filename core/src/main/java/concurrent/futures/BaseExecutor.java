// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that an executor offers, written once on top of its {@link Engine}. */
abstract class BaseExecutor implements FutureExecutor {
    abstract Engine engine();

    /** What is added to each task. */
    TaskOptions options() {
        return TaskOptions.NONE;
    }

    /** The same executor with other options. */
    BaseExecutor withOptions(TaskOptions more) {
        return new View(this, more);
    }

    /** What is queued for a body that the current thread submits. */
    Object prepared(Object body) {
        return body;
    }

    /** How many items of a map make a task unless its options say so; asked with -1 if nobody knows how many there are. */
    int chunkSize(int items) {
        return 1;
    }

    /** Makes the item for what the current thread submits. */
    final <T extends @Nullable Object> WorkItem<T> newItem(Object body) {
        return newItem(body, Inheritance.current());
    }

    /** Makes the item for what is submitted inside of another one, or of none. */
    <T extends @Nullable Object> WorkItem<T> newItem(Object body, @Nullable OptionedItem<?> around) {
        return around == null
                        && !TaskOptions.NONE.traced()
                        && !engine().watchers.isWatched()
                ? new WorkItem<>(engine(), prepared(body))
                : new OptionedItem<>(engine(), prepared(body), TaskOptions.NONE, around);
    }

    /* ---------------- Views ---------------- */

    @Override
    public final FutureExecutor withTimeout(Duration timeout) {
        return withOptions(options().withTimeout(Deadline.saturatedNanos(requireNonNull(timeout, "timeout"))));
    }

    @Override
    public final FutureExecutor withDeadline(Duration deadline) {
        return withOptions(options().withDeadline(Deadline.saturatedNanos(requireNonNull(deadline, "deadline"))));
    }

    @Override
    public final FutureExecutor withName(String name) {
        return withOptions(options().withName(requireNonNull(name, "name")));
    }

    @Override
    public final FutureExecutor withPriority(int priority) {
        return withOptions(options().withPriority(priority));
    }

    @Override
    public final FutureExecutor withContext(UnaryOperator<Callable<@Nullable Object>> context) {
        return withOptions(options().withContext(requireNonNull(context, "context")));
    }

    @Override
    public final FutureExecutor withTracing() {
        return withOptions(options().withTracing());
    }

    /* ---------------- Submitting ---------------- */

    @Override
    public final <T extends @Nullable Object> Future<T> submit(Task<T> task) {
        return accept(requireNonNull(task, "task"));
    }

    @Override
    public final Future<?> submit(Action action) {
        return accept(Bodies.ofRunnable(requireNonNull(action, "action")));
    }

    @Override
    public final <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
        return accept(requireNonNull(task, "task"));
    }

    @Override
    public final Future<?> submit(Runnable task) {
        return accept(Bodies.ofRunnable(requireNonNull(task, "task")));
    }

    @Override
    public final <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
        return accept(Bodies.returning(requireNonNull(task, "task"), result));
    }

    @Override
    public final void execute(Runnable command) {
        // Nobody would hear that it was too late, so it inherits nothing.
        WorkItem<?> item = this.<@Nullable Void>newItem(Bodies.unheard(requireNonNull(command, "command")), null);
        if (item.deadline().isOver()) {
            throw new RejectedExecutionException("the deadline was over before the submission");
        }
        accept(item);
    }

    private <T extends @Nullable Object> Future<T> accept(Object body) {
        WorkItem<T> item = newItem(body);
        accept(item);
        return item;
    }

    private void accept(WorkItem<?> item) {
        try {
            accept(item, Deadline.NEVER);
        } catch (InterruptedException e) {
            throw Interrupts.restoredAs(new RejectedExecutionException("interrupted while waiting for room"), e);
        }
    }

    /** Submits an item; false if there is no room for it in time, so that this may be tried again. */
    final boolean accept(WorkItem<?> item, Deadline deadline) throws InterruptedException {
        Deadline latest = item.deadline();
        try {
            boolean isLate = latest.isOver() && engine().isAccepting();
            if (!isLate && engine().accept(item, deadline.earlierOf(latest))) {
                announce(item);
                return true;
            }
            if (latest.isOver()) {
                item.expireUnaccepted();
                return true;
            }
            return false;
        } finally {
            // An executor that nobody can reach is shut down, which must not happen in the middle of this.
            Reference.reachabilityFence(this);
        }
    }

    private static void announce(WorkItem<?> item) {
        try {
            item.accepted();
        } catch (Throwable noClock) {
            item.withdraw();
            throw noClock;
        }
    }

    /** Submits a call; null if there is no room for it in time. */
    final <T extends @Nullable Object> @Nullable Future<T> submit(Callable<T> task, Deadline deadline)
            throws InterruptedException {
        WorkItem<T> item = newItem(task);
        return accept(item, deadline) ? item : null;
    }

    @Override
    public final <T extends @Nullable Object> List<Future<T>> submitAll(Iterable<? extends Task<T>> tasks) {
        List<Task<T>> all = new ArrayList<>();
        for (Task<T> task : requireNonNull(tasks, "tasks")) {
            all.add(requireNonNull(task, "a task in tasks"));
        }
        List<Future<T>> futures = new ArrayList<>(all.size());
        boolean complete = false;
        try {
            for (Task<T> task : all) {
                futures.add(accept(task));
            }
            complete = true;
        } finally {
            if (!complete) {
                Invocations.cancelAll(futures);
            }
        }
        return futures;
    }

    /* ---------------- Many at once ---------------- */

    @Override
    public final <A extends @Nullable Object, R extends @Nullable Object> Stream<R> map(
            Mapper<? super A, ? extends R> fn, Iterable<? extends A> items) {
        return map(fn, items, MapOptions.defaults());
    }

    @Override
    public final <A extends @Nullable Object, R extends @Nullable Object> Stream<R> map(
            Mapper<? super A, ? extends R> fn, Iterable<? extends A> items, MapOptions options) {
        requireNonNull(fn, "fn");
        requireNonNull(items, "items");
        requireNonNull(options, "options");
        int size = items instanceof Collection<?> collection ? collection.size() : -1;
        return MapResults.stream(this, fn, items.iterator(), options.withDefaultChunkSize(chunkSize(size)));
    }

    @Override
    public final <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks) throws InterruptedException {
        return invokeAll(tasks, Deadline.NEVER);
    }

    @Override
    public final <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        return invokeAll(tasks, Deadline.after(timeout, requireNonNull(unit, "unit")));
    }

    private <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, Deadline deadline) throws InterruptedException {
        return new Invocations<>(this, requireNonNull(tasks, "tasks"), deadline).all();
    }

    @Override
    public final <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        try {
            return invokeAny(tasks, Deadline.NEVER);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public final <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return invokeAny(tasks, Deadline.after(timeout, requireNonNull(unit, "unit")));
    }

    private <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks, Deadline deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        return new Invocations<>(this, requireNonNull(tasks, "tasks"), deadline).any();
    }

    /* ---------------- Ending ---------------- */

    @Override
    public final void shutdown() {
        engine().shutdown();
    }

    @Override
    public final void shutdown(boolean cancelPending) {
        if (cancelPending) {
            engine().shutdownCancelling(/* interrupt= */ false);
        } else {
            engine().shutdown();
        }
    }

    @Override
    public final List<Runnable> shutdownNow() {
        return engine().shutdownCancelling(/* interrupt= */ true);
    }

    @Override
    public final boolean isShutdown() {
        return engine().isShutdown();
    }

    @Override
    public final boolean isTerminated() {
        return engine().isTerminated();
    }

    @Override
    public final boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return engine().awaitTermination(Deadline.after(timeout, requireNonNull(unit, "unit")));
    }

    @Override
    public final void close() {
        Engine engine = engine();
        engine.ensureNotInside("wait in close() for its own end");
        engine.shutdown();
        boolean interrupted = false;
        while (!engine.isTerminated()) {
            try {
                engine.awaitTermination(Deadline.NEVER);
            } catch (InterruptedException e) {
                interrupted = true;
                shutdownNow();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /* ---------------- Looking ---------------- */

    @Override
    public final int maxWorkers() {
        return engine().places.maxWorkers();
    }

    @Override
    public FutureExecutor unwrapped() {
        return this;
    }

    @Override
    public final ExecutorStats stats() {
        return ExecutorStats.of(engine());
    }

    @Override
    public final String dump() {
        return Dump.of(this);
    }

    @Override
    public final ExecutorListener.Registration addListener(ExecutorListener listener) {
        return engine().watchers.add(requireNonNull(listener, "listener"));
    }

    @Override
    public final boolean isBroken() {
        return engine().isBroken();
    }

    /** {@return how many workers there are: idle and running ones; an estimate while they come and go} */
    public final int liveWorkers() {
        return engine().liveWorkers();
    }

    /** {@return how many workers run a task, those included that wait for something in it} */
    public final int runningWorkers() {
        return engine().runningWorkers();
    }

    /**
     * {@return how many workers there are beyond {@code maxWorkers}: those that stand in for others that wait inside a
     * call, until they have ended, and those that are left from a greater {@code maxWorkers}}
     */
    public final int spareWorkers() {
        Engine engine = engine();
        return Math.max(0, engine.liveWorkers() - engine.places.maxWorkers());
    }

    /** {@return how many workers have nothing to do} */
    public final int idleWorkers() {
        Engine engine = engine();
        return Math.max(0, engine.liveWorkers() - engine.runningWorkers());
    }

    /** {@return how many tasks wait for a worker; they are counted one by one} */
    public final long queuedTasks() {
        return engine().queue.countPending();
    }

    /** {@return how many tasks have been run to their end; an estimate while they are running} */
    public final long completedTasks() {
        return engine().completedTasks();
    }

    @Override
    public final String toString() {
        Engine engine = engine();
        String life = engine.isTerminated() ? "terminated" : engine.isShutdown() ? "shut down" : "open";
        return engine.name() + "[" + (isBroken() ? "broken, " : "") + life + ", workers " + engine.runningWorkers()
                + " running of " + engine.liveWorkers() + " live, at most " + engine.places.maxWorkers()
                + (spareWorkers() > 0 ? " and " + spareWorkers() + " spare" : "") + ", tasks "
                + engine.queue.countPending() + " queued, " + engine.completedTasks() + " completed]";
    }
}
