// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/** Bytes that are being written, up to a limit. Used by one thread. */
final class Buffer extends OutputStream {
    /** Enough for a task or result of the common kind. */
    private static final int ENOUGH = 512;

    private final int limit;

    /** Never longer than the limit, so that whatever fits in is within it. */
    private byte[] bytes;

    private int count;

    Buffer(int limit) {
        this.limit = limit;
        this.bytes = new byte[Math.min(ENOUGH, limit)];
    }

    /** Thrown when the limit is exceeded. */
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLarge() {
            super(null, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
        }
    }

    int size() {
        return count;
    }

    /** Forgets what was written after there were that many bytes. */
    void truncate(int size) {
        count = size;
    }

    /** What was written; not to be written to any more. */
    byte[] toBytes() {
        return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    }

    /** What was written, followed by what was written to another one. */
    byte[] toBytes(Buffer more) {
        if (more.count > limit - count) {
            throw new TooLarge();
        }
        byte[] all = Arrays.copyOf(bytes, count + more.count);
        System.arraycopy(more.bytes, 0, all, count, more.count);
        return all;
    }

    /** Makes room for so many bytes, and says where they go. */
    private int extended(long more) {
        int start = count;
        if (more > bytes.length - start) {
            grow(more);
        }
        count = start + (int) more;
        return start;
    }

    private void grow(long more) {
        if (more > limit - count) {
            throw new TooLarge();
        }
        // Exactly what is needed if that is much: often nothing follows, and toBytes has nothing to copy.
        bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(2L * bytes.length, count + more)));
    }

    /* ---------------- Bytes and numbers ---------------- */

    @Override
    public void write(int b) {
        int at = extended(Byte.BYTES);
        bytes[at] = (byte) b;
    }

    @Override
    public void write(byte[] source, int from, int length) {
        Objects.checkFromIndexSize(from, length, source.length);
        int at = extended(length);
        System.arraycopy(source, from, bytes, at, length);
    }

    void putShort(int value) {
        int at = extended(Short.BYTES);
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }

    void putInt(int value) {
        int at = extended(Integer.BYTES);
        setInt(at, value);
    }

    void putLong(long value) {
        int at = extended(Long.BYTES);
        setInt(at, (int) (value >>> Integer.SIZE));
        setInt(at + Integer.BYTES, (int) value);
    }

    /** Writes over four bytes. */
    void setInt(int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    /** Writes a tag and a number in one go. */
    void putInt(byte tag, int value) {
        int at = extended(Byte.BYTES + Integer.BYTES);
        bytes[at] = tag;
        setInt(at + 1, value);
    }

    /** Writes a tag and a number in one go. */
    void putLong(byte tag, long value) {
        int at = extended(Byte.BYTES + Long.BYTES);
        bytes[at] = tag;
        setInt(at + 1, (int) (value >>> Integer.SIZE));
        setInt(at + 1 + Integer.BYTES, (int) value);
    }

    /* ---------------- Arrays ---------------- */

    /** Room for an array, in the byte order of this machine, which is that of the other end as well. */
    private ByteBuffer room(int length, int width) {
        long size = (long) length * width;
        int at = extended(size);
        return ByteBuffer.wrap(bytes, at, (int) size).order(ByteOrder.nativeOrder());
    }

    void putBooleans(boolean[] array) {
        int at = extended(array.length);
        for (boolean value : array) {
            bytes[at++] = (byte) (value ? 1 : 0);
        }
    }

    void putShorts(short[] array) {
        room(array.length, Short.BYTES).asShortBuffer().put(array);
    }

    void putChars(char[] array) {
        room(array.length, Character.BYTES).asCharBuffer().put(array);
    }

    void putInts(int[] array) {
        room(array.length, Integer.BYTES).asIntBuffer().put(array);
    }

    void putLongs(long[] array) {
        room(array.length, Long.BYTES).asLongBuffer().put(array);
    }

    void putFloats(float[] array) {
        room(array.length, Float.BYTES).asFloatBuffer().put(array);
    }

    void putDoubles(double[] array) {
        room(array.length, Double.BYTES).asDoubleBuffer().put(array);
    }
}
