// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function that {@link FutureExecutor#map} applies to each item.
 *
 * @param <A> the type of the items
 * @param <R> the type of the results
 */
@FunctionalInterface
public interface Mapper<A extends @Nullable Object, R extends @Nullable Object> extends Serializable {
    /**
     * Computes the result for one item.
     *
     * @param item the item
     * @return the result
     * @throws Exception anything; it is thrown at the item's place among the results
     */
    R apply(A item) throws Exception;
}
