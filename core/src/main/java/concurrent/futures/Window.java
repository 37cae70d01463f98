// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The futures that a {@link MapResults} has submitted and not given out. Used by one thread at a time.
 *
 * @param <T> the type of the results
 */
interface Window<T extends @Nullable Object> {
    void add(Future<T> future);

    int size();

    /** Takes the future whose turn it is, if it is done; null otherwise. */
    @Nullable
    Future<T> pollDone();

    /** Takes the future whose turn it is when it is done; null if there is none, or the deadline comes first. */
    @Nullable
    Future<T> awaitDone(Deadline deadline) throws InterruptedException;

    /** Takes out all futures. */
    Collection<Future<T>> clear();
}
