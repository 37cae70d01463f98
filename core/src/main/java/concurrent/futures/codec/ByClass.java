// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of classes. Neither keeps a class from being unloaded, nor, held by a class that lives longer, this
 * library: the JDK remembers its own descriptors in the same way.
 *
 * @param <T> the type of what is remembered
 */
final class ByClass<T> {
    private final ClassValue<AtomicReference<@Nullable Reference<T>>> references = new ClassValue<>() {
        @Override
        protected AtomicReference<@Nullable Reference<T>> computeValue(Class<?> type) {
            return new AtomicReference<>();
        }
    };

    @Nullable
    T get(Class<?> type) {
        Reference<T> reference = references.get(type).get();
        return reference == null ? null : reference.get();
    }

    T put(Class<?> type, T value) {
        references.get(type).set(new SoftReference<>(value));
        return value;
    }
}
