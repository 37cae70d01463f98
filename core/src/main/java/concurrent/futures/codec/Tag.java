// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

/** What the first byte says of what follows it. Both ends know these numbers, as they run the same library. */
final class Tag {
    private Tag() {}

    /** A payload only: the length of a stream of the JDK, that stream, and what is {@link Aside}. */
    static final byte STREAM = 0;

    /** An object that was there before: its number, in the order in which objects ended. */
    static final byte AGAIN = 1;

    static final byte NULL = 2;
    static final byte FALSE = 3;
    static final byte TRUE = 4;
    static final byte BYTE = 5;
    static final byte SHORT = 6;
    static final byte CHARACTER = 7;
    static final byte INTEGER = 8;
    static final byte LONG = 9;
    static final byte FLOAT = 10;
    static final byte DOUBLE = 11;

    /** A string whose characters fit in a byte each: the length, and the characters. */
    static final byte LATIN_STRING = 12;

    /** Any string: the length, and two bytes for each character. */
    static final byte STRING = 13;

    /** Arrays of primitives: the length, and the elements. */
    static final byte BOOLEANS = 14;

    static final byte BYTES = 15;
    static final byte SHORTS = 16;
    static final byte CHARS = 17;
    static final byte INTS = 18;
    static final byte LONGS = 19;
    static final byte FLOATS = 20;
    static final byte DOUBLES = 21;

    /** Arrays and lists of objects: the length, and the elements. */
    static final byte OBJECTS = 22;

    static final byte STRINGS = 23;
    static final byte ARRAY_LIST = 24;

    /** What {@code Arrays.asList} gives. */
    static final byte ARRAY_AS_LIST = 25;

    /** What {@code List.of} gives. */
    static final byte LIST_OF = 26;

    /** What {@code Stream.toList} gives. */
    static final byte LIST_OF_NULLABLES = 27;

    /** A lambda: the hash, the length and the bytes of its {@link Recipe}, the number of values it captures, and these. */
    static final byte LAMBDA = 28;

    /** A record of a class that was not there before: its {@link Shape}, and the components. */
    static final byte RECORD = 29;

    /** A record of a class that was there before: the number of the class, and the components. */
    static final byte RECORD_AGAIN = 30;
}
