// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** What tests of reachability need. */
final class Garbage {
    private Garbage() {}

    /** Has an object used that nobody but the user can reach afterwards. */
    static WeakReference<Object> reference(Consumer<Object> user) {
        Object object = new Object();
        user.accept(object);
        return new WeakReference<>(object);
    }

    /** Collects garbage until the object is gone, or fails. */
    static void awaitCollected(Reference<?> reference) {
        awaitCollected(reference, "the referent");
    }

    /** Collects garbage until the object is gone, or fails and says which one it is. */
    static void awaitCollected(Reference<?> reference, String which) {
        Awaitility.await(which + " to be collected")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    System.gc();
                    return reference.refersTo(null);
                });
    }
}
