// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;

/**
 * What a task may change of its thread, and the next one, perhaps of another driver, must not find changed.
 *
 * @param thread the thread
 * @param name its name
 * @param priority its priority
 * @param classes the loader of its context
 * @param handler who hears of what it does not catch; the handler of its group if it has none of its own
 */
record Manners(
        Thread thread,
        String name,
        int priority,
        @Nullable ClassLoader classes,
        @Nullable UncaughtExceptionHandler handler) {

    static Manners ofThisThread() {
        Thread thread = Thread.currentThread();
        return new Manners(
                thread,
                thread.getName(),
                thread.getPriority(),
                thread.getContextClassLoader(),
                thread.getUncaughtExceptionHandler());
    }

    /** Makes the thread, which is the current one, what it was. */
    void restore() {
        if (!thread.getName().equals(name)) {
            thread.setName(name);
        }
        if (thread.getPriority() != priority) {
            thread.setPriority(priority);
        }
        if (thread.getUncaughtExceptionHandler() != handler) {
            thread.setUncaughtExceptionHandler(handler);
        }
        thread.setContextClassLoader(classes);
    }
}
