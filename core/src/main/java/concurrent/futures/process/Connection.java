// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One end of the connection between a pool and a worker: frames of a length, a kind, an id and a payload.
 *
 * <p>The streams are those of pipes, which no interrupt closes: tasks are sent by threads of users, which may be interrupted
 * at any time.
 */
final class Connection implements Closeable {
    private static final int HEADER = Integer.BYTES + Byte.BYTES + Long.BYTES;

    /**
     * As many bytes as the JDK reads or writes at once without memory of its own. With more the two ends take turns, one
     * filling the pipe and the other emptying it, in place of working at the same time.
     */
    private static final int BUFFER = 1 << 13;

    private final InputStream input;
    private final OutputStream output;

    /* What has been read and not been asked for. Used by the thread that reads, of which there is one at a time. */
    private final byte[] in = new byte[BUFFER];
    private int position;
    private int end;

    /** How often the thread that reads has begun or ended to wait for the other end. Odd while it waits. */
    private volatile long waits;

    private final ReentrantLock writing = new ReentrantLock();

    /** Used with the lock held. */
    private final byte[] out = new byte[BUFFER];

    /** How much there is in {@link #out}. Used with the lock held. */
    private int filled;

    /**
     * Whether a frame may have been sent in part, so that the other end would take another one for the rest of it. Used
     * with the lock held.
     */
    private boolean torn;

    /** The greatest payload that is read. Set by whoever knows it, before others use this. */
    private int limit;

    Connection(InputStream input, OutputStream output, int limit) {
        this.input = input;
        this.output = output;
        this.limit = limit;
    }

    void setLimit(int limit) {
        this.limit = limit;
    }

    /* ---------------- Writing ---------------- */

    /** Sends a frame. */
    void send(Frame.Kind kind, long id, byte[] payload) throws IOException {
        send(List.of(new Frame(kind, id, payload)));
    }

    /** Sends frames, all of them whole; whoever calls this may be interrupted meanwhile. */
    void send(List<Frame> frames) throws IOException {
        writing.lock();
        try {
            if (torn) {
                throw new IOException("a message before this one could not be sent whole");
            }
            torn = true;
            for (Frame frame : frames) {
                append(frame);
            }
            drain();
            output.flush();
            torn = false;
        } finally {
            writing.unlock();
        }
    }

    /** Sends a frame unless others send for longer than that. */
    void trySend(Frame frame, long nanos) throws IOException, InterruptedException {
        if (writing.tryLock(nanos, TimeUnit.NANOSECONDS)) {
            try {
                send(List.of(frame));
            } finally {
                writing.unlock();
            }
        }
    }

    /** Adds a frame to what is in the buffer, or writes both if there is no room. */
    private void append(Frame frame) throws IOException {
        byte[] payload = frame.bytes();
        if (BUFFER - filled < HEADER) {
            drain();
        }
        putInt(payload.length);
        out[filled++] = frame.kind().number();
        putInt((int) (frame.id() >>> Integer.SIZE));
        putInt((int) frame.id());
        if (payload.length > BUFFER - filled) {
            drain();
        }
        if (payload.length <= BUFFER - filled) {
            System.arraycopy(payload, 0, out, filled, payload.length);
            filled += payload.length;
        } else {
            write(payload, payload.length);
        }
    }

    private void putInt(int value) {
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out[filled++] = (byte) (value >>> shift);
        }
    }

    private void drain() throws IOException {
        write(out, filled);
        filled = 0;
    }

    private void write(byte[] bytes, int length) throws IOException {
        for (int from = 0; from < length; from += BUFFER) {
            output.write(bytes, from, Math.min(BUFFER, length - from));
            Mishap.perhaps();
        }
    }

    /* ---------------- Reading ---------------- */

    /** The next frame; null when the other end is gone. An interrupt may be lost, and has no other effect. */
    @Nullable
    Frame read() throws IOException {
        if (!fill(HEADER)) {
            return null;
        }
        int length = intAt(position);
        Frame.Kind kind = Frame.Kind.of(in[position + Integer.BYTES]);
        int after = position + Integer.BYTES + Byte.BYTES;
        long id = ((long) intAt(after) << Integer.SIZE) | Integer.toUnsignedLong(intAt(after + Integer.BYTES));
        position += HEADER;
        if (length < 0 || length > limit) {
            throw new StreamCorruptedException(
                    "a frame of " + length + " bytes, but maxMessageSize allows " + limit + " at most");
        }
        byte[] payload = allocated(length);
        if (payload == null) {
            skip(length);
        } else {
            readInto(payload);
        }
        return new Frame(kind, id, payload);
    }

    private void readInto(byte[] payload) throws IOException {
        int read = Math.min(end - position, payload.length);
        System.arraycopy(in, position, payload, 0, read);
        position += read;
        // What is large goes to where it belongs at once; what is small may have others behind it.
        while (payload.length - read >= BUFFER) {
            read += present(receive(payload, read, BUFFER));
        }
        int left = payload.length - read;
        if (left > 0) {
            ensure(left);
            System.arraycopy(in, position, payload, read, left);
            position += left;
        }
    }

    private void skip(int length) throws IOException {
        for (int left = length; left > 0; ) {
            ensure(1);
            int part = Math.min(end - position, left);
            position += part;
            left -= part;
        }
    }

    private int intAt(int index) {
        int value = 0;
        for (int i = index; i < index + Integer.BYTES; i++) {
            value = value << Byte.SIZE | Byte.toUnsignedInt(in[i]);
        }
        return value;
    }

    /** Whether the next frame is here already. */
    boolean hasNext() {
        int more = end - position - HEADER;
        return more >= 0 && more >= intAt(position);
    }

    /** Room for a payload; null if there is none, so that the frame is skipped and the next ones can be read. */
    private static byte @Nullable [] allocated(int length) {
        if (length == 0) {
            return Frame.EMPTY;
        }
        try {
            return new byte[length];
        } catch (OutOfMemoryError e) {
            return null;
        }
    }

    /** Sees to it that there are that many bytes of a frame in the buffer. */
    private void ensure(int least) throws IOException {
        if (!fill(least)) {
            throw torn();
        }
    }

    /** Sees to it that there are that many bytes in the buffer; false if there are none and none will come. */
    private boolean fill(int least) throws IOException {
        int left = end - position;
        if (left >= least) {
            return true;
        }
        System.arraycopy(in, position, in, 0, left);
        position = 0;
        end = left;
        // Whoever has interrupted this thread may have meant a listener that it has told, but not the next one.
        Thread.interrupted();
        while (end < least) {
            int read = receive(in, end, BUFFER - end);
            if (read < 0 && end == 0) {
                return false;
            }
            end += present(read);
        }
        return true;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread at a time reads.
    private int receive(byte[] into, int from, int most) throws IOException {
        waits++;
        try {
            return input.read(into, from, most);
        } finally {
            waits++;
        }
    }

    /** How often the thread that reads has begun or ended to wait for the other end. Odd while it waits. */
    long waits() {
        return waits;
    }

    /** How much has been read, of a frame that must not end there. */
    private static int present(int read) throws EOFException {
        if (read < 0) {
            throw torn();
        }
        return read;
    }

    private static EOFException torn() {
        return new EOFException("the other end is gone in the middle of a frame");
    }

    /** Closes this end. Whoever writes at the moment goes on until the other end is gone. */
    @Override
    public void close() throws IOException {
        try (input) {
            if (writing.tryLock()) {
                try {
                    output.close();
                } finally {
                    writing.unlock();
                }
            }
        }
    }
}
