// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * Where the library for progress bars writes to. It is silent for the first half second; on a terminal, a text takes the
 * place of the one before, and elsewhere each is a line.
 */
final class ProgressOutput implements ProgressBarConsumer {
    private static final long DELAY = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int WIDTH = 79;
    private static final String ERASE_LINE = "\r\033[K";

    private final boolean terminal;
    private static final System.Logger LOG = System.getLogger("concurrent.futures");

    private final Consumer<String> output;
    private final long begin = System.nanoTime();
    private volatile boolean ending;

    // By the library's thread, and in the end by the one that closes.
    private boolean shown;
    private String last = "";

    ProgressOutput(boolean terminal, Consumer<String> output) {
        this.terminal = terminal;
        this.output = output;
    }

    /** Whether there is a terminal where a bar can be drawn. From Java 22 on, a console need not be one. */
    @SuppressWarnings("SystemConsoleNull") // which is why it is asked below
    static boolean isTerminal() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM")) || System.getenv("CI") != null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true; // Java 21, where it is
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    @Override
    public int getMaxRenderedLength() {
        return WIDTH;
    }

    @Override
    public void accept(String text) {
        if (System.nanoTime() - begin < DELAY) {
            return;
        }
        if (terminal) {
            write(ERASE_LINE + text.strip());
        } else if (ending) {
            last = text.strip(); // there may be several, of which the last counts
        } else {
            write(text.strip() + System.lineSeparator());
        }
        shown = true;
    }

    /** Writes, or tells that it cannot: the library would never write again. */
    private void write(String text) {
        try {
            output.accept(text);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a progress cannot be shown", e);
        }
    }

    /** What comes from now on is the end. */
    void ending() {
        ending = true;
    }

    @Override
    public void clear() {
        if (terminal && shown) {
            write(ERASE_LINE);
        }
    }

    @Override
    public void close() {
        clear();
        if (!last.isEmpty()) {
            write(last + System.lineSeparator());
            last = "";
        }
    }
}
