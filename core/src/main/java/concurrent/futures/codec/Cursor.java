// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A place in bytes that are being read, as they were written to a {@link Buffer}. Lengths are compared with what is left
 * before there is room made for anything. Used by one thread.
 */
final class Cursor {
    private final byte[] bytes;
    private int at;

    Cursor(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The exception for bytes that nobody has written so. */
    static StreamCorruptedException corrupted(String how) {
        return new StreamCorruptedException("not what was written: " + how);
    }

    byte[] bytes() {
        return bytes;
    }

    int at() {
        return at;
    }

    int left() {
        return bytes.length - at;
    }

    /** Goes on to a place behind this one. */
    void moveTo(int place) throws StreamCorruptedException {
        if (place < at || place > bytes.length) {
            throw corrupted("out of order");
        }
        at = place;
    }

    /* ---------------- Bytes and numbers ---------------- */

    /** Takes that many bytes, and says where they begin. */
    private int taken(int size) throws StreamCorruptedException {
        int start = at;
        if (size > bytes.length - start) {
            throw corrupted("it ends too early");
        }
        at = start + size;
        return start;
    }

    byte getByte() throws StreamCorruptedException {
        return bytes[taken(Byte.BYTES)];
    }

    short getShort() throws StreamCorruptedException {
        int start = taken(Short.BYTES);
        return (short) ((bytes[start] << 8) | (bytes[start + 1] & 0xff));
    }

    int getInt() throws StreamCorruptedException {
        int start = taken(Integer.BYTES);
        return (bytes[start] << 24)
                | ((bytes[start + 1] & 0xff) << 16)
                | ((bytes[start + 2] & 0xff) << 8)
                | (bytes[start + 3] & 0xff);
    }

    long getLong() throws StreamCorruptedException {
        long high = getInt();
        return (high << Integer.SIZE) | (getInt() & 0xffff_ffffL);
    }

    /** A number that is not negative and less than another one. */
    int getNumber(int end) throws StreamCorruptedException {
        int number = getInt();
        if (number < 0 || number >= end) {
            throw corrupted("nothing has the number " + number);
        }
        return number;
    }

    /** The length of what follows, if that much follows. */
    int getLength(int width) throws StreamCorruptedException {
        int length = getInt();
        if (length < 0 || (long) length * width > left()) {
            throw corrupted("it is too short for a length of " + length);
        }
        return length;
    }

    /** A string, behind its tag. */
    String getString(byte tag) throws StreamCorruptedException {
        if (tag == Tag.STRING) {
            return new String(getChars(getLength(Character.BYTES)));
        }
        if (tag != Tag.LATIN_STRING) {
            throw corrupted("no string");
        }
        int length = getLength(Byte.BYTES);
        return new String(bytes, taken(length), length, StandardCharsets.ISO_8859_1);
    }

    /* ---------------- Arrays, of lengths that have been compared ---------------- */

    private ByteBuffer room(int size) throws StreamCorruptedException {
        return ByteBuffer.wrap(bytes, taken(size), size).order(ByteOrder.nativeOrder());
    }

    byte[] getBytes(int length) throws StreamCorruptedException {
        int start = taken(length);
        return Arrays.copyOfRange(bytes, start, at);
    }

    boolean[] getBooleans(int length) throws StreamCorruptedException {
        int start = taken(length);
        boolean[] array = new boolean[length];
        for (int i = 0; i < length; i++) {
            array[i] = bytes[start + i] != 0;
        }
        return array;
    }

    short[] getShorts(int length) throws StreamCorruptedException {
        short[] array = new short[length];
        room(length * Short.BYTES).asShortBuffer().get(array);
        return array;
    }

    char[] getChars(int length) throws StreamCorruptedException {
        char[] array = new char[length];
        room(length * Character.BYTES).asCharBuffer().get(array);
        return array;
    }

    int[] getInts(int length) throws StreamCorruptedException {
        int[] array = new int[length];
        room(length * Integer.BYTES).asIntBuffer().get(array);
        return array;
    }

    long[] getLongs(int length) throws StreamCorruptedException {
        long[] array = new long[length];
        room(length * Long.BYTES).asLongBuffer().get(array);
        return array;
    }

    float[] getFloats(int length) throws StreamCorruptedException {
        float[] array = new float[length];
        room(length * Float.BYTES).asFloatBuffer().get(array);
        return array;
    }

    double[] getDoubles(int length) throws StreamCorruptedException {
        double[] array = new double[length];
        room(length * Double.BYTES).asDoubleBuffer().get(array);
        return array;
    }
}
