// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;

/**
 * What a task can change of the thread that runs it, and the next one, perhaps of somebody else, must not find changed.
 *
 * @param name the name of the thread
 * @param priority its priority
 * @param loader the loader of its context
 * @param handler who hears of what it does not catch; its group if it has none of its own
 */
public record Appearance(
        String name,
        int priority,
        @Nullable ClassLoader loader,
        @Nullable UncaughtExceptionHandler handler) {

    /**
     * {@return what a thread is like}
     *
     * @param thread the thread
     */
    public static Appearance of(Thread thread) {
        return new Appearance(
                thread.getName(),
                thread.getPriority(),
                thread.getContextClassLoader(),
                thread.getUncaughtExceptionHandler());
    }

    /**
     * Makes a thread like that.
     *
     * @param thread the thread
     */
    public void giveTo(Thread thread) {
        // Only where they differ, as the first two ask the system.
        if (!thread.getName().equals(name)) {
            thread.setName(name);
        }
        if (thread.getPriority() != priority) {
            thread.setPriority(priority);
        }
        if (thread.getUncaughtExceptionHandler() != handler) {
            thread.setUncaughtExceptionHandler(handler);
        }
        thread.setContextClassLoader(loader);
    }
}
