// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A future over several others, which it holds until it is done.
 *
 * @param <S> the type of their results
 * @param <T> the type of the result
 */
abstract class Combined<S extends @Nullable Object, T extends @Nullable Object> extends Future<T>
        implements Completion.Owner {
    /**
     * The futures, in the order given; one that is given twice is here twice. None once this is done. Written by
     * whoever completes this.
     */
    private volatile List<Future<S>> sources;

    /** How many of them are not done. */
    final AtomicInteger unfinished;

    /** One for each of the futures; none once this is done. Written as {@link #sources} is. */
    private volatile List<Hold> holds;

    Combined(Iterable<? extends Future<? extends S>> fs) {
        List<Future<S>> all = new ArrayList<>();
        for (Future<? extends S> future : fs) {
            all.add(Await.covariant(requireNonNull(future, "a future in fs")));
        }
        sources = all;
        unfinished = new AtomicInteger(all.size());
        holds = new ArrayList<>(all.size());
    }

    /** One of the futures is done. Called once for each as long as this is not done, and perhaps afterwards. */
    abstract void sourceDone(int index, Future<S> source);

    /** The futures; none once this is done. */
    final List<Future<S>> sources() {
        return sources;
    }

    /** What somebody waits for who waits for this: any of the futures may be the one that ends it. */
    final Awaited awaited() {
        return new Awaited() {
            @Override
            public boolean needsAll() {
                return false;
            }

            @Override
            public boolean allMatch(Predicate<? super Future<?>> predicate) {
                return sources.stream().filter(source -> !source.isDone()).allMatch(predicate);
            }
        };
    }

    /** Begins to listen. Once this is done, only those are looked at that are done as well. */
    final Future<T> begin() {
        List<Future<S>> all = sources;
        for (int i = 0; i < all.size(); i++) {
            int index = i;
            Future<S> source = all.get(i);
            holds.add(new Hold(source, this, done -> sourceDone(index, source)));
        }
        List<Hold> each = holds;
        for (int i = 0; i < each.size(); i++) {
            Future<S> source = all.get(i);
            if (source.isDone()) {
                sourceDone(i, source);
            } else if (!isDone()) {
                each.get(i).begin();
            }
        }
        if (isDone()) {
            letGo(each, CancelMode.INTERRUPTING);
        }
        return this;
    }

    /** Ends this, and cancels what is not needed any more before any callback is told; false if this had ended. */
    final boolean end(Object outcome) {
        return settle(outcome, () -> letGo(holds, CancelMode.INTERRUPTING));
    }

    private void letGo(List<Hold> each, CancelMode mode) {
        sources = List.of();
        holds = List.of();
        // All are let go of before the first is cancelled: its listeners may be slow.
        each.forEach(Hold::end);
        each.forEach(hold -> hold.cancelSource(mode));
    }

    @Override
    Completion.Owner owner() {
        return this;
    }

    @Override
    public void withdrawn(Completion future, CancelMode mode) {
        noticeCancel();
        letGo(holds, mode);
    }
}
