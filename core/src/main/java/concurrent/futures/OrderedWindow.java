// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A window in which it is always the turn of the future that was added first.
 *
 * @param <T> the type of the results
 */
final class OrderedWindow<T extends @Nullable Object> implements Window<T> {
    private final Deque<Future<T>> futures = new ArrayDeque<>();

    @Override
    public void add(Future<T> future) {
        futures.add(future);
    }

    @Override
    public int size() {
        return futures.size();
    }

    @Override
    public @Nullable Future<T> pollDone() {
        Future<T> first = futures.peek();
        return first != null && first.isDone() ? futures.remove() : null;
    }

    @Override
    public @Nullable Future<T> awaitDone(Deadline deadline) throws InterruptedException {
        Future<T> first = futures.peek();
        if (first == null) {
            return null;
        }
        try {
            first.await(deadline);
            return futures.remove();
        } catch (TimeoutException e) {
            return null;
        }
    }

    @Override
    public Collection<Future<T>> clear() {
        List<Future<T>> all = new ArrayList<>(futures);
        futures.clear();
        return all;
    }
}
