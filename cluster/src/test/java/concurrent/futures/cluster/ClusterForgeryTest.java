// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reaches a worker and has not its key is refused before anything that he says is read, and harms nobody. */
class ClusterForgeryTest {
    private static final byte[] KEY = "a key for the tests, of many bytes".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER_KEY = "another key, which is not that one".getBytes(StandardCharsets.US_ASCII);
    private static final String SEALED_WRONGLY = "java.lang.SecurityException: ";
    private static final int RANDOM_REQUESTS = 500;

    @TempDir
    static Path directory;

    private static Workers workers;
    private static Hand hand;

    private Marks marks;

    @BeforeAll
    static void open() throws Exception {
        Path key = Files.write(directory.resolve("key"), KEY);
        workers = Workers.start(directory, 1, 2, "--key-file", key.toString());
        hand = new Hand(workers.address());
    }

    @AfterAll
    static void close() {
        hand.close();
        workers.close();
    }

    @BeforeEach
    void newMarks() throws Exception {
        marks = Marks.in(directory);
    }

    /** Whatever has been said, the worker goes on, and has run nothing. */
    @AfterEach
    void workerGoesOn() throws Exception {
        assertThat(marks.of("forged")).isEmpty();
        try (ClusterExecutor executor =
                workers.connect(ClusterExecutor.builder().key(KEY))) {
            assertThat(executor.submit(() -> 42).result(Eventually.PATIENCE)).isEqualTo(42);
        }
    }

    private Note task(String mark) {
        Marks there = marks;
        return Note.of(Note.Kind.TASK, 1, hand.taskBytes(() -> {
            there.leave(mark);
            return 42;
        }));
    }

    private static byte[] flipped(byte[] bytes, int position, Random random) {
        byte[] copy = bytes.clone();
        copy[position] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return copy;
    }

    private static Random random() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        return new Random(seed);
    }

    /** What the other tests spoil is right: otherwise they would prove nothing. */
    @Test
    void holderOfTheKey_isHeard() throws Exception {
        Hand.Talk talk = hand.new Talk(Seal.of(KEY));
        assertThat(hand.send(talk.nextPush(task("fine")))).isEmpty();
        assertThat(talk.result()).isEqualTo(42);
        assertThat(marks.of("fine")).hasSize(1);
    }

    @Test
    void helloWithAnotherKey_isRefused() throws Exception {
        byte[] hello = Conversation.hello(Seal.of(OTHER_KEY), Conversation.newNonce(), hand.name());
        assertThat(hand.refusal(hello)).startsWith(SEALED_WRONGLY).contains("not of the key of this cluster");
    }

    @Test
    void helloWithoutASeal_isRefused() throws Exception {
        byte[] hello = Conversation.hello(Seal.of(null), Conversation.newNonce(), hand.name());
        assertThat(hand.refusal(hello)).startsWith(SEALED_WRONGLY);
        byte[] shorter = Conversation.hello(Seal.of(null), Conversation.newNonce(), "");
        assertThat(hand.refusal(shorter)).startsWith(SEALED_WRONGLY).contains("no seal");
    }

    @Test
    void pushWithAnotherKey_orWithout_isRefusedUnread() throws Exception {
        Hand.Talk talk = hand.new Talk(Seal.of(KEY));
        byte[] number = Request.decode(talk.hello).conversation();
        // Whoever has heard the number of a conversation, and read what is not a note at all, would tell of that.
        for (byte[] content : new byte[][] {{}, new byte[64], {1, 2, 3}}) {
            for (Seal seal : new Seal[] {Seal.of(OTHER_KEY), Seal.of(KEY), Seal.of(null)}) {
                byte[] forged = new Request(Request.Kind.PUSH, number, seal.close("push", content)).encode();
                assertThat(hand.refusal(forged)).startsWith(SEALED_WRONGLY);
            }
        }
        Conversation guessed = Conversation.with(Seal.of(OTHER_KEY), number, Conversation.newNonce());
        assertThat(hand.refusal(guessed.push(0, List.of(task("forged"))))).startsWith(SEALED_WRONGLY);
        assertThat(hand.send(talk.nextPush(task("fine")))).isEmpty();
        assertThat(talk.result()).isEqualTo(42);
    }

    @Test
    void flippedBits_areRefused_whereverTheyAre() throws Exception {
        Random random = random();
        Hand.Talk talk = hand.new Talk(Seal.of(KEY));
        byte[] hello = Conversation.hello(Seal.of(KEY), Conversation.newNonce(), hand.name());
        byte[] push = talk.nextPush(task("forged"));
        byte[] pull = talk.nextPull();
        int sealed = Byte.BYTES + Request.CONVERSATION;
        for (byte[] request : new byte[][] {hello, push, pull}) {
            for (int i = 0; i < request.length; i++) {
                String refusal = hand.refusal(flipped(request, i, random));
                if (i >= sealed) {
                    assertThat(refusal).as("position %d", i).startsWith(SEALED_WRONGLY);
                }
            }
        }
    }

    @Test
    void truncated_isRefused_atEachLength() throws Exception {
        Hand.Talk talk = hand.new Talk(Seal.of(KEY));
        byte[] hello = Conversation.hello(Seal.of(KEY), Conversation.newNonce(), hand.name());
        byte[] pull = talk.nextPull();
        byte[] push = talk.nextPush(task("forged"));
        int sealed = Byte.BYTES + Request.CONVERSATION;
        for (byte[] request : new byte[][] {hello, pull, push}) {
            for (int length = 0; length < request.length; length++) {
                String refusal = hand.refusal(Arrays.copyOf(request, length));
                if (length >= sealed) {
                    assertThat(refusal).as("length %d", length).startsWith(SEALED_WRONGLY);
                }
            }
            assertThat(hand.refusal(Arrays.copyOf(request, request.length + 1))).startsWith(SEALED_WRONGLY);
        }
    }

    @Test
    void replayed_isRefused() throws Exception {
        Hand.Talk talk = hand.new Talk(Seal.of(KEY));
        byte[] push = talk.nextPush(task("fine"));
        assertThat(hand.send(push)).isEmpty();
        assertThat(hand.refusal(push)).contains("a push that has come before");
        assertThat(talk.result()).isEqualTo(42);
        assertThat(hand.refusal(push)).contains("a push that has come before");
        assertThat(hand.refusal(talk.conversation.pull(0))).contains("a pull that has come before");
        assertThat(hand.refusal(talk.hello)).contains("this conversation has begun before");
        assertThat(marks.of("fine")).hasSize(1);
    }

    @Test
    void replayedLater_beginsNothing() throws Exception {
        Hand.Talk talk = hand.new Talk(Seal.of(KEY));
        byte[] push = talk.nextPush(task("fine"));
        assertThat(hand.send(push)).isEmpty();
        assertThat(talk.result()).isEqualTo(42);
        assertThat(hand.send(talk.nextPush(Note.of(Note.Kind.BYE, 0)))).isEmpty();
        assertThat(hand.refusal(push)).contains("no such conversation");
        // The worker has forgotten that one, and answers with a nonce that makes all that was said in it worthless.
        assertThat(hand.send(talk.hello)).isNotEmpty();
        assertThat(hand.refusal(push)).startsWith(SEALED_WRONGLY);
        assertThat(marks.of("fine")).hasSize(1);
    }

    @Test
    void whatWasSaidElsewhere_isRefused() throws Exception {
        Hand.Talk one = hand.new Talk(Seal.of(KEY));
        Hand.Talk other = hand.new Talk(Seal.of(KEY));
        Request push = Request.decode(one.nextPush(task("forged")));
        byte[] number = Request.decode(other.hello).conversation();
        assertThat(hand.refusal(new Request(push.kind(), number, push.sealed()).encode()))
                .startsWith(SEALED_WRONGLY);
        assertThat(hand.refusal(new Request(Request.Kind.PULL, push.conversation(), push.sealed()).encode()))
                .startsWith(SEALED_WRONGLY);
        assertThat(hand.refusal(new Request(Request.Kind.HELLO, push.conversation(), push.sealed()).encode()))
                .startsWith(SEALED_WRONGLY);
    }

    @Test
    void anyBytes_areRefused() throws Exception {
        Random random = random();
        for (int i = 0; i < RANDOM_REQUESTS; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[0] = (byte) random.nextInt(Request.Kind.values().length);
            }
            assertThat(hand.refusal(bytes)).isNotNull();
        }
    }
}
