// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that an executor offers, written once on top of its {@link Engine}. */
abstract class BaseExecutor implements FutureExecutor {
    abstract Engine engine();

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
        accept(new WorkItem<Void>(engine(), Bodies.unheard(requireNonNull(command, "command"))));
    }

    private <T extends @Nullable Object> Future<T> accept(Object body) {
        WorkItem<T> item = new WorkItem<>(engine(), body);
        accept(item);
        return item;
    }

    private void accept(WorkItem<?> item) {
        try {
            engine().accept(item);
        } finally {
            // An executor that nobody can reach is shut down, which must not happen in the middle of this.
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public final <T extends @Nullable Object> List<Future<T>> submitAll(Iterable<? extends Task<T>> tasks) {
        List<Task<T>> all = new ArrayList<>();
        for (Task<T> task : requireNonNull(tasks, "tasks")) {
            all.add(requireNonNull(task, "a task in tasks"));
        }
        return submitEach(all);
    }

    private <T extends @Nullable Object> List<Future<T>> submitEach(Collection<? extends Callable<T>> tasks) {
        List<Future<T>> futures = new ArrayList<>(tasks.size());
        boolean complete = false;
        try {
            for (Callable<T> task : tasks) {
                futures.add(accept(task));
            }
            complete = true;
        } finally {
            if (!complete) {
                cancelAll(futures);
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
        return MapResults.stream(this, fn, items.iterator(), requireNonNull(options, "options"));
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
        List<Future<T>> futures = submitEach(withoutNulls(tasks));
        try {
            Await.await(futures, deadline, ReturnWhen.ALL_COMPLETED);
        } finally {
            cancelAll(futures);
        }
        return new ArrayList<>(futures);
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
        List<Callable<T>> all = withoutNulls(tasks);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("tasks must not be empty");
        }
        List<Future<T>> futures = submitEach(all);
        try (AsCompleted<T> completed = new AsCompleted<>(futures, deadline)) {
            return firstResult(completed);
        } finally {
            cancelAll(futures);
        }
    }

    /** The first result; if there is none, the first failure with all others suppressed. */
    private static <T extends @Nullable Object> T firstResult(AsCompleted<T> completed)
            throws InterruptedException, ExecutionException, TimeoutException {
        ExecutionException failure = null;
        while (completed.hasMore()) {
            Future<T> future = completed.take();
            Throwable reason;
            try {
                return future.get();
            } catch (ExecutionException e) {
                reason = requireNonNull(e.getCause());
            } catch (CancellationException e) {
                reason = e;
            }
            if (failure == null) {
                failure = new ExecutionException(reason);
            } else {
                failure.addSuppressed(reason);
            }
        }
        throw requireNonNull(failure);
    }

    private static <T extends @Nullable Object> List<Callable<T>> withoutNulls(
            Collection<? extends Callable<T>> tasks) {
        List<Callable<T>> all = new ArrayList<>(requireNonNull(tasks, "tasks"));
        for (Callable<T> task : all) {
            requireNonNull(task, "a task in tasks");
        }
        return all;
    }

    private static void cancelAll(List<? extends Future<?>> futures) {
        for (Future<?> future : futures) {
            future.cancel(/* mayInterruptIfRunning= */ true);
        }
    }

    /* ---------------- Ending ---------------- */

    @Override
    public final void shutdown() {
        shutdown(/* cancelPending= */ false);
    }

    @Override
    public final void shutdown(boolean cancelPending) {
        engine().shutdown(cancelPending);
    }

    /**
     * Stops accepting calls, cancels what has not started, and interrupts what runs, which ends as its body does.
     *
     * @return a runnable for each call that was cancelled by this; running it does nothing
     */
    @Override
    public final List<Runnable> shutdownNow() {
        List<Runnable> cancelled = engine().shutdown(/* cancelPending= */ true);
        engine().interruptRunning();
        return cancelled;
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
        engine.shutdown(/* cancelPending= */ false);
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
        return engine().maxWorkers();
    }

    @Override
    public final boolean isBroken() {
        return engine().isBroken();
    }

    /** {@return how many workers there are: idle and running ones; an estimate while they come and go} */
    public final int liveWorkers() {
        return engine().liveWorkers();
    }

    /** {@return how many workers run a task} */
    public final int runningWorkers() {
        return engine().runningWorkers();
    }

    /** {@return how many workers have nothing to do} */
    public final int idleWorkers() {
        Engine engine = engine();
        return Math.max(0, engine.liveWorkers() - engine.runningWorkers());
    }

    /** {@return how many tasks wait for a worker; they are counted one by one} */
    public final long queuedTasks() {
        return engine().queuedTasks();
    }

    /** {@return how many tasks have been run to their end by workers; an estimate while they are running} */
    public final long completedTasks() {
        return engine().completedTasks();
    }

    @Override
    public final String toString() {
        Engine engine = engine();
        String life = engine.isTerminated() ? "terminated" : engine.isShutdown() ? "shut down" : "open";
        return engine.name() + "[" + (isBroken() ? "broken, " : "") + life + ", workers " + engine.runningWorkers()
                + " running of " + engine.liveWorkers() + " live, at most " + engine.maxWorkers() + ", tasks "
                + engine.queuedTasks() + " queued, " + engine.completedTasks() + " completed]";
    }
}
