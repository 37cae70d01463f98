// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A task in its serialized form, as it was when it was submitted; or why it has none.
 *
 * @param <T> the type of its result
 */
public final class Encoded<T extends @Nullable Object> implements Callable<T> {
    private final byte[] bytes;
    private final @Nullable Throwable failure;

    /**
     * Encodes a task.
     *
     * @param task what is to run elsewhere
     * @param limit how many bytes it may have
     * @param loaders is told the class loaders of its classes
     */
    public Encoded(Callable<T> task, int limit, Loaders loaders) {
        byte[] encoded = {};
        Throwable failed = null;
        try {
            encoded = Codec.encodeTask(task, limit, loaders);
        } catch (Throwable thrown) {
            failed = thrown;
        }
        this.bytes = encoded;
        this.failure = failed;
    }

    /** {@return the serialized form; empty if there is none} */
    public byte[] bytes() {
        return bytes;
    }

    /** {@return why there is no serialized form; null if there is one} */
    public @Nullable Throwable failure() {
        return failure;
    }

    /** Is run elsewhere. */
    @Override
    public T call() {
        throw new UnsupportedOperationException("a task that has been encoded is run elsewhere");
    }
}
