// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StreamCorruptedException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RequestTest {
    private static final byte[] NUMBER = Conversation.newNonce();
    private static final byte[] SEALED = {1, 2, 3};

    @Test
    void request_comesBack() throws Exception {
        for (Request.Kind kind : Request.Kind.values()) {
            Request request = Request.decode(new Request(kind, NUMBER, SEALED).encode());
            assertThat(request.kind()).isEqualTo(kind);
            assertThat(request.conversation()).isEqualTo(NUMBER);
            assertThat(request.sealed()).isEqualTo(SEALED);
        }
        assertThat(Request.decode(new Request(Request.Kind.PULL, NUMBER, Note.EMPTY).encode())
                        .sealed())
                .isEmpty();
    }

    @Test
    void kindThatThereIsNot_isCorrupt() {
        byte[] bytes = new Request(Request.Kind.HELLO, NUMBER, SEALED).encode();
        for (int kind : new int[] {-1, Request.Kind.values().length, Byte.MAX_VALUE, Byte.MIN_VALUE}) {
            bytes[0] = (byte) kind;
            assertThatThrownBy(() -> Request.decode(bytes))
                    .isExactlyInstanceOf(StreamCorruptedException.class)
                    .hasMessageContaining("of the kind " + kind);
        }
    }

    @Test
    void endBeforeWhatIsSealed_isCorrupt() {
        byte[] bytes = new Request(Request.Kind.HELLO, NUMBER, SEALED).encode();
        for (int length = 0; length < bytes.length - SEALED.length; length++) {
            byte[] shorter = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Request.decode(shorter))
                    .isExactlyInstanceOf(StreamCorruptedException.class)
                    .hasMessageContaining(length + " bytes");
        }
    }
}
