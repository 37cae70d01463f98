// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import org.jspecify.annotations.Nullable;

/**
 * What tasks that are submitted inside of a task inherit from it.
 *
 * @param item the task
 * @param frame where the thread runs it; on top of that it may run others, which have nothing to do with it
 */
record Inheritance(OptionedItem<?> item, @Nullable ThreadFrame frame) {
    /** The innermost task of the thread that has something to inherit; null if there is none. */
    private static final ThreadLocal<@Nullable Inheritance> CURRENT = new ThreadLocal<>();

    /** Whether there has ever been something to inherit. Before, nobody has to look. */
    private static volatile boolean exists;

    /** The task from which one that the current thread submits inherits; null if there is none. */
    static @Nullable OptionedItem<?> current() {
        if (!exists) {
            return null;
        }
        Inheritance current = CURRENT.get();
        return current != null && current.frame == Runner.currentFrame() ? current.item : null;
    }

    /** Begins to run a task in the innermost frame of the thread; what was there before is to be {@link #restored}. */
    static @Nullable Inheritance begin(OptionedItem<?> item) {
        exists = true;
        Inheritance outer = CURRENT.get();
        CURRENT.set(new Inheritance(item, Runner.currentFrame()));
        return outer;
    }

    /**
     * The current thread is about to run what listens to a future, which has nothing to do with the task that completes
     * it; what was there before is to be {@link #restored}.
     */
    static @Nullable Inheritance suspend() {
        Inheritance outer = exists ? CURRENT.get() : null;
        if (outer != null) {
            CURRENT.remove();
        }
        return outer;
    }

    static void resume(@Nullable Inheritance suspended) {
        if (suspended != null) {
            CURRENT.set(suspended);
        }
    }

    static void restored(@Nullable Inheritance outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
