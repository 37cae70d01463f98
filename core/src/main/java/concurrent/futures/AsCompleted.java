// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Futures in the order in which they are completed: what {@link Futures#asCompleted} returns.
 *
 * {@snippet file="concurrent/futures/snippets/FuturesSnippets.java" region="asCompleted"}
 *
 * <p>All ways to take a future share one cursor: each future is given out once, and nothing refers to it here
 * afterwards. Several threads may take from it. An iteration that is not used to its end should be closed; it leaves
 * nothing on the futures then, nor once it has been collected.
 *
 * @param <T> the type of the results
 */
public final class AsCompleted<T extends @Nullable Object> implements Iterable<Future<T>>, AutoCloseable {
    private final Arrivals<T> arrivals;
    private final Deadline deadline;
    private final ReentrantLock guarding = new ReentrantLock();

    /** What notices when this is abandoned; null while there is nothing to notice. Guarded by {@link #guarding}. */
    private @Nullable Guard guard;

    AsCompleted(Iterable<? extends Future<? extends T>> fs, Deadline deadline) {
        this.deadline = deadline;
        // All are looked at before anything is left on the first.
        List<Future<T>> futures = Distinct.of(fs);
        arrivals = new Arrivals<>(futures.size());
        futures.forEach(arrivals::addNew);
        // As large a list as this may be is not collected soon, and would keep the futures.
        futures.clear();
        guard();
    }

    /** Has the listeners removed if this is abandoned; needed as long as there are any. */
    private void guard() {
        guarding.lock();
        try {
            if (guard == null && hasMore()) {
                guard = Guard.over(this, arrivals);
            } else if (guard != null && !hasMore()) {
                guard.dismiss();
                guard = null;
            }
        } finally {
            guarding.unlock();
        }
    }

    /**
     * {@return an iterator over the futures that have not been given out}
     *
     * <p>{@code hasNext} tells at once whether there are any, and {@code next} waits; where several threads take, it
     * may find that another has taken the last one, and throws {@link NoSuchElementException}. If the thread is
     * interrupted meanwhile, {@code next} sets its interrupt status again and throws a {@link CancellationException};
     * when the time is over it throws a {@link CompletionException} with the {@link TimeoutException} as its cause.
     */
    @Override
    public Iterator<Future<T>> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return hasMore();
            }

            @Override
            public Future<T> next() {
                Future<T> future = takeUnchecked();
                if (future == null) {
                    throw exhausted();
                }
                return future;
            }
        };
    }

    /**
     * {@return a sequential stream of the futures that have not been given out, which ends when there are none left}
     *
     * <p>It throws what {@code next} of {@link #iterator()} throws. Closing it closes this.
     */
    public Stream<Future<T>> stream() {
        Spliterator<Future<T>> futures = new UnsplittableSource<>(Spliterator.ORDERED | Spliterator.NONNULL) {
            @Override
            public boolean tryAdvance(Consumer<? super Future<T>> action) {
                requireNonNull(action, "action");
                Future<T> future = takeUnchecked();
                if (future != null) {
                    action.accept(future);
                }
                return future != null;
            }
        };
        return StreamSupport.stream(futures, /* parallel= */ false).onClose(this::close);
    }

    /**
     * Waits for the next future to be completed.
     *
     * @return the future
     * @throws NoSuchElementException if all have been given out, or this is closed
     * @throws TimeoutException if the time given to {@link Futures#asCompleted(Iterable, Duration)} is over; the
     *     message tells how many futures are unfinished
     * @throws InterruptedException if the calling thread was interrupted
     */
    public Future<T> take() throws InterruptedException, TimeoutException {
        Future<T> future = takeIfAny();
        if (future == null) {
            throw exhausted();
        }
        return future;
    }

    /** The next future; null if all have been given out. */
    private @Nullable Future<T> takeIfAny() throws InterruptedException, TimeoutException {
        try {
            while (hasMore()) {
                Future<T> future = next(deadline);
                if (future != null) {
                    return future;
                }
                if (hasMore() && deadline.isOver()) {
                    throw arrivals.timedOut();
                }
            }
            return null;
        } finally {
            // An iteration that nobody can reach is closed, which must not happen in the middle of this.
            Reference.reachabilityFence(this);
        }
    }

    private @Nullable Future<T> next(Deadline end) throws InterruptedException {
        Future<T> future = arrivals.next(end);
        if (!hasMore()) {
            guard();
        }
        return future;
    }

    private @Nullable Future<T> takeUnchecked() {
        try {
            return takeIfAny();
        } catch (InterruptedException e) {
            throw Interrupts.restoredAs(new CancellationException("interrupted while waiting for a future"), e);
        } catch (TimeoutException e) {
            throw new CompletionException(e);
        }
    }

    private static NoSuchElementException exhausted() {
        return new NoSuchElementException("all futures have been given out");
    }

    /**
     * Waits for the next future to be completed, but not longer than {@code timeout}.
     *
     * @param timeout how long to wait; zero or less asks without waiting
     * @return the future; null if the time was over or all have been given out
     * @throws TimeoutException if the time given to {@link Futures#asCompleted(Iterable, Duration)} is over
     * @throws InterruptedException if the calling thread was interrupted
     */
    public @Nullable Future<T> poll(Duration timeout) throws InterruptedException, TimeoutException {
        Deadline end = Deadline.after(requireNonNull(timeout, "timeout"));
        Future<T> future = next(end.earlierOf(deadline));
        if (future == null && hasMore() && deadline.isOver()) {
            throw arrivals.timedOut();
        }
        return future;
    }

    /**
     * Adds a future to those that this waits for; also after all have been given out. One that is waited for already is
     * not added again.
     *
     * @param future the future
     * @throws IllegalStateException if this has been closed
     */
    public void add(Future<? extends T> future) {
        arrivals.add(Await.covariant(requireNonNull(future, "future")));
        guard();
    }

    /** Stops waiting for the futures that have not been given out. They go on; nothing of this stays with them. */
    @Override
    public void close() {
        arrivals.close();
        guard();
    }

    /** Whether there are futures that have not been given out. */
    boolean hasMore() {
        return arrivals.left() > 0;
    }
}
