// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import static concurrent.futures.codec.Cursor.corrupted;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.StreamCorruptedException;
import java.lang.invoke.SerializedLambda;
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
     * list is said to have, is at least one byte. So elements are counted as owed before there is room made for them, and
     * never may more be owed than there are bytes left: what is made is in proportion to what was sent, however deep
     * lists are nested in lists.
     *
     * A filter of the user is asked what a stream of the JDK would ask it, as far as it can see the difference.
     */
    /** What a stream of the JDK has in the place of immutable lists. */
    private static final String IMMUTABLE = "java.util.CollSer";

    private static final int NO_ARRAY = -1;

    private final Cursor in;
    private final Codec.Source source;
    private final Limits limits;
    private final boolean asking;

    /** What may be met again, in the order in which it ended. */
    private final List<Object> ended = new ArrayList<>(0);

    /** The classes of records, in the order in which they were met. */
    private final List<Shape> shapes = new ArrayList<>(0);

    /** How many elements have been announced and not been read. */
    private int owed;

    /**
     * Creates one that reads.
     *
     * @param in what to read
     * @param source where it comes from
     * @param limits what may be in it
     */
    Unpacker(Cursor in, Codec.Source source, Limits limits) {
        this.in = in;
        this.source = source;
        this.limits = limits;
        this.asking = limits.areAsking();
    }

    /** Reads an object, which is all that there is. */
    @Nullable
    Object readWhole() throws IOException, ClassNotFoundException {
        Object object = read(0);
        if (in.left() > 0) {
            throw corrupted("something follows");
        }
        return object;
    }

    /** Reads what is {@link Aside}, and has not been read before: no byte becomes two objects. */
    @Nullable
    Object readAside(int start) throws IOException, ClassNotFoundException {
        in.moveTo(start);
        return read(0);
    }

    private @Nullable Object read(int level) throws IOException, ClassNotFoundException {
        byte tag = in.getByte();
        return switch (tag) {
            case Tag.NULL -> null;
            case Tag.AGAIN -> readAgain(level);
            case Tag.LATIN_STRING, Tag.STRING -> {
                String string = in.getString(tag);
                if (string.length() > Packer.SHORT_STRING) {
                    ended.add(string);
                }
                yield string;
            }
            default -> tag < Tag.LATIN_STRING ? readScalar(tag, level) : readNew(tag, level);
        };
    }

    private Object readAgain(int level) throws IOException {
        ask(/* type= */ null, NO_ARRAY, level);
        return ended.get(in.getNumber(ended.size()));
    }

    private void ask(@Nullable Class<?> type, int length, int level) throws IOException {
        if (asking) {
            limits.ask(type, length, level, in.at());
        }
    }

    private Object readScalar(byte tag, int level) throws IOException {
        Object scalar = switch (tag) {
            case Tag.FALSE -> false;
            case Tag.TRUE -> true;
            case Tag.BYTE -> in.getByte();
            case Tag.SHORT -> in.getShort();
            case Tag.CHARACTER -> (char) in.getShort();
            case Tag.INTEGER -> in.getInt();
            case Tag.LONG -> in.getLong();
            case Tag.FLOAT -> Float.intBitsToFloat(in.getInt());
            case Tag.DOUBLE -> Double.longBitsToDouble(in.getLong());
            default -> throw corrupted("no tag " + tag);
        };
        ask(scalar.getClass(), NO_ARRAY, level);
        return scalar;
    }

    private Object readNew(byte tag, int level) throws IOException, ClassNotFoundException {
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
            case Tag.BOOLEANS -> in.getBooleans(length(boolean[].class, Byte.BYTES, level));
            case Tag.BYTES -> in.getBytes(length(byte[].class, Byte.BYTES, level));
            case Tag.SHORTS -> in.getShorts(length(short[].class, Short.BYTES, level));
            case Tag.CHARS -> in.getChars(length(char[].class, Character.BYTES, level));
            case Tag.INTS -> in.getInts(length(int[].class, Integer.BYTES, level));
            case Tag.LONGS -> in.getLongs(length(long[].class, Long.BYTES, level));
            case Tag.FLOATS -> in.getFloats(length(float[].class, Float.BYTES, level));
            default -> in.getDoubles(length(double[].class, Double.BYTES, level));
        };
    }

    private int length(Class<?> type, int width, int level) throws IOException {
        int length = in.getLength(width);
        ask(type, length, level);
        return length;
    }

    /* ---------------- Arrays and lists of objects ---------------- */

    private Object readElements(byte tag, int level) throws IOException, ClassNotFoundException {
        int length = announced();
        if (asking) {
            askForElements(tag, length, level);
        }
        if (tag == Tag.ARRAY_LIST) {
            List<@Nullable Object> list = new ArrayList<>(length);
            for (int i = 0; i < length; i++) {
                list.add(readElement(level));
            }
            return list;
        }
        @Nullable Object[] array = tag == Tag.STRINGS ? new @Nullable String[length] : new @Nullable Object[length];
        readElements(array, level);
        return switch (tag) {
            case Tag.OBJECTS, Tag.STRINGS -> array;
            case Tag.ARRAY_AS_LIST -> Arrays.asList(array);
            case Tag.LIST_OF_NULLABLES -> Stream.of(array).toList();
            case Tag.LIST_OF -> immutable(array);
            default -> throw corrupted("no tag " + tag);
        };
    }

    /** The number of elements that follow, if there can be so many. */
    private int announced() throws StreamCorruptedException {
        int length = in.getInt();
        if (length < 0 || length > in.left() - owed) {
            throw corrupted("it is too short for " + length + " elements");
        }
        owed += length;
        return length;
    }

    private void askForElements(byte tag, int length, int level) throws IOException, ClassNotFoundException {
        switch (tag) {
            case Tag.ARRAY_LIST -> ask(ArrayList.class, NO_ARRAY, level);
            case Tag.ARRAY_AS_LIST -> ask(Arrays.asList().getClass(), NO_ARRAY, level);
            case Tag.LIST_OF, Tag.LIST_OF_NULLABLES -> ask(Class.forName(IMMUTABLE), NO_ARRAY, level);
            default -> {
                // An array is nothing else.
            }
        }
        ask(tag == Tag.STRINGS ? String[].class : Object[].class, length, level);
    }

    private void readElements(@Nullable Object[] array, int level) throws IOException, ClassNotFoundException {
        try {
            for (int i = 0; i < array.length; i++) {
                array[i] = readElement(level);
            }
        } catch (ArrayStoreException e) {
            throw corrupted("no string");
        }
    }

    private @Nullable Object readElement(int level) throws IOException, ClassNotFoundException {
        owed--;
        return read(level + 1);
    }

    @SuppressWarnings("NullAway") // Has been looked for.
    private static List<Object> immutable(@Nullable Object[] array) throws StreamCorruptedException {
        if (Arrays.asList(array).contains(null)) {
            throw corrupted("null where there is none");
        }
        return List.of(array);
    }

    /* ---------------- Lambdas and records ---------------- */

    private Object readLambda(int level) throws IOException, ClassNotFoundException {
        limits.checkLambda();
        int hash = in.getInt();
        int length = in.getLength(Byte.BYTES);
        int recipe = in.at();
        in.moveTo(recipe + length);
        LambdaMaker maker = source.maker(hash, in.bytes(), recipe, recipe + length);
        int count = announced();
        ask(SerializedLambda.class, NO_ARRAY, level);
        ask(maker.host(), NO_ARRAY, level);
        ask(Object[].class, count, level);
        @Nullable Object[] captured = new @Nullable Object[count];
        readElements(captured, level);
        return maker.made(captured);
    }

    private Object readRecord(byte tag, int level) throws IOException, ClassNotFoundException {
        Shape shape = tag == Tag.RECORD ? readShape(level) : readShapeAgain(level);
        @Nullable Object[] components = new @Nullable Object[shape.size()];
        for (int i = 0; i < components.length; i++) {
            components[i] = read(level + 1);
        }
        return shape.made(components);
    }

    private Shape readShape(int level) throws IOException, ClassNotFoundException {
        Class<?> type = source.classOf(in.getString(in.getByte()));
        int signature = in.getInt();
        ask(type, NO_ARRAY, level);
        Shape shape = Shape.of(type);
        if (shape == null || shape.signature() != signature) {
            throw new InvalidClassException(type.getName(), "the record is another one on the other side");
        }
        shapes.add(shape);
        return shape;
    }

    private Shape readShapeAgain(int level) throws IOException {
        ask(/* type= */ null, NO_ARRAY, level);
        return shapes.get(in.getNumber(shapes.size()));
    }
}
