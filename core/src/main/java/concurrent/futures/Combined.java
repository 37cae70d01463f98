// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A future over several others, which it holds until it is done.
 *
 * @param <S> the type of their results
 * @param <T> the type of the result
 */
abstract class Combined<S extends @Nullable Object, T extends @Nullable Object> extends Future<T>
        implements Completion.Owner {
    /** The futures, in the order given; one that is given twice is here twice. */
    final List<Future<S>> sources;

    /** How many of them are not done. */
    final AtomicInteger unfinished;

    /** Written once, before anybody can hear of this. */
    private final List<Hold> holds;

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

    /** Begins to listen. Once this is done, only those are looked at that are done as well. */
    final Future<T> begin() {
        for (int i = 0; i < sources.size(); i++) {
            int index = i;
            Future<S> source = sources.get(i);
            holds.add(new Hold(source, done -> sourceDone(index, source)));
        }
        for (int i = 0; i < holds.size(); i++) {
            Future<S> source = sources.get(i);
            if (source.isDone()) {
                sourceDone(i, source);
            } else if (!isDone()) {
                holds.get(i).begin();
            }
        }
        if (isDone()) {
            cancelRest();
        }
        return this;
    }

    /** This is done, and what is not is not needed any more. */
    final void cancelRest() {
        letGo(CancelMode.INTERRUPTING);
    }

    private void letGo(CancelMode mode) {
        // All are let go of before the first is cancelled: its listeners may be slow.
        holds.forEach(Hold::end);
        holds.forEach(hold -> hold.endAndCancel(mode));
    }

    @Override
    Completion.Owner owner() {
        return this;
    }

    @Override
    public void withdrawn(Completion future, CancelMode mode) {
        noticeCancel();
        letGo(mode);
    }
}
