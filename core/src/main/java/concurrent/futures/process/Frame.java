// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.io.StreamCorruptedException;
import org.jspecify.annotations.Nullable;

/**
 * A message between the two ends of a {@link Connection}.
 *
 * @param kind what it says
 * @param id the number of the task, or of the question, that it is about; 0 for none
 * @param payload what it carries; null if there was no memory to read it
 */
@SuppressWarnings("ArrayRecordComponent") // Is never compared.
record Frame(Kind kind, long id, byte @Nullable [] payload) {
    static final byte[] EMPTY = {};

    /** What a frame says. The ordinal is its number on the wire, which both ends know as they run the same library. */
    enum Kind {
        /** Parent: the path of the file of the mark, which is there when the next frame is. */
        MARK_FILE,
        /** Parent: the limits, and the initializer if there is one. */
        INIT,
        /** Worker: tasks may come. */
        READY,
        /** Worker: the initializer has failed, as follows. */
        REFUSED,
        /** Parent: the name of the task that follows. */
        NAME,
        /** Parent: a serialized task. */
        TASK,
        /** Worker: the serialized result. */
        RESULT,
        /** Worker: what the task has thrown. */
        FAILURE,
        /** Worker: as FAILURE, and this JVM had better be replaced. */
        FATAL,
        /** Parent: interrupt that task. */
        INTERRUPT,
        /** Parent: whatever came before this and has not begun is not to begin. */
        REVOKED,
        /** Parent: end in an orderly way. The id is the number of the parent's process. */
        SHUTDOWN,
        /** Worker: this process is about to end, by itself or by a signal. */
        EXITING,
        /** Worker: the name of a class that it lacks. */
        CLASS_WANTED,
        /** Parent: the bytes of that class; none if it has no such class either. */
        CLASS;

        private static final Kind[] ALL = values();

        @SuppressWarnings("EnumOrdinal") // See above.
        byte number() {
            return (byte) ordinal();
        }

        static Kind of(int number) throws StreamCorruptedException {
            if (number < 0 || number >= ALL.length) {
                throw new StreamCorruptedException("there is no frame of the kind " + number);
            }
            return ALL[number];
        }
    }

    /** The payload of a frame that was read whole. */
    byte[] bytes() {
        if (payload == null) {
            throw new OutOfMemoryError("no memory for a message from another process");
        }
        return payload;
    }
}
