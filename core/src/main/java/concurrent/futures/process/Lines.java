// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.concurrent.locks.ReentrantLock;

/** Passes on, line by line, what a worker prints, with the worker's name before each line; remembers the end of errors. */
final class Lines {
    private static final int REMEMBERED = 8 << 10;

    /** A line that is longer is passed on in parts. */
    private static final int LONGEST_LINE = 64 << 10;

    /** No character has more bytes, in any charset. */
    private static final int LONGEST_CHARACTER = 8;

    private final String prefix;
    private final Charset charset;
    private final boolean error;

    /** The line that has not ended yet. Used by the thread that adds to it alone. */
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private final ReentrantLock lock = new ReentrantLock();

    /** The end of what was printed on the standard error. Guarded by the lock. */
    private final StringBuilder tail = new StringBuilder();

    /** What a worker prints on its standard output, or on its standard error. */
    Lines(String worker, Charset charset, boolean error) {
        this.prefix = "[" + worker + "] ";
        this.charset = charset;
        this.error = error;
    }

    /** The end of what was printed on the standard error. */
    String tail() {
        lock.lock();
        try {
            return tail.toString().strip();
        } finally {
            lock.unlock();
        }
    }

    void add(byte next) {
        if (next == '\n') {
            passOn();
        } else {
            if (line.size() >= LONGEST_LINE && mayCutBefore(next)) {
                passOn();
            }
            line.write(next);
        }
    }

    /** Nothing more comes. */
    void end() {
        if (line.size() > 0) {
            passOn();
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
        if (error) {
            remember(text);
        }
        PrintStream to = error ? System.err : System.out;
        to.println(prefix + text);
    }

    private void remember(String text) {
        lock.lock();
        try {
            tail.append(text).append('\n');
            tail.delete(0, Math.max(0, tail.length() - REMEMBERED));
        } finally {
            lock.unlock();
        }
    }
}
