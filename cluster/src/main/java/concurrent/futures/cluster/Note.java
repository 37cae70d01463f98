// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that a driver and a worker tell each other. Several travel together.
 *
 * @param kind what it says
 * @param id the number of the task, or of the question, that it is about; 0 for none
 * @param nanos how long the task has run, for what tells its end; 0 otherwise
 * @param payload what it carries
 */
@SuppressWarnings("ArrayRecordComponent") // Is never compared.
record Note(Kind kind, long id, long nanos, byte[] payload) {
    static final byte[] EMPTY = {};

    /** A task or a result must not have more: it is in memory several times on its way. */
    static final int MOST_BYTES = 1 << 28;

    /** What each note has beside its payload. */
    private static final int HEADER = Byte.BYTES + 2 * Long.BYTES + Integer.BYTES;

    /** What a note says. The ordinal is its number on the wire; both ends ask each other for the version of that. */
    enum Kind {
        /** Driver: the name of the task that follows. */
        NAME,
        /** Driver: a serialized task. */
        TASK,
        /** Driver: that task is not to begin, and to be interrupted if it has. */
        CANCEL,
        /** Driver: give back that task if it has not begun. */
        RECALL,
        /** Driver: the bytes of a class; none if there is no such class. */
        CLASS,
        /** Driver: nothing comes any more. */
        BYE,
        /** Worker: that task has begun, and has not ended soon. */
        STARTED,
        /** Worker: the serialized result. */
        RESULT,
        /** Worker: what the task has thrown. */
        FAILURE,
        /** Worker: that task will not begin. */
        RETURNED,
        /** Worker: the name of a class that it lacks. */
        CLASS_WANTED,
        /** Worker: no task begins here any more. */
        LEAVING,
        /** Driver: as the worker is LEAVING, no task comes any more. */
        LEFT;

        private static final Kind[] ALL = values();

        @SuppressWarnings("EnumOrdinal") // See above.
        byte number() {
            return (byte) ordinal();
        }

        static Kind of(int number) throws StreamCorruptedException {
            if (number < 0 || number >= ALL.length) {
                throw new StreamCorruptedException("there is no note of the kind " + number);
            }
            return ALL[number];
        }
    }

    static Note of(Kind kind, long id) {
        return new Note(kind, id, 0, EMPTY);
    }

    static Note of(Kind kind, long id, byte[] payload) {
        return new Note(kind, id, 0, payload);
    }

    int size() {
        return HEADER + payload.length;
    }

    /** The bytes of some notes. */
    static byte[] encode(List<Note> notes) {
        int size = notes.stream().mapToInt(Note::size).reduce(0, Math::addExact);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Note note : notes) {
                out.writeByte(note.kind.number());
                out.writeLong(note.id);
                out.writeLong(note.nanos);
                out.writeInt(note.payload.length);
                out.write(note.payload);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The notes that have these bytes. */
    static List<Note> decode(ByteBuffer bytes) throws StreamCorruptedException {
        List<Note> notes = new ArrayList<>();
        try {
            while (bytes.hasRemaining()) {
                Kind kind = Kind.of(bytes.get());
                long id = bytes.getLong();
                long nanos = bytes.getLong();
                int length = bytes.getInt();
                if (length < 0 || length > bytes.remaining()) {
                    throw new StreamCorruptedException("a note of " + length + " bytes, where fewer are left");
                }
                byte[] payload = new byte[length];
                bytes.get(payload);
                notes.add(new Note(kind, id, nanos, payload));
            }
        } catch (BufferUnderflowException e) {
            throw new StreamCorruptedException("the end is in the middle of a note");
        }
        return notes;
    }
}
