// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a work item can be made of. A callable and most runnables are taken as they are; these are the
 * adapters for the others.
 */
final class Bodies {
    private Bodies() {}

    /** A runnable that is run as one even if it is a callable as well. */
    static Object ofRunnable(Runnable runnable) {
        return runnable instanceof Callable ? new Returning<>(runnable, null) : runnable;
    }

    static <T extends @Nullable Object> Object returning(Runnable runnable, T result) {
        return new Returning<>(runnable, result);
    }

    /** What was submitted, as a callable. */
    @SuppressWarnings("unchecked") // A callable only gives out results.
    static Callable<@Nullable Object> callable(Object body) {
        return body instanceof Callable<?> callable
                ? (Callable<@Nullable Object>) callable
                : new Returning<@Nullable Object>((Runnable) body, null);
    }

    /** A runnable without a future: what it throws goes to the handler of the thread. */
    static Object unheard(Runnable runnable) {
        return new Unheard(runnable);
    }

    private record Returning<T extends @Nullable Object>(Runnable runnable, T result) implements Task<T> {
        @Override
        public T call() throws Exception {
            WorkItem.perform(runnable);
            return result;
        }
    }

    private record Unheard(Runnable runnable) implements Runnable, Serializable {
        @Override
        public void run() {
            try {
                WorkItem.perform(runnable);
            } catch (Throwable thrown) {
                handle(thrown);
            }
        }

        private static void handle(Throwable thrown) {
            Thread thread = Thread.currentThread();
            try {
                thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
            } catch (Throwable again) {
                Log.error("the uncaught-exception handler of " + thread.getName() + " failed", again);
            }
        }
    }
}
