// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A task in its serialized form, as it was when it was submitted; or why it has none.
 *
 * @param <T> the type of its result
 */
final class Encoded<T extends @Nullable Object> implements Callable<T> {
    private final byte[] bytes;
    private final @Nullable Throwable failure;

    Encoded(Callable<T> task, int limit, Loaders loaders) {
        byte[] encoded = Frame.EMPTY;
        Throwable failed = null;
        try {
            encoded = Codec.encodeTask(task, limit, loaders);
        } catch (Throwable thrown) {
            failed = thrown;
        }
        this.bytes = encoded;
        this.failure = failed;
    }

    byte[] bytes() {
        return bytes;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Is run in another process. */
    @Override
    public T call() {
        throw new UnsupportedOperationException("a task of processes is not run in this one");
    }
}
