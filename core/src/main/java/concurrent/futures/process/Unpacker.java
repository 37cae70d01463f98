// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.StreamCorruptedException;
import java.lang.invoke.SerializedLambda;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link Packer} has written. */
final class Unpacker {
    /*
     * Overview
     * --------
     * The bytes may be anything: those of a worker that has gone mad. Each object, and each element that an array or a
     * list is said to have, is at least one byte. So before there is room made for elements they are counted as owed,
     * and never may more be owed than there are bytes left; what is made is never much more than what was sent, however
     * deep lists are nested in lists.
     *
     * A filter of the user is asked what a stream of the JDK would ask it, as far as it can see the difference.
     */
    private static final String LISTS_OF_JDK = "java.util.CollSer";

    private final byte[] bytes;
    private final Codec.Source source;
    private final Limits limits;
    private final boolean asking;

    /** What may be met again, in the order in which it ended. */
    private final List<Object> ended = new ArrayList<>(0);

    /** The classes of records, in the order in which they were met. */
    private final List<Shape> shapes = new ArrayList<>(0);

    private int at;

    /** How many elements have been announced and not been read. */
    private int owed;

    /**
     * Creates one that reads.
     *
     * @param bytes what to read
     * @param start where to begin
     * @param source where it comes from
     * @param limits what may be in it
     */
    Unpacker(byte[] bytes, int start, Codec.Source source, Limits limits) {
        this.bytes = bytes;
        this.at = start;
        this.source = source;
        this.limits = limits;
        this.asking = limits.areAsking();
    }

    private static StreamCorruptedException corrupted(String how) {
        return new StreamCorruptedException("not what was written: " + how);
    }

    /** Reads an object, which is all that there is. */
    @Nullable
    Object readWhole() throws IOException, ClassNotFoundException {
        Object object = read(0);
        if (at != bytes.length) {
            throw corrupted("something follows");
        }
        return object;
    }

    /** Skips a stream of the JDK, and says where it ends. */
    int skipStream() throws IOException {
        readByte();
        int length = readInt();
        at += room(length, Byte.BYTES);
        return at;
    }

    /** Reads what is {@link Aside}, and has not been read before: no byte becomes two objects. */
    @Nullable
    Object readAside(int start) throws IOException, ClassNotFoundException {
        if (start < at) {
            throw corrupted("out of order");
        }
        at = start;
        return read(0);
    }

    private @Nullable Object read(int level) throws IOException, ClassNotFoundException {
        byte tag = readByte();
        return switch (tag) {
            case Tag.NULL -> null;
            case Tag.AGAIN -> readAgain(level);
            case Tag.LATIN_STRING, Tag.STRING -> {
                String string = readString(tag);
                if (string.length() > Packer.SHORT_STRING) {
                    ended.add(string);
                }
                yield string;
            }
            default -> tag < Tag.LATIN_STRING ? readScalar(tag, level) : readOnce(tag, level);
        };
    }

    private Object readAgain(int level) throws IOException {
        ask(/* type= */ null, /* length= */ -1, level);
        return ended.get(numberBelow(ended.size()));
    }

    private void ask(@Nullable Class<?> type, int length, int level) throws IOException {
        if (asking) {
            limits.ask(type, length, level, at);
        }
    }

    /* ---------------- What has no identity ---------------- */

    private Object readScalar(byte tag, int level) throws IOException {
        Object scalar = switch (tag) {
            case Tag.FALSE -> false;
            case Tag.TRUE -> true;
            case Tag.BYTE -> Byte.valueOf(readByte());
            case Tag.SHORT -> Short.valueOf(readShort());
            case Tag.CHARACTER -> Character.valueOf((char) readShort());
            case Tag.INTEGER -> Integer.valueOf(readInt());
            case Tag.LONG -> Long.valueOf(readLong());
            case Tag.FLOAT -> Float.valueOf(Float.intBitsToFloat(readInt()));
            case Tag.DOUBLE -> Double.valueOf(Double.longBitsToDouble(readLong()));
            default -> throw corrupted("no tag " + tag);
        };
        ask(scalar.getClass(), -1, level);
        return scalar;
    }

    private void require(long size) throws StreamCorruptedException {
        // What is aside may be said to begin anywhere.
        if (size > bytes.length - at) {
            throw corrupted("it ends too early");
        }
    }

    private byte readByte() throws StreamCorruptedException {
        require(Byte.BYTES);
        return bytes[at++];
    }

    private short readShort() throws StreamCorruptedException {
        return (short) ((readByte() << 8) | (readByte() & 0xff));
    }

    int readInt() throws StreamCorruptedException {
        require(Integer.BYTES);
        int start = at;
        at = start + Integer.BYTES;
        return (bytes[start] << 24)
                | ((bytes[start + 1] & 0xff) << 16)
                | ((bytes[start + 2] & 0xff) << 8)
                | (bytes[start + 3] & 0xff);
    }

    private long readLong() throws StreamCorruptedException {
        long high = readInt();
        return (high << Integer.SIZE) | (readInt() & 0xffff_ffffL);
    }

    private int numberBelow(int end) throws StreamCorruptedException {
        int number = readInt();
        if (number < 0 || number >= end) {
            throw corrupted("nothing has the number " + number);
        }
        return number;
    }

    String readString() throws StreamCorruptedException {
        return readString(readByte());
    }

    private String readString(byte tag) throws StreamCorruptedException {
        int length = readInt();
        if (tag == Tag.STRING) {
            char[] characters = new char[room(length, Character.BYTES)];
            taken(length * Character.BYTES).asCharBuffer().get(characters);
            return new String(characters);
        }
        if (tag != Tag.LATIN_STRING) {
            throw corrupted("no string");
        }
        int start = at;
        at = start + room(length, Byte.BYTES);
        return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    }

    /** The length of an array of primitives, if there are as many elements. */
    private int room(int length, int width) throws StreamCorruptedException {
        if (length < 0) {
            throw corrupted("a negative length");
        }
        require((long) length * width);
        return length;
    }

    /** The next bytes, which are there. */
    private ByteBuffer taken(int size) {
        int start = at;
        at = start + size;
        return ByteBuffer.wrap(bytes, start, size).order(ByteOrder.nativeOrder());
    }

    /* ---------------- What has an identity ---------------- */

    private Object readOnce(byte tag, int level) throws IOException, ClassNotFoundException {
        if (level >= Packer.MOST_LEVELS) {
            throw corrupted("nested too deeply");
        }
        Object object = switch (tag) {
            case Tag.LAMBDA -> readLambda(level);
            case Tag.RECORD, Tag.RECORD_AGAIN -> readRecord(tag, level);
            default -> tag < Tag.OBJECTS ? readPrimitives(tag, level) : readElements(tag, level);
        };
        ended.add(object);
        return object;
    }

    private Object readPrimitives(byte tag, int level) throws IOException {
        return switch (tag) {
            case Tag.BYTES -> {
                int length = length(byte[].class, Byte.BYTES, level);
                int start = at;
                at = start + length;
                yield Arrays.copyOfRange(bytes, start, at);
            }
            case Tag.INTS -> {
                int[] array = new int[length(int[].class, Integer.BYTES, level)];
                taken(array.length * Integer.BYTES).asIntBuffer().get(array);
                yield array;
            }
            case Tag.LONGS -> {
                long[] array = new long[length(long[].class, Long.BYTES, level)];
                taken(array.length * Long.BYTES).asLongBuffer().get(array);
                yield array;
            }
            case Tag.DOUBLES -> {
                double[] array = new double[length(double[].class, Double.BYTES, level)];
                taken(array.length * Double.BYTES).asDoubleBuffer().get(array);
                yield array;
            }
            default -> readRarePrimitives(tag, level);
        };
    }

    private Object readRarePrimitives(byte tag, int level) throws IOException {
        return switch (tag) {
            case Tag.FLOATS -> {
                float[] array = new float[length(float[].class, Float.BYTES, level)];
                taken(array.length * Float.BYTES).asFloatBuffer().get(array);
                yield array;
            }
            case Tag.CHARS -> {
                char[] array = new char[length(char[].class, Character.BYTES, level)];
                taken(array.length * Character.BYTES).asCharBuffer().get(array);
                yield array;
            }
            case Tag.SHORTS -> {
                short[] array = new short[length(short[].class, Short.BYTES, level)];
                taken(array.length * Short.BYTES).asShortBuffer().get(array);
                yield array;
            }
            default -> {
                boolean[] array = new boolean[length(boolean[].class, Byte.BYTES, level)];
                for (int i = 0; i < array.length; i++) {
                    array[i] = bytes[at++] != 0;
                }
                yield array;
            }
        };
    }

    private int length(Class<?> type, int width, int level) throws IOException {
        int length = room(readInt(), width);
        ask(type, length, level);
        return length;
    }

    private Object readElements(byte tag, int level) throws IOException, ClassNotFoundException {
        int length = announced();
        if (asking) {
            askForList(tag, level);
        }
        ask(tag == Tag.STRINGS ? String[].class : Object[].class, length, level);
        if (tag == Tag.ARRAY_LIST) {
            ArrayList<@Nullable Object> list = new ArrayList<>(length);
            for (int i = 0; i < length; i++) {
                list.add(readElement(level + 1));
            }
            return list;
        }
        @Nullable Object[] array = tag == Tag.STRINGS ? new @Nullable String[length] : new @Nullable Object[length];
        try {
            for (int i = 0; i < length; i++) {
                array[i] = readElement(level + 1);
            }
        } catch (ArrayStoreException e) {
            throw corrupted("no string");
        }
        return listOf(tag, array);
    }

    private void askForList(byte tag, int level) throws IOException, ClassNotFoundException {
        switch (tag) {
            case Tag.ARRAY_LIST -> ask(ArrayList.class, -1, level);
            case Tag.ARRAY_AS_LIST -> ask(Arrays.asList().getClass(), -1, level);
            case Tag.LIST_OF, Tag.LIST_OF_NULLABLES -> ask(Class.forName(LISTS_OF_JDK), -1, level);
            default -> {
                // An array is asked for with its length.
            }
        }
    }

    private static Object listOf(byte tag, @Nullable Object[] array) throws StreamCorruptedException {
        return switch (tag) {
            case Tag.OBJECTS, Tag.STRINGS -> array;
            case Tag.ARRAY_AS_LIST -> Arrays.asList(array);
            case Tag.LIST_OF_NULLABLES -> Stream.of(array).toList();
            case Tag.LIST_OF -> immutable(array);
            default -> throw corrupted("no tag " + tag);
        };
    }

    @SuppressWarnings("NullAway") // Has been looked for.
    private static List<Object> immutable(@Nullable Object[] array) throws StreamCorruptedException {
        if (Arrays.asList(array).contains(null)) {
            throw corrupted("null where there is none");
        }
        return List.of(array);
    }

    /** The number of elements that follow, if there can be so many. */
    private int announced() throws StreamCorruptedException {
        int length = readInt();
        if (length < 0 || length > bytes.length - at - owed) {
            throw corrupted("it is too short for " + length + " elements");
        }
        owed += length;
        return length;
    }

    private @Nullable Object readElement(int level) throws IOException, ClassNotFoundException {
        owed--;
        return read(level);
    }

    private Object readLambda(int level) throws IOException, ClassNotFoundException {
        limits.checkLambda();
        int hash = readInt();
        int start = at + Integer.BYTES;
        at = start + room(readInt(), Byte.BYTES);
        LambdaMaker maker = source.maker(hash, bytes, start, at, limits);
        int count = announced();
        ask(SerializedLambda.class, -1, level);
        ask(maker.host(), -1, level);
        ask(Object[].class, count, level);
        @Nullable Object[] captured = new @Nullable Object[count];
        for (int i = 0; i < count; i++) {
            captured[i] = readElement(level + 1);
        }
        return maker.made(captured);
    }

    private Object readRecord(byte tag, int level) throws IOException, ClassNotFoundException {
        Shape shape = tag == Tag.RECORD ? readShape(level) : shapes.get(numberBelow(shapes.size()));
        if (tag == Tag.RECORD_AGAIN) {
            ask(null, -1, level);
        }
        @Nullable Object[] components = new @Nullable Object[shape.size()];
        for (int i = 0; i < components.length; i++) {
            components[i] = read(level + 1);
        }
        return shape.made(components);
    }

    private Shape readShape(int level) throws IOException, ClassNotFoundException {
        Class<?> type = source.classOf(readString());
        int signature = readInt();
        ask(type, -1, level);
        Shape shape = Shape.of(type);
        if (shape == null || shape.signature() != signature) {
            throw new InvalidClassException(type.getName(), "the record is another one on the other side");
        }
        shapes.add(shape);
        return shape;
    }
}
