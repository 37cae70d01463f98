// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code invokeAll} or {@code invokeAny}.
 *
 * @param <T> the type of the results
 */
final class Invocations<T extends @Nullable Object> {
    /** How long to wait for a result before looking again whether a full queue has room for the next task. */
    private static final Duration PATIENCE = Duration.ofMillis(5);

    private final BaseExecutor executor;
    private final List<Callable<T>> tasks;
    private final Deadline deadline;
    private final List<Future<T>> futures;

    Invocations(BaseExecutor executor, Collection<? extends Callable<T>> tasks, Deadline deadline) {
        this.executor = executor;
        this.tasks = new ArrayList<>(tasks);
        for (Callable<T> task : this.tasks) {
            requireNonNull(task, "a task in tasks");
        }
        this.deadline = deadline;
        this.futures = new ArrayList<>(this.tasks.size());
    }

    /** The futures of all tasks, all done; those for which the time was too short are cancelled. */
    List<java.util.concurrent.Future<T>> all() throws InterruptedException {
        try {
            for (Callable<T> task : tasks) {
                Future<T> future = executor.submit(task, deadline);
                futures.add(future == null ? Promise.cancelled() : future);
            }
            Await.await(futures, deadline, ReturnWhen.ALL_COMPLETED);
        } finally {
            cancelAll(futures);
        }
        return new ArrayList<>(futures);
    }

    /** The first result; if there is none, the first failure with all others suppressed. */
    T any() throws InterruptedException, ExecutionException, TimeoutException {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("tasks must not be empty");
        }
        List<Throwable> failures = new ArrayList<>();
        try (AsCompleted<T> completed = new AsCompleted<>(futures, deadline)) {
            Future<T> succeeded = submitUntilOneSucceeds(completed, failures);
            while (succeeded == null && completed.hasMore()) {
                succeeded = successOf(completed.take(), failures);
            }
            if (succeeded != null) {
                return succeeded.get();
            }
        } finally {
            cancelAll(futures);
            // Nobody else could ever look at these.
            futures.forEach(Invocations::lookAt);
        }
        ExecutionException failure = new ExecutionException(failures.get(0));
        failures.stream().skip(1).forEach(failure::addSuppressed);
        throw failure;
    }

    private @Nullable Future<T> submitUntilOneSucceeds(AsCompleted<T> completed, List<Throwable> failures)
            throws InterruptedException, TimeoutException {
        for (Callable<T> task : tasks) {
            WorkItem<T> submitted = executor.newItem(task);
            boolean accepted = executor.accept(submitted, Deadline.OVER);
            while (!accepted) {
                Future<T> succeeded = successOf(completed.poll(PATIENCE), failures);
                if (succeeded != null) {
                    return succeeded;
                }
                accepted = executor.accept(submitted, Deadline.after(PATIENCE).earlierOf(deadline));
                if (!accepted && deadline.isOver()) {
                    throw new TimeoutException();
                }
            }
            futures.add(submitted);
            completed.add(submitted);
            Future<T> succeeded = successOf(completed.poll(Duration.ZERO), failures);
            if (succeeded != null) {
                return succeeded;
            }
        }
        return null;
    }

    /** The future if it has a result; otherwise keeps why not. */
    private @Nullable Future<T> successOf(@Nullable Future<T> done, List<Throwable> failures) {
        if (done == null || done.state() == java.util.concurrent.Future.State.SUCCESS) {
            return done;
        }
        failures.add(done.isCancelled() ? new CancellationException(done.toString()) : done.exceptionNow());
        return null;
    }

    private static void lookAt(Future<?> done) {
        if (done.state() == java.util.concurrent.Future.State.FAILED) {
            done.exceptionNow();
        }
    }

    /**
     * Cancels all; first those that have not started, the last one first: a worker that comes for the next one finds none
     * that is about to be cancelled.
     */
    static void cancelAll(List<? extends Future<?>> futures) {
        for (Future<?> future : futures.reversed()) {
            future.cancel();
        }
        for (Future<?> future : futures) {
            future.cancel(/* mayInterruptIfRunning= */ true);
        }
    }
}
