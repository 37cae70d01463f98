// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NoteTest {
    /** A kind, an id, a time, and the length of the payload. */
    private static final int HEADER = 1 + 8 + 8 + 4;

    private static List<Note> decoded(byte[] bytes) throws StreamCorruptedException {
        return Note.decode(ByteBuffer.wrap(bytes));
    }

    private static void assertCorrupt(byte[] bytes) {
        assertThatThrownBy(() -> decoded(bytes)).isExactlyInstanceOf(StreamCorruptedException.class);
    }

    @Test
    void notes_comeBackInOrder() throws Exception {
        byte[] payload = {1, 2, 3};
        List<Note> notes = decoded(Note.encode(List.of(
                Note.of(Note.Kind.TASK, Long.MIN_VALUE, payload),
                new Note(Note.Kind.RESULT, -1, Long.MAX_VALUE, Note.EMPTY),
                Note.of(Note.Kind.BYE, 0))));
        assertThat(notes).extracting(Note::kind).containsExactly(Note.Kind.TASK, Note.Kind.RESULT, Note.Kind.BYE);
        assertThat(notes).extracting(Note::id).containsExactly(Long.MIN_VALUE, -1L, 0L);
        assertThat(notes).extracting(Note::nanos).containsExactly(0L, Long.MAX_VALUE, 0L);
        assertThat(notes.get(0).payload()).isEqualTo(payload);
        assertThat(notes.get(1).payload()).isEmpty();
        assertThat(decoded(Note.EMPTY)).isEmpty();
    }

    @Test
    void size_isWhatItTakes() {
        Note note = Note.of(Note.Kind.TASK, 1, new byte[7]);
        assertThat(note.size()).isEqualTo(HEADER + 7).isEqualTo(Note.encode(List.of(note)).length);
    }

    /** Both ends of a conversation may be of different builds of this library. */
    @Test
    void numbersOfKinds_areFixed() {
        assertThat(Note.Kind.values())
                .containsExactly(
                        Note.Kind.NAME,
                        Note.Kind.TASK,
                        Note.Kind.CANCEL,
                        Note.Kind.RECALL,
                        Note.Kind.CLASS,
                        Note.Kind.BYE,
                        Note.Kind.STARTED,
                        Note.Kind.RESULT,
                        Note.Kind.FAILURE,
                        Note.Kind.RETURNED,
                        Note.Kind.CLASS_WANTED,
                        Note.Kind.LEAVING,
                        Note.Kind.LEFT);
        for (Note.Kind kind : Note.Kind.values()) {
            assertThat(Note.encode(List.of(Note.of(kind, 1)))[0]).isEqualTo((byte) kind.ordinal());
        }
    }

    @Test
    void kindThatThereIsNot_isCorrupt() {
        for (int kind : new int[] {-1, Note.Kind.values().length, Byte.MAX_VALUE, Byte.MIN_VALUE}) {
            byte[] bytes = Note.encode(List.of(Note.of(Note.Kind.NAME, 1)));
            bytes[0] = (byte) kind;
            assertCorrupt(bytes);
        }
    }

    @Test
    void endInTheMiddle_isCorrupt() throws Exception {
        byte[] bytes = Note.encode(List.of(Note.of(Note.Kind.TASK, 1, new byte[5])));
        for (int length = 1; length < bytes.length; length++) {
            assertCorrupt(Arrays.copyOf(bytes, length));
        }
        assertThat(decoded(bytes)).hasSize(1);
    }

    /** Room for what a length says is made only when that much is there. */
    @Test
    void lengthThatIsNotThere_isCorrupt() {
        for (int length : new int[] {-1, 1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertCorrupt(ByteBuffer.allocate(HEADER)
                    .put(
                            HEADER - Integer.BYTES,
                            ByteBuffer.allocate(4).putInt(length).array())
                    .array());
        }
    }

    @Test
    void anyBytes_areNotesOrCorrupt() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int corrupt = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) random.nextInt(Note.Kind.values().length + 1);
            }
            try {
                assertThat(Note.encode(decoded(bytes))).isEqualTo(bytes);
            } catch (StreamCorruptedException e) {
                corrupt++;
            }
        }
        assertThat(corrupt).isPositive();
    }
}
