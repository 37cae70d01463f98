// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.codec.Codec;
import concurrent.futures.codec.Loaders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterNodeTest {
    private static final Seal KEY = Seal.of(null);

    @Test
    void nodeThatIsClosed_welcomesNobody() throws Exception {
        Node node = new Node(KEY, 1);
        assertThat(node.answer(Conversation.hello(KEY, Conversation.newNonce(), "driver")))
                .isNotEmpty();
        node.close();
        assertThatThrownBy(() -> node.answer(Conversation.hello(KEY, Conversation.newNonce(), "driver")))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining("about to end");
    }

    /** The memory for an answer is short: what does not fit fails, and what comes with it is told. */
    @Test
    void resultThatCannotBeSent_failsItsTaskAlone() throws Exception {
        int much = 1_000_000;
        List<Note> notes = List.of(
                Note.of(Note.Kind.RESULT, 1, new byte[10]),
                Note.of(Note.Kind.RESULT, 2, new byte[much]),
                Note.of(Note.Kind.STARTED, 3));
        List<Note> sent = new ArrayList<>();
        byte[] unused = Node.encoded(notes, some -> {
            if (some.stream().mapToInt(Note::size).sum() > much) {
                throw new OutOfMemoryError("on purpose");
            }
            sent.addAll(some);
            return Note.encode(some);
        });
        assertThat(sent).extracting(Note::id).containsExactly(1L, 2L, 3L);
        assertThat(sent).extracting(Note::kind).containsExactly(Note.Kind.RESULT, Note.Kind.FAILURE, Note.Kind.STARTED);
        Codec.Source source = new Codec.Source(new Loaders("test"), /* lambdas= */ false, /* origin= */ null);
        assertThat(Codec.decode(sent.get(1).payload(), source))
                .isInstanceOf(IOException.class)
                .asString()
                .contains("on purpose");
    }

    @Test
    void answerWithoutResults_isNotCutShort() {
        List<Note> notes = List.of(Note.of(Note.Kind.STARTED, 1));
        assertThatThrownBy(() -> Node.encoded(notes, some -> {
                    throw new OutOfMemoryError("on purpose");
                }))
                .isInstanceOf(OutOfMemoryError.class);
    }
}
