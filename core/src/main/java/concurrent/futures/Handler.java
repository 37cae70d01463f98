// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Future#handle} makes a result from.
 *
 * @param <T> the type of the future's result
 * @param <R> the type of the new result
 */
@FunctionalInterface
public interface Handler<T extends @Nullable Object, R extends @Nullable Object> extends Serializable {
    /**
     * Makes the new result.
     *
     * @param value the result of the future; null if it has none (or if it is null)
     * @param exception what the task threw, or a {@link java.util.concurrent.CancellationException}; null if it
     *     returned
     * @return the new result
     * @throws Exception anything; it becomes the exception of the new future
     */
    R handle(@Nullable T value, @Nullable Throwable exception) throws Exception;
}
