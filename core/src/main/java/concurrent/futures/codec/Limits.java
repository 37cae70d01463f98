// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamConstants;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What may be deserialized from one payload: as much as its size can account for, and not too deep a graph. For results
 * no lambdas either, since those would have the parent call code that the worker chooses. The filter that the user has
 * set for the whole JVM is asked as well, also about what no stream of the JDK reads.
 */
final class Limits implements ObjectInputFilter {
    /** A graph of this depth needs some hundred kilobytes of stack. */
    static final int MOST_LEVELS = 1_000;

    /** Tables of maps are greater than what is in them. */
    private static final long ROOM_FOR_EACH_BYTE = 8;

    private static final long MIN_ARRAY = 1 << 10;

    private static final String A_LAMBDA = "it has a lambda, which a result must not have";

    /** An empty stream. */
    private static final byte[] HEADER = ByteBuffer.allocate(2 * Short.BYTES)
            .putShort(ObjectStreamConstants.STREAM_MAGIC)
            .putShort(ObjectStreamConstants.STREAM_VERSION)
            .array();

    private final long mostElements;
    private final boolean lambdas;

    /** Whether the user has filters, which have to be asked about everything. */
    private final boolean asking;

    /** Whom to ask about what no stream reads; null before that. */
    private @Nullable ObjectInputFilter asked;

    /** How far the stream is, when something that it does not read itself is in the middle of it. */
    private long depth = 1;

    private long references;

    /** Why something was refused; null if nothing was. Used by the thread that deserializes. */
    private @Nullable String reason;

    Limits(int payload, boolean lambdas, boolean asking) {
        this.mostElements = Math.max(MIN_ARRAY, ROOM_FOR_EACH_BYTE * payload);
        this.lambdas = lambdas;
        this.asking = asking;
    }

    @Nullable
    String reason() {
        return reason;
    }

    void checkLambda() throws InvalidClassException {
        if (!lambdas) {
            refused(A_LAMBDA);
            throw new InvalidClassException(A_LAMBDA);
        }
    }

    @Override
    public Status checkInput(FilterInfo info) {
        if (!(info instanceof Part)) {
            depth = info.depth();
            references = Math.max(references, info.references());
        }
        if (info.serialClass() == Aside.class) {
            // Means nothing by itself, and users do not know it. What it stands for is asked for next.
            return Status.UNDECIDED;
        }
        if (info.depth() > MOST_LEVELS) {
            return refused("it is nested more than " + MOST_LEVELS + " levels deep");
        }
        if (info.arrayLength() > mostElements) {
            return refused("it has an array of " + info.arrayLength() + " elements, for which it is too short");
        }
        if (!lambdas && info.serialClass() == SerializedLambda.class) {
            return refused(A_LAMBDA);
        }
        ObjectInputFilter global = Filters.global();
        if (global != null) {
            Status status = global.checkInput(info);
            if (status == Status.REJECTED) {
                return refused("the filter of this JVM refuses " + info.serialClass());
            }
            return status;
        }
        return Status.UNDECIDED;
    }

    private Status refused(String why) {
        reason = why;
        return Status.REJECTED;
    }

    /* ---------------- What no stream reads ---------------- */

    boolean areAsking() {
        return asking;
    }

    /** Something that is read by this library itself. */
    private record Part(@Nullable Class<?> serialClass, long arrayLength, long depth, long references, long streamBytes)
            implements FilterInfo {}

    /**
     * Asks what a stream of the JDK would ask.
     *
     * @param type the class; null for an object that has been there before
     * @param length the length of an array; -1 for other objects
     * @param levels how deep it is
     * @param bytes how many bytes have been read
     */
    void ask(@Nullable Class<?> type, int length, int levels, int bytes) throws IOException {
        Class<?> asked = type;
        do {
            references++;
            Status status = filter().checkInput(new Part(asked, length, depth + levels, references, bytes));
            if (status == null || status == Status.REJECTED) {
                if (reason == null) {
                    refused("the filter of this JVM refuses " + asked);
                }
                throw new InvalidClassException("filter status: " + status);
            }
            asked = asked == null || asked.isArray() ? null : asked.getSuperclass();
        } while (asked != null && Serializable.class.isAssignableFrom(asked));
    }

    private ObjectInputFilter filter() throws IOException {
        ObjectInputFilter filter = asked;
        if (filter == null) {
            filter = Filters.areMade() ? ofStream() : this;
            asked = filter;
        }
        return filter;
    }

    /** The filter that a stream would have. */
    private ObjectInputFilter ofStream() throws IOException {
        try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(HEADER))) {
            stream.setObjectInputFilter(this);
            ObjectInputFilter filter = stream.getObjectInputFilter();
            return filter == null ? this : filter;
        }
    }
}
