// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.soak;

import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** Keeps what the library logs about errors of its own. All else that is logged goes wrong on purpose here. */
final class ErrorsOfTheLibrary extends Handler {
    /** The first one; null if there is none. Written by the log. */
    private static final AtomicReference<@Nullable LogRecord> FIRST = new AtomicReference<>();

    static void ensureNone() {
        LogRecord first = FIRST.get();
        if (first != null) {
            throw new AssertionError("soak: the library has logged: " + first.getMessage(), first.getThrown());
        }
    }

    @Override
    public void publish(LogRecord record) {
        String message = record.getMessage();
        if (message.startsWith("an error in the library") || message.startsWith("exception in worker")) {
            FIRST.compareAndSet(null, record);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
