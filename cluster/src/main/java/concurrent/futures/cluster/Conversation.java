// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.io.StreamCorruptedException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * What a driver and a worker agree upon before they exchange notes: a number of the driver's and one of the worker's,
 * from which the seal is derived, so that nothing can be said twice.
 */
final class Conversation {
    /*
     * Overview
     * --------
     *   driver                                           worker
     *   HELLO number, version, who I am            ─→
     *                                              ←─    welcome: its number, version, how many threads it has
     *   PUSH  n, notes                             ─→
     *                                              ←─    (nothing)
     *   CALL  n, notes, a task the last of them     ─→
     *                                              ←─    n, notes, when the task has ended
     *   PULL  m                                    ─→
     *                                              ←─    m, notes, as soon as there are any
     *
     * Each of these is sealed. The seals of HELLO and of its answer are made with the key itself; one that is repeated
     * begins a conversation in which nobody but a holder of the key can say anything.
     */
    /** Changes whenever one side would not understand the other. */
    static final int VERSION = 2;

    static final SecureRandom RANDOM = new SecureRandom();

    private static final int NONCE = 16;

    private final byte[] number;
    private final Seal seal;

    private Conversation(byte[] number, Seal seal) {
        this.number = number;
        this.seal = seal;
    }

    static byte[] newNonce() {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        return nonce;
    }

    /* ---------------- The driver's side ---------------- */

    /** The request that begins a conversation. */
    static byte[] hello(Seal key, byte[] number, String driver) {
        byte[] who = driver.getBytes(StandardCharsets.UTF_8);
        byte[] content = ByteBuffer.allocate(number.length + Integer.BYTES + who.length)
                .put(number)
                .putInt(VERSION)
                .put(who)
                .array();
        return new Request(Request.Kind.HELLO, number, key.close("hello", content)).encode();
    }

    /** What a worker has answered to that. */
    record Welcome(Conversation conversation, int threads) {
        static Welcome of(Seal key, byte[] number, byte[] answer) throws StreamCorruptedException {
            ByteBuffer in = key.open("welcome", answer);
            byte[] nonce = new byte[NONCE];
            byte[] echo = new byte[number.length];
            try {
                in.get(echo).get(nonce);
                checkVersion(in.getInt());
                int threads = in.getInt();
                if (!Arrays.equals(echo, number) || threads <= 0) {
                    throw new StreamCorruptedException("not the answer to this question");
                }
                return new Welcome(new Conversation(number, key.derived(number, nonce)), threads);
            } catch (BufferUnderflowException e) {
                throw new StreamCorruptedException("an answer of " + answer.length + " bytes");
            }
        }
    }

    byte[] push(long turn, List<Note> notes) {
        return new Request(Request.Kind.PUSH, number, seal.close("push", numbered(turn, Note.encode(notes)))).encode();
    }

    /** As a push, for an answer that tells what has become of the task in it. */
    byte[] call(long turn, List<Note> notes) {
        return new Request(Request.Kind.CALL, number, seal.close("call", numbered(turn, Note.encode(notes)))).encode();
    }

    byte[] pull(long turn) {
        return new Request(Request.Kind.PULL, number, seal.close("pull", numbered(turn, Note.EMPTY))).encode();
    }

    /** The notes that a worker has answered to a pull. */
    List<Note> pulled(long turn, byte[] answer) throws StreamCorruptedException {
        return notes("pulled", turn, answer);
    }

    /** The notes that a worker has answered to a call. */
    List<Note> called(long turn, byte[] answer) throws StreamCorruptedException {
        return notes("called", turn, answer);
    }

    private List<Note> notes(String role, long turn, byte[] answer) throws StreamCorruptedException {
        ByteBuffer in = seal.open(role, answer);
        if (turnOf(in) != turn) {
            throw new StreamCorruptedException("the answer to another question");
        }
        return Note.decode(in);
    }

    /* ---------------- The worker's side ---------------- */

    /** Whoever wants to begin a conversation: what it says it is called. */
    static String driverOf(Seal key, Request request) throws StreamCorruptedException {
        ByteBuffer in = key.open("hello", request.sealed());
        byte[] number = new byte[Request.CONVERSATION];
        try {
            in.get(number);
            if (!Arrays.equals(number, request.conversation())) {
                throw new SecurityException("the number of a conversation has been changed");
            }
            checkVersion(in.getInt());
        } catch (BufferUnderflowException e) {
            throw new StreamCorruptedException("a greeting that is too short");
        }
        byte[] who = new byte[in.remaining()];
        in.get(who);
        return new String(who, StandardCharsets.UTF_8);
    }

    /** The worker's side of a conversation. */
    static Conversation with(Seal key, byte[] number, byte[] nonce) {
        return new Conversation(number, key.derived(number, nonce));
    }

    /** The answer to the request that began a conversation. */
    static byte[] welcome(Seal key, byte[] number, byte[] nonce, int threads) {
        byte[] content = ByteBuffer.allocate(number.length + nonce.length + 2 * Integer.BYTES)
                .put(number)
                .put(nonce)
                .putInt(VERSION)
                .putInt(threads)
                .array();
        return key.close("welcome", content);
    }

    /** What is behind the number of its turn. */
    record Said(long turn, ByteBuffer content) {}

    Said said(Request request) throws StreamCorruptedException {
        String role = switch (request.kind()) {
            case PUSH -> "push";
            case CALL -> "call";
            case PULL -> "pull";
            case HELLO -> throw new StreamCorruptedException("a greeting in a conversation");
        };
        ByteBuffer in = seal.open(role, request.sealed());
        return new Said(turnOf(in), in);
    }

    byte[] answerToPull(long turn, List<Note> notes) {
        return seal.close("pulled", numbered(turn, Note.encode(notes)));
    }

    byte[] answerToCall(long turn, List<Note> notes) {
        return seal.close("called", numbered(turn, Note.encode(notes)));
    }

    /* ---------------- Both ---------------- */

    private static byte[] numbered(long turn, byte[] content) {
        return ByteBuffer.allocate(Long.BYTES + content.length)
                .putLong(turn)
                .put(content)
                .array();
    }

    private static long turnOf(ByteBuffer in) throws StreamCorruptedException {
        if (in.remaining() < Long.BYTES) {
            throw new StreamCorruptedException("there is no number of a turn");
        }
        return in.getLong();
    }

    private static void checkVersion(int version) throws StreamCorruptedException {
        if (version != VERSION) {
            throw new StreamCorruptedException("the other side speaks version " + version + " of the protocol, and this"
                    + " one version " + VERSION + ": run the same version of concurrent-futures on all machines");
        }
    }
}
