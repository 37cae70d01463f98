// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One end of the connection between a pool and a worker: frames of a length, a kind, an id and a payload.
 *
 * <p>The channel never blocks, and selectors wait for it. A channel that blocks is closed when the thread in it is
 * interrupted, and tasks are sent by threads of users, which may be interrupted at any time.
 */
final class Connection implements Closeable {
    private static final int HEADER = Integer.BYTES + Byte.BYTES + Long.BYTES;
    private static final int BUFFER = 1 << 16;

    private final SocketChannel channel;
    private final Selector readable;

    /**
     * Used with the lock held. It is there from the start, though few connections need it: when the other end is slow for
     * the first time, half a frame may have been written, and it would be too late to find that no more files can be
     * opened.
     */
    private final Selector writable;

    /** What has been read and not been asked for. Used by the thread that reads, of which there is one at a time. */
    private final ByteBuffer in;

    private final ReentrantLock writing = new ReentrantLock();

    /** Used with the lock held. */
    private final ByteBuffer out;

    /**
     * Whether a frame may have been sent in part, so that the other end would take another one for the rest of it. Used
     * with the lock held.
     */
    private boolean torn;

    /** The greatest payload that is read or written. Set by whoever knows it, before others use this. */
    private int limit;

    /** Creates one on a channel, which is closed if that fails. */
    Connection(SocketChannel channel, int limit) throws IOException {
        this.channel = channel;
        this.limit = limit;
        Selector opened = null;
        try {
            in = ByteBuffer.allocateDirect(BUFFER).limit(0);
            out = ByteBuffer.allocateDirect(BUFFER);
            channel.configureBlocking(false);
            opened = selector(SelectionKey.OP_READ);
            writable = selector(SelectionKey.OP_WRITE);
            readable = opened;
        } catch (Throwable thrown) {
            channel.close();
            if (opened != null) {
                opened.close();
            }
            throw thrown;
        }
    }

    /** A new selector that waits until the channel is ready for something. */
    private Selector selector(int operation) throws IOException {
        Selector selector = Selector.open();
        try {
            channel.register(selector, operation);
        } catch (Throwable thrown) {
            selector.close();
            throw thrown;
        }
        return selector;
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
        boolean interrupted = false;
        writing.lock();
        try {
            if (torn) {
                throw new IOException("what was sent before has been torn off");
            }
            torn = true;
            out.clear();
            for (Frame frame : frames) {
                interrupted |= append(frame);
            }
            interrupted |= drain();
            torn = false;
        } finally {
            writing.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Adds a frame to what is in the buffer, and writes that when it is full; says whether the thread was interrupted. */
    private boolean append(Frame frame) throws IOException {
        byte[] payload = frame.bytes();
        boolean interrupted = out.remaining() < HEADER && drain();
        out.putInt(payload.length).put(frame.kind().number()).putLong(frame.id());
        int sent = 0;
        while (sent < payload.length) {
            if (!out.hasRemaining()) {
                interrupted |= drain();
            }
            int length = Math.min(out.remaining(), payload.length - sent);
            out.put(payload, sent, length);
            sent += length;
        }
        return interrupted;
    }

    /** Writes what is in the buffer and empties it; says whether the thread was interrupted while it waited. */
    private boolean drain() throws IOException {
        boolean interrupted = false;
        out.flip();
        while (out.hasRemaining()) {
            int written = channel.write(out);
            Mishap.perhaps();
            if (written == 0) {
                writable.select();
                writable.selectedKeys().clear();
                // A selector does not wait on a thread that is interrupted.
                interrupted |= Thread.interrupted();
            }
        }
        out.clear();
        return interrupted;
    }

    /* ---------------- Reading ---------------- */

    /** The next frame; null when the other end is gone. Interrupts are ignored and lost. */
    @Nullable
    Frame read() throws IOException {
        if (!fill(HEADER)) {
            return null;
        }
        int length = in.getInt();
        Frame.Kind kind = Frame.Kind.of(in.get());
        long id = in.getLong();
        if (length < 0 || length > limit) {
            throw new StreamCorruptedException(
                    "a frame of " + length + " bytes, but at most " + limit + " are allowed");
        }
        byte[] payload = allocated(length);
        int read = 0;
        while (read < length) {
            if (!fill(1)) {
                throw new EOFException("the other end is gone in the middle of a frame");
            }
            int part = Math.min(in.remaining(), length - read);
            if (payload == null) {
                in.position(in.position() + part);
            } else {
                in.get(payload, read, part);
            }
            read += part;
        }
        return new Frame(kind, id, payload);
    }

    /** Whether the next frame is here already. */
    boolean hasNext() {
        int more = in.remaining() - HEADER;
        return more >= 0 && more >= in.getInt(in.position());
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

    /** Sees to it that there are that many bytes in the buffer; false if there are none and none will come. */
    private boolean fill(int least) throws IOException {
        if (in.remaining() >= least) {
            return true;
        }
        in.compact();
        try {
            while (in.position() < least) {
                int read = channel.read(in);
                if (read < 0) {
                    return ended(in.position());
                }
                if (read == 0) {
                    readable.select();
                    readable.selectedKeys().clear();
                    Thread.interrupted();
                }
            }
        } finally {
            in.flip();
        }
        return true;
    }

    private static boolean ended(int left) throws EOFException {
        if (left > 0) {
            throw new EOFException("the other end is gone in the middle of a frame");
        }
        return false;
    }

    /** Closes this end, which the other one sees at once; whoever reads is woken and fails. */
    @Override
    public void close() throws IOException {
        channel.close();
        readable.close();
        writable.close();
    }
}
