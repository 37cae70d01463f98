// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A window in which it is the turn of whatever future is completed next.
 *
 * @param <T> the type of the results
 */
final class UnorderedWindow<T extends @Nullable Object> implements Window<T> {
    private final Arrivals<T> arrivals = new Arrivals<>(/* expected= */ 0);

    @Override
    public void add(Future<T> future) {
        arrivals.addNew(future);
    }

    @Override
    public int size() {
        return arrivals.left();
    }

    @Override
    public @Nullable Future<T> pollDone() {
        return arrivals.poll();
    }

    @Override
    public @Nullable Future<T> awaitDone(Deadline deadline) throws InterruptedException {
        return arrivals.next(deadline);
    }

    @Override
    public Collection<Future<T>> clear() {
        return arrivals.close();
    }
}
