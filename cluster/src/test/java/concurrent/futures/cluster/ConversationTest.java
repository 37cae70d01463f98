// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTest {
    private static final int THREADS = 4;
    private static final byte[] NUMBER = Conversation.newNonce();
    private static final byte[] NONCE = Conversation.newNonce();

    private static Seal key(boolean keyed) {
        byte[] key = new byte[Seal.LEAST_KEY];
        Arrays.fill(key, (byte) 7);
        return Seal.of(keyed ? key : null);
    }

    private static final Seal KEY = key(true);

    private static Conversation driver(Seal key) throws Exception {
        return Conversation.Welcome.of(key, NUMBER, Conversation.welcome(key, NUMBER, NONCE, THREADS))
                .conversation();
    }

    private static Conversation worker(Seal key) {
        return Conversation.with(key, NUMBER, NONCE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void conversation_goesOn(boolean keyed) throws Exception {
        Seal key = key(keyed);
        Request hello = Request.decode(Conversation.hello(key, NUMBER, "driver"));
        assertThat(hello.kind()).isEqualTo(Request.Kind.HELLO);
        assertThat(Conversation.driverOf(key, hello)).isEqualTo("driver");
        Conversation.Welcome welcome =
                Conversation.Welcome.of(key, NUMBER, Conversation.welcome(key, NUMBER, NONCE, THREADS));
        assertThat(welcome.threads()).isEqualTo(THREADS);
        Request push = Request.decode(welcome.conversation().push(3, List.of(Note.of(Note.Kind.CANCEL, 5))));
        Conversation.Said said = worker(key).said(push);
        assertThat(said.turn()).isEqualTo(3);
        assertThat(Note.decode(said.content()))
                .singleElement()
                .extracting(Note::id)
                .isEqualTo(5L);
        assertThat(worker(key)
                        .said(Request.decode(welcome.conversation().pull(9)))
                        .turn())
                .isEqualTo(9);
        byte[] answer = worker(key).answerToPull(9, List.of(Note.of(Note.Kind.STARTED, 6)));
        assertThat(welcome.conversation().pulled(9, answer))
                .singleElement()
                .extracting(Note::id)
                .isEqualTo(6L);
    }

    @Test
    void answerToAnotherQuestion_isRefused() throws Exception {
        byte[] answer = worker(KEY).answerToPull(1, List.of());
        assertThat(driver(KEY).pulled(1, answer)).isEmpty();
        assertThatThrownBy(() -> driver(KEY).pulled(2, answer)).isExactlyInstanceOf(StreamCorruptedException.class);
    }

    /** What is said to be the answer to a pull is not that to a call, although both may have the same number. */
    @Test
    void answerToACall_isNoneToAPull() throws Exception {
        byte[] toPull = worker(KEY).answerToPull(1, List.of());
        byte[] toCall = worker(KEY).answerToCall(1, List.of());
        assertThat(driver(KEY).called(1, toCall)).isEmpty();
        assertThatThrownBy(() -> driver(KEY).called(1, toPull)).isExactlyInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> driver(KEY).pulled(1, toCall)).isExactlyInstanceOf(SecurityException.class);
        Request call = Request.decode(driver(KEY).call(0, List.of()));
        assertThatThrownBy(() -> worker(KEY).said(new Request(Request.Kind.PUSH, NUMBER, call.sealed())))
                .isExactlyInstanceOf(SecurityException.class);
    }

    @Test
    void welcomeToAnotherGreeting_isRefused() {
        byte[] other = Conversation.welcome(KEY, Conversation.newNonce(), NONCE, THREADS);
        assertThatThrownBy(() -> Conversation.Welcome.of(KEY, NUMBER, other))
                .isExactlyInstanceOf(StreamCorruptedException.class);
    }

    /** A driver's own words are not a worker's, even if somebody sends them back. */
    @Test
    void whatIsSentBack_isRefused() throws Exception {
        Request hello = Request.decode(Conversation.hello(KEY, NUMBER, "driver"));
        assertThatThrownBy(() -> Conversation.Welcome.of(KEY, NUMBER, hello.sealed()))
                .isExactlyInstanceOf(SecurityException.class);
        Conversation driver = driver(KEY);
        Request push = Request.decode(driver.push(0, List.of()));
        Request pull = Request.decode(driver.pull(0));
        assertThatThrownBy(() -> driver.pulled(0, push.sealed())).isExactlyInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> driver.pulled(0, pull.sealed())).isExactlyInstanceOf(SecurityException.class);
        byte[] answer = worker(KEY).answerToPull(0, List.of());
        assertThatThrownBy(() -> worker(KEY).said(new Request(Request.Kind.PUSH, NUMBER, answer)))
                .isExactlyInstanceOf(SecurityException.class);
    }

    @Test
    void anotherNonce_isAnotherConversation() throws Exception {
        Request push = Request.decode(driver(KEY).push(0, List.of()));
        Conversation other = Conversation.with(KEY, NUMBER, Conversation.newNonce());
        assertThatThrownBy(() -> other.said(push)).isExactlyInstanceOf(SecurityException.class);
    }

    @Test
    void numberThatIsNotTheSealedOne_isRefused() throws Exception {
        Request hello = Request.decode(Conversation.hello(KEY, NUMBER, "driver"));
        Request changed = new Request(hello.kind(), Conversation.newNonce(), hello.sealed());
        assertThatThrownBy(() -> Conversation.driverOf(KEY, changed)).isExactlyInstanceOf(SecurityException.class);
    }

    @Test
    void anotherVersion_isRefused_andBothAreNamed() {
        int next = Conversation.VERSION + 1;
        byte[] hello = ByteBuffer.allocate(NUMBER.length + Integer.BYTES)
                .put(NUMBER)
                .putInt(next)
                .array();
        Request request = new Request(Request.Kind.HELLO, NUMBER, KEY.close("hello", hello));
        assertThatThrownBy(() -> Conversation.driverOf(KEY, request))
                .isExactlyInstanceOf(StreamCorruptedException.class)
                .hasMessageContaining("version " + next)
                .hasMessageContaining("version " + Conversation.VERSION);
        byte[] welcome = ByteBuffer.allocate(NUMBER.length + NONCE.length + 2 * Integer.BYTES)
                .put(NUMBER)
                .put(NONCE)
                .putInt(next)
                .putInt(THREADS)
                .array();
        assertThatThrownBy(() -> Conversation.Welcome.of(KEY, NUMBER, KEY.close("welcome", welcome)))
                .isExactlyInstanceOf(StreamCorruptedException.class)
                .hasMessageContaining("version " + next);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void workerWithoutThreads_isRefused(int threads) {
        byte[] welcome = Conversation.welcome(KEY, NUMBER, NONCE, threads);
        assertThatThrownBy(() -> Conversation.Welcome.of(KEY, NUMBER, welcome))
                .isExactlyInstanceOf(StreamCorruptedException.class);
    }

    /** Without a key only the form protects, and no form is an error of another kind. */
    @Test
    void tooShort_isRefused() throws Exception {
        Seal none = key(false);
        byte[] welcome = Conversation.welcome(none, NUMBER, NONCE, THREADS);
        for (int length = 0; length < welcome.length; length++) {
            byte[] shorter = Arrays.copyOf(welcome, length);
            assertThatThrownBy(() -> Conversation.Welcome.of(none, NUMBER, shorter))
                    .isExactlyInstanceOf(StreamCorruptedException.class);
        }
        byte[] hello = Request.decode(Conversation.hello(none, NUMBER, "")).sealed();
        for (int length = 0; length < hello.length; length++) {
            Request shorter = new Request(Request.Kind.HELLO, NUMBER, Arrays.copyOf(hello, length));
            assertThatThrownBy(() -> Conversation.driverOf(none, shorter))
                    .isInstanceOfAny(StreamCorruptedException.class, SecurityException.class);
        }
        for (int length = 0; length < Long.BYTES; length++) {
            Request shorter = new Request(Request.Kind.PULL, NUMBER, new byte[length]);
            assertThatThrownBy(() -> worker(none).said(shorter)).isExactlyInstanceOf(StreamCorruptedException.class);
            byte[] answer = new byte[length];
            assertThatThrownBy(() -> driver(none).pulled(0, answer))
                    .isExactlyInstanceOf(StreamCorruptedException.class);
        }
    }

    @Test
    void nonces_differ() {
        assertThat(Conversation.newNonce()).hasSize(Request.CONVERSATION).isNotEqualTo(Conversation.newNonce());
    }
}
