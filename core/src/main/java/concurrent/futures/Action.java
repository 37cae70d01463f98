// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.io.Serializable;
import java.util.concurrent.CompletionException;

/**
 * A call that returns nothing: the same as a {@link Task} for a lambda without a result.
 *
 * <p>Executors of this library call {@link #perform()}. Others, which know only {@link Runnable}, call {@link #run()}.
 */
@FunctionalInterface
public interface Action extends Runnable, Serializable {
    /**
     * Does the work.
     *
     * @throws Exception anything; it ends up in the future of this action
     */
    void perform() throws Exception;

    /**
     * Does the work where nothing checked can be thrown.
     *
     * @throws CompletionException with the checked exception that {@link #perform()} threw as its cause
     */
    @Override
    default void run() {
        try {
            perform();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
