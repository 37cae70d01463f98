// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * What a worker has begun, in memory that it shares with the pool and that outlives it.
 *
 * <p>The worker writes the number of each task before it begins it. But for its first tasks that costs no system call, and
 * the kernel keeps it however the worker dies. So the pool knows whether a task that it has sent to a worker that is dead
 * was begun, and must not be run once more, or was not, and may be. And it can revoke, without asking the worker, what it
 * has sent and the worker has not begun.
 */
final class StartMark {
    /*
     * Overview
     * --------
     * The word has the number of the task that was begun last, and how often the pool has revoked what followed. The
     * worker exchanges it only as long as it knows of all revocations, which it learns from a frame behind the tasks
     * that each of them is about. So one of the two comes first: either the pool reads that a task has begun, or the
     * worker does not begin it.
     *
     *   | revocations, 16 bits | number of the task, 48 bits |
     */
    /** So many tasks a worker begins before it maps the file; only those after them can be revoked. */
    static final int IRREVOCABLE = 64;

    /** The parts of the word. A class of its own, because the handle takes a while to be made. */
    private static final class Word {
        static final VarHandle HANDLE = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

        static final int NUMBER_BITS = 48;
        static final long REVOCATION = 1L << NUMBER_BITS;
        static final long NUMBER = REVOCATION - 1;
    }

    /** The pool's view of the file. A channel would be closed by the first thread that uses it while interrupted. */
    private final MappedByteBuffer word;

    private StartMark(MappedByteBuffer word) {
        this.word = word;
    }

    /* ---------------- The pool's side ---------------- */

    /** Makes the file. */
    static StartMark create(MarkFile file) throws IOException {
        try (FileChannel made = file.make()) {
            made.write(ByteBuffer.allocate(Long.BYTES), 0);
            return new StartMark(made.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES));
        }
    }

    /** The number of the task that the worker has begun last. To be asked when it is dead. */
    long last() {
        return (long) Word.HANDLE.getVolatile(word, 0) & Word.NUMBER;
    }

    /** Has the worker begin none of the tasks that it has at hand, and returns the number of the one it has begun last. */
    long revoke() {
        return (long) Word.HANDLE.getAndAdd(word, 0, Word.REVOCATION) & Word.NUMBER;
    }

    /* ---------------- The worker's side ---------------- */

    /**
     * What a worker writes to. To map a file is the most expensive thing that a JVM does at its start, and costs memory for
     * good, so the first tasks do without that, pay with a system call each, and cannot be revoked.
     */
    static final class Pen {
        /** Not a channel, which would be closed by an interrupt, such as one by a thread that a task has left behind. */
        private final RandomAccessFile file;

        private final ByteBuffer first = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());

        private int begun;

        /** Null before the file has been mapped. */
        private @Nullable MappedByteBuffer word;

        /** How many revocations the worker knows of, at their place in the word. */
        private long known;

        private Pen(RandomAccessFile file) {
            this.file = file;
        }

        /** Opens the file that the pool has made. */
        static Pen open(MarkFile file) throws IOException {
            return new Pen(new RandomAccessFile(file.toString(), "rw"));
        }

        /** Notes that a task begins; false if it has been revoked. Called by the thread that runs tasks, as the other. */
        boolean begin(long number) throws IOException {
            MappedByteBuffer shared = word;
            if (shared != null) {
                long seen = (long) Word.HANDLE.getVolatile(shared, 0);
                return (seen & ~Word.NUMBER) == known && Word.HANDLE.compareAndSet(shared, 0, seen, known | number);
            }
            file.seek(0);
            file.write(first.putLong(0, number).array());
            if (++begun == IRREVOCABLE) {
                word = mapped();
            }
            return true;
        }

        /** Maps the file, on a thread that nobody knows and interrupts. */
        private MappedByteBuffer mapped() throws IOException {
            FutureTask<MappedByteBuffer> mapping =
                    new FutureTask<>(() -> file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES));
            Thread thread = new Thread(null, mapping, "map", 0, /* inheritInheritableThreadLocals= */ false);
            thread.setDaemon(true);
            thread.start();
            while (true) {
                try {
                    return mapping.get();
                } catch (InterruptedException e) {
                    // It is meant for a task that has ended.
                } catch (ExecutionException e) {
                    throw new IOException("the mark cannot be mapped", e.getCause());
                }
            }
        }

        /** The worker has come to the end of what has been revoked once. */
        void passRevocation() {
            known += Word.REVOCATION;
        }
    }
}
