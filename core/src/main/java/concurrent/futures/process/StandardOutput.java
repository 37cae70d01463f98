// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The standard output of a worker: goes to its standard error in parts, each with a prefix before it, so that the pool can
 * tell the two apart.
 */
final class StandardOutput extends OutputStream {
    /*
     * Overview
     * --------
     * The pipe that others have for this is the one of the connection. A part is so short that the system writes it at
     * once (PIPE_BUF, of which POSIX grants 512 bytes), so that nothing else gets into it, whoever writes to standard
     * error as well.
     *
     *   | prefix | length, a byte | so many bytes |
     */
    /** Not found in texts of UTF-8, which has no such bytes as its ends. Its first byte is found nowhere else in it. */
    static final byte[] PREFIX = {(byte) 0xff, 'o', 'u', 't', (byte) 0xfe};

    private static final int HEADER = PREFIX.length + 1;
    private static final int LONGEST_PART = 255;

    /** As much as the JDK collects of what does not end a line. */
    private static final int BUFFER = 128;

    private final OutputStream to;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private final byte[] part = new byte[HEADER + LONGEST_PART];

    StandardOutput(OutputStream to) {
        this.to = to;
        System.arraycopy(PREFIX, 0, part, 0, PREFIX.length);
    }

    /** Has all that this process prints to {@link System#out} go to its standard error from now on. */
    static void replace(OutputStream standardError) {
        OutputStream parts = new StandardOutput(standardError);
        System.setOut(
                new PrintStream(new BufferedOutputStream(parts, BUFFER), /* autoFlush= */ true, System.out.charset()));
    }

    @Override
    public void write(int next) throws IOException {
        write(new byte[] {(byte) next}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int end = from + length;
        for (int next = from; next < end; next += LONGEST_PART) {
            writePart(bytes, next, Math.min(LONGEST_PART, end - next));
        }
    }

    private void writePart(byte[] bytes, int from, int length) throws IOException {
        lock.lock();
        try {
            part[PREFIX.length] = (byte) length;
            System.arraycopy(bytes, from, part, HEADER, length);
            to.write(part, 0, HEADER + length);
        } finally {
            lock.unlock();
        }
    }
}
