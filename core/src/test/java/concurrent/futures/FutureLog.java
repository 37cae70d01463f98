// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Catches what the library logs, for as long as it is open. */
final class FutureLog extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("concurrent.futures");
    private final boolean passedOn = logger.getUseParentHandlers();
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    FutureLog() {
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    List<LogRecord> records() {
        return records;
    }

    List<String> messages() {
        return records.stream().map(LogRecord::getMessage).toList();
    }

    List<Throwable> thrown() {
        return records.stream().map(LogRecord::getThrown).toList();
    }

    @Override
    public void publish(LogRecord record) {
        // What other tests have left behind is told when it is collected.
        if (!record.getMessage().startsWith("nobody has looked at")) {
            records.add(record);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(passedOn);
    }
}
