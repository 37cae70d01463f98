// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * What this library has to say to nobody in particular.
 *
 * <p>Finding a logger is slow, so it waits until there is something to say. A logger that fails must not take down the
 * worker or the waiter that reports to it.
 */
final class Log {
    private Log() {}

    private static final class Holder {
        static final Logger LOGGER = System.getLogger("concurrent.futures");
    }

    static void callbackFailed(Future<?> future, Throwable thrown) {
        log(Level.ERROR, "exception calling callback for " + future, thrown);
    }

    static void failureUnseen(String future, Throwable thrown) {
        log(Level.WARNING, "nobody has looked at the exception of " + future, thrown);
    }

    static void error(String message, Throwable thrown) {
        log(Level.ERROR, message, thrown);
    }

    static void error(String message) {
        log(Level.ERROR, message, null);
    }

    static void warning(String message) {
        log(Level.WARNING, message, null);
    }

    static void warning(String message, Throwable thrown) {
        log(Level.WARNING, message, thrown);
    }

    @SuppressWarnings("EmptyCatch") // There is nobody left to tell.
    private static void log(Level level, String message, @Nullable Throwable thrown) {
        try {
            Holder.LOGGER.log(level, message, thrown);
        } catch (Throwable ignored) {
            // See above.
        }
    }
}
