// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.conformance;

import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Hands what the library logs to Python's logger of the same name. */
public final class PythonLog extends Handler {
    /** The logger is held here, because otherwise it could be collected together with this handler. */
    private static final Logger LOGGER = Logger.getLogger("concurrent.futures");

    private final Consumer<LogRecord> sink;

    private PythonLog(Consumer<LogRecord> sink) {
        this.sink = sink;
    }

    public static void install(Consumer<LogRecord> sink) {
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(new PythonLog(sink));
    }

    @Override
    public void publish(LogRecord entry) {
        sink.accept(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
