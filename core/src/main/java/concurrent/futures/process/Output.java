// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** Passes on, line by line, what a worker prints, with the worker's name before each line; remembers the end of it. */
final class Output implements Runnable {
    private static final int REMEMBERED = 8 << 10;
    private static final int BUFFER = 4 << 10;

    /** A line that is longer is passed on in parts. */
    private static final int LONGEST_LINE = 64 << 10;

    /** No character has more bytes, in any charset. */
    private static final int LONGEST_CHARACTER = 8;

    private final String prefix;
    private final InputStream from;
    private final boolean error;
    private final Charset charset;
    private final Thread thread;

    /** The line that has not ended yet. Used by the thread alone. */
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private final ReentrantLock lock = new ReentrantLock();

    /** The end of what was printed; guarded by the lock. */
    private final StringBuilder tail = new StringBuilder();

    private Output(String worker, InputStream from, boolean error, Charset charset) {
        this.prefix = "[" + worker + "] ";
        this.from = from;
        this.error = error;
        this.charset = charset;
        this.thread = new Thread(null, this, worker + (error ? "-stderr" : "-stdout"), 0, false);
        thread.setDaemon(true);
    }

    /** Passes on the standard error, or the standard output, of a process. */
    static Output of(Process process, String worker, boolean error) {
        // A process in whose place there is no console writes in the charset of the platform.
        Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        InputStream from = error ? process.getErrorStream() : process.getInputStream();
        Output output = new Output(worker, from, error, charset);
        output.thread.start();
        return output;
    }

    /** The end of what was printed. */
    String tail() {
        lock.lock();
        try {
            return tail.toString().strip();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for what is still on the way, but not for long: processes that the worker has started may hold the pipe. */
    void awaitEnd(Duration most) {
        try {
            thread.join(most);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        byte[] buffer = new byte[BUFFER];
        try (from) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    add(buffer[i]);
                }
            }
        } catch (IOException e) {
            // The process is gone, and so is what it had to say.
        }
        if (line.size() > 0) {
            passOn();
        }
    }

    private void add(byte next) {
        if (next == '\n') {
            passOn();
        } else {
            if (line.size() >= LONGEST_LINE && mayCutBefore(next)) {
                passOn();
            }
            line.write(next);
        }
    }

    /** Whether a line that is too long may end before a byte: not within a character of UTF-8. */
    private boolean mayCutBefore(byte next) {
        boolean within = (next & 0xc0) == 0x80;
        return !within || line.size() >= LONGEST_LINE + LONGEST_CHARACTER;
    }

    private void passOn() {
        String whole = line.toString(charset);
        String text = whole.endsWith("\r") ? whole.substring(0, whole.length() - 1) : whole;
        line.reset();
        lock.lock();
        try {
            tail.append(text).append('\n');
            tail.delete(0, Math.max(0, tail.length() - REMEMBERED));
        } finally {
            lock.unlock();
        }
        PrintStream to = error ? System.err : System.out;
        to.println(prefix + text);
    }
}
