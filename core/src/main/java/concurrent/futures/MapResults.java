// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The results of one {@link FutureExecutor#map}, as the source of its stream.
 *
 * @param <A> the type of the items
 * @param <R> the type of the results
 */
final class MapResults<A extends @Nullable Object, R extends @Nullable Object> extends UnsplittableSource<R> {
    /*
     * Overview
     * --------
     * Items are read, put together to chunks, submitted, and kept in a window until their results
     * are asked for. A chunk that is done is unpacked into `unpacked`, from which the results are given out one by
     * one. The window is filled when this is made, and later whenever a result is asked for that is not there yet; as
     * soon as it is, filling stops.
     *
     * This never splits, so that only one thread at a time is in here, also in a parallel stream.
     */
    /** Enough room for a chunk to begin with. */
    private static final int MIN_CAPACITY = 64;

    /**
     * What tasks are made of; null when nothing is to be read or submitted any more. Forgotten then, so that a map
     * whose results nobody has asked for does not keep its executor.
     */
    private @Nullable Supply<A, R> supply;

    private final Window<List<@Nullable Object>> window;
    private final int tasksAhead;
    private final int itemsPerTask;
    private final Deadline deadline;

    /** The outcomes of a chunk that have not been given out. */
    private ListIterator<@Nullable Object> unpacked = Collections.emptyListIterator();

    /** Whether the stream has been closed or the time is over. */
    private boolean ended;

    /** What made reading or submitting stop; to be thrown after the results of what was submitted before. */
    private @Nullable Throwable failure;

    private MapResults(
            BaseExecutor executor, Mapper<? super A, ? extends R> fn, Iterator<? extends A> items, MapOptions options) {
        super(options.isUnordered() ? 0 : ORDERED);
        this.supply = new Supply<>(executor, fn, items);
        this.deadline = options.deadline();
        this.window = options.isUnordered() ? new UnorderedWindow<>() : new OrderedWindow<>();
        this.tasksAhead = options.tasksAhead(executor.maxWorkers());
        this.itemsPerTask = options.itemsPerTask();
    }

    static <A extends @Nullable Object, R extends @Nullable Object> Stream<R> stream(
            BaseExecutor executor, Mapper<? super A, ? extends R> fn, Iterator<? extends A> items, MapOptions options) {
        MapResults<A, R> results = new MapResults<>(executor, fn, items, options);
        // Without any time at all there would be nothing to look at afterwards.
        boolean timed = !results.deadline.isOver();
        boolean more = true;
        while (more && !(timed && results.deadline.isOver())) {
            more = results.submitNext();
        }
        if (results.window.size() == 0) {
            results.throwFailure();
        }
        return StreamSupport.stream(results, /* parallel= */ false).onClose(results::end);
    }

    /* ---------------- Filling the window ---------------- */

    /** Whether there is nothing left to read; found out only when it matters. */
    private boolean isAtEnd() {
        Supply<A, R> source = supply;
        try {
            if (source != null && !source.items().hasNext()) {
                supply = null;
            }
        } catch (Throwable thrown) {
            fail(thrown);
        }
        return supply == null;
    }

    /** Reads the items of one task and submits it, if there is room for it; whatever goes wrong is kept for later. */
    private boolean submitNext() {
        Supply<A, R> source = supply;
        if (source == null || window.size() >= tasksAhead) {
            return false;
        }
        List<A> chunk = new ArrayList<>(Math.min(itemsPerTask, MIN_CAPACITY));
        try {
            while (chunk.size() < itemsPerTask && source.items().hasNext()) {
                chunk.add(source.items().next());
            }
            if (chunk.size() < itemsPerTask) {
                supply = null;
            }
        } catch (Throwable thrown) {
            fail(thrown);
        }
        // Reading may have closed the stream.
        if (!chunk.isEmpty() && !ended) {
            submit(source, chunk);
        }
        return true;
    }

    private void submit(Supply<A, R> source, List<A> chunk) {
        try {
            Future<List<@Nullable Object>> future = source.executor().submit(new Chunk<>(source.fn(), chunk), deadline);
            if (future == null) {
                fail(outOfTime());
            } else {
                window.add(future);
            }
        } catch (InterruptedException e) {
            fail(Interrupts.restoredAs(new RejectedExecutionException("interrupted while waiting for room"), e));
        } catch (Throwable thrown) {
            fail(thrown);
        }
    }

    private static CompletionException outOfTime() {
        return new CompletionException(new TimeoutException("the time for the map is over"));
    }

    private void fail(Throwable thrown) {
        supply = null;
        if (failure != null && failure != thrown) {
            // What came first was thrown while reading, behind the items whose submission has failed now.
            thrown.addSuppressed(failure);
        }
        failure = thrown;
    }

    private void throwFailure() {
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            throw Failed.<RuntimeException>rethrow(thrown);
        }
    }

    /* ---------------- Giving out results ---------------- */

    @Override
    public boolean tryAdvance(Consumer<? super R> action) {
        requireNonNull(action, "action");
        while (!unpacked.hasNext()) {
            Future<List<@Nullable Object>> done = nextDone();
            if (done == null) {
                throwFailure();
                return false;
            }
            unpacked = done.join().listIterator();
        }
        Object outcome = unpacked.next();
        // What has been given out is not kept.
        unpacked.set(null);
        Chunk.give(outcome, action);
        return true;
    }

    /** The next task that is done, waiting for it if there is one; null if there is none. */
    private @Nullable Future<List<@Nullable Object>> nextDone() {
        Future<List<@Nullable Object>> done = window.pollDone();
        while (done == null && !deadline.isOver() && submitNext()) {
            done = window.pollDone();
        }
        if (done != null || (window.size() == 0 && isAtEnd())) {
            return done;
        }
        try {
            done = window.awaitDone(deadline);
        } catch (InterruptedException e) {
            throw Interrupts.restoredAs(new CancellationException("interrupted while waiting for a result"), e);
        }
        if (done == null) {
            end();
            throw outOfTime();
        }
        return done;
    }

    /** Cancels what has not started, and has nothing more to give out. */
    private void end() {
        ended = true;
        supply = null;
        failure = null;
        unpacked = Collections.emptyListIterator();
        for (Future<?> future : window.clear()) {
            future.cancel();
        }
    }

    /**
     * What the tasks of a map are made of.
     *
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @param executor where they are submitted
     * @param fn the function
     * @param items the items that have not been read
     */
    private record Supply<A extends @Nullable Object, R extends @Nullable Object>(
            BaseExecutor executor, Mapper<? super A, ? extends R> fn, Iterator<? extends A> items) {}
}
