// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Ends what objects have left running when nobody can reach them any more. */
final class Reclaim {
    /** Null before it is needed, and as long as there is no thread to be had for it. */
    private static final AtomicReference<@Nullable Cleaner> CLEANER = new AtomicReference<>();

    private Reclaim() {}

    /** Has {@code action} run when nobody can reach {@code object} any more, or when it is cleaned. */
    static Cleaner.Cleanable register(Object object, Runnable action) {
        Cleaner cleaner = CLEANER.get();
        if (cleaner == null) {
            // One that is made in vain ends when it is collected.
            CLEANER.compareAndSet(null, Cleaner.create());
            cleaner = requireNonNull(CLEANER.get());
        }
        return cleaner.register(object, action);
    }
}
