// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import org.jspecify.annotations.Nullable;

/**
 * What {@link Future#addDoneCallback} calls.
 *
 * @param <T> the type of the future's result
 */
@FunctionalInterface
public interface DoneCallback<T extends @Nullable Object> {
    /**
     * The future is done or cancelled.
     *
     * @param future the future that the callback was added to
     * @throws Exception anything; it is logged
     */
    void done(Future<? extends T> future) throws Exception;
}
