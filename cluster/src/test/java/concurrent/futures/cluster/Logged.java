// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Catches what a logger has to say that is wrong, for as long as it is open. */
final class Logged extends Handler implements AutoCloseable {
    private final Logger logger;
    private final Level least;
    private final boolean passedOn;
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    /** Catches the warnings of the library. */
    Logged() {
        this("concurrent.futures", Level.WARNING);
    }

    Logged(String name, Level least) {
        this.logger = Logger.getLogger(name);
        this.least = least;
        this.passedOn = logger.getUseParentHandlers();
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    List<String> warnings() {
        return warnings;
    }

    @Override
    public void publish(LogRecord record) {
        // That nobody is left is told beside what has become of the last worker.
        boolean isAside = record.getMessage().startsWith("there is no worker");
        if (record.getLevel().intValue() >= least.intValue() && !isAside) {
            warnings.add(record.getMessage());
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
