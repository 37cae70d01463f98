// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.Spliterator;
import org.jspecify.annotations.Nullable;

/**
 * A source of a stream that one thread at a time takes from, also when the stream is a parallel one.
 *
 * @param <T> the type of the elements
 */
abstract class UnsplittableSource<T extends @Nullable Object> implements Spliterator<T> {
    private final int characteristics;

    UnsplittableSource(int characteristics) {
        this.characteristics = characteristics;
    }

    @Override
    public final @Nullable Spliterator<T> trySplit() {
        return null;
    }

    @Override
    public final long estimateSize() {
        return Long.MAX_VALUE;
    }

    @Override
    public final int characteristics() {
        return characteristics;
    }
}
