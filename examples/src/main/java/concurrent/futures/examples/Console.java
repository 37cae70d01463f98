// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The two outputs of a program: results, of which only whole lines ever leave, and beside them problems and the status
 * line of a progress bar. Each character of a line stands for a byte.
 */
final class Console implements AutoCloseable {
    private static final int BUFFER_SIZE = 64 * 1024;
    private static final String ERASE_LINE = "\r\033[K";

    private final ReentrantLock lock = new ReentrantLock();
    private final OutputStream out;
    private final OutputStream err;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFER_SIZE); // guarded by lock
    private boolean statusShown; // guarded by lock
    private boolean closed; // guarded by lock

    Console(OutputStream out, OutputStream err, boolean outIsTerminal, boolean errIsTerminal) {
        this.out = out;
        this.err = err;
        this.outIsTerminal = outIsTerminal;
        this.errIsTerminal = errIsTerminal;
    }

    /** The outputs of this process. Java cannot tell which of them is a terminal, so the launcher says it. */
    static Console ofProcess() {
        return new Console(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Boolean.getBoolean("futures.stdout.terminal"),
                Boolean.getBoolean("futures.stderr.terminal"));
    }

    /** Where help goes. */
    PrintWriter outWriter() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    /** Where complaints about the command line go. */
    PrintWriter errWriter() {
        return new PrintWriter(err, true, StandardCharsets.UTF_8);
    }

    boolean showsStatus() {
        return errIsTerminal;
    }

    /** Prints a line of results: at once on a terminal, else when enough of them have gathered. */
    void print(String line) {
        lock.lock();
        try {
            if (!closed) {
                buffer.writeBytes(bytes(line + "\n"));
                if (outIsTerminal || buffer.size() >= BUFFER_SIZE) {
                    flush();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void flush() {
        lock.lock();
        try {
            if (outIsTerminal) {
                eraseStatus();
            }
            buffer.writeTo(out);
        } catch (IOException e) {
            closed = true;
            throw new UncheckedIOException(e.getMessage(), e);
        } finally {
            buffer.reset();
            lock.unlock();
        }
    }

    /** Tells a problem, at once. */
    void problem(String line) {
        lock.lock();
        try {
            eraseStatus();
            writeError(line + "\n");
        } finally {
            lock.unlock();
        }
    }

    /** Shows a line that the next one replaces; an empty one goes away. */
    void status(String text) {
        lock.lock();
        try {
            if (!closed) {
                eraseStatus();
                writeError(text);
                statusShown = !text.isEmpty();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends all output with a whole line. Ctrl-C must not wait for ever for a reader that has gone to sleep. */
    @Override
    public void close() {
        boolean locked = false;
        try {
            locked = lock.tryLock(500, TimeUnit.MILLISECONDS);
            if (locked && !closed) {
                eraseStatus();
                flush();
                closed = true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException e) {
            closed = true; // whoever would read it has gone
        } finally {
            if (locked) {
                lock.unlock();
            }
        }
    }

    /** Ends the output, and the process with it. */
    void abandon(int status) {
        close();
        Runtime.getRuntime().halt(status);
    }

    private void eraseStatus() {
        if (statusShown) {
            writeError(ERASE_LINE);
            statusShown = false;
        }
    }

    private void writeError(String text) {
        try {
            err.write(bytes(text));
        } catch (IOException e) {
            // There is no place left where this could be told.
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
