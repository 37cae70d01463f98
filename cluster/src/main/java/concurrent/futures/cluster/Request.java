// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.io.StreamCorruptedException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a driver asks of a worker: a kind, the conversation that it belongs to, and what is sealed.
 *
 * @param kind what is asked for
 * @param conversation the number that the driver has chosen
 * @param sealed the rest, which is nothing before its seal has been checked
 */
@SuppressWarnings("ArrayRecordComponent") // Is never compared.
record Request(Kind kind, byte[] conversation, byte[] sealed) {
    /** The length of the number of a conversation, which nobody can guess. */
    static final int CONVERSATION = 16;

    /** What a driver asks for. The ordinal is its number on the wire. */
    enum Kind {
        /** To begin a conversation. */
        HELLO,
        /** To take notes. */
        PUSH,
        /** To take notes, and tell when the task in them has ended. */
        CALL,
        /** To wait for notes, and give them. */
        PULL;

        private static final Kind[] ALL = values();
    }

    @SuppressWarnings("EnumOrdinal") // See above.
    byte[] encode() {
        return ByteBuffer.allocate(Byte.BYTES + CONVERSATION + sealed.length)
                .put((byte) kind.ordinal())
                .put(conversation)
                .put(sealed)
                .array();
    }

    static Request decode(byte[] bytes) throws StreamCorruptedException {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            int number = in.get();
            if (number < 0 || number >= Kind.ALL.length) {
                throw new StreamCorruptedException("there is no request of the kind " + number);
            }
            byte[] conversation = new byte[CONVERSATION];
            in.get(conversation);
            return new Request(Kind.ALL[number], conversation, Arrays.copyOfRange(bytes, in.position(), bytes.length));
        } catch (BufferUnderflowException e) {
            throw new StreamCorruptedException("a request of " + bytes.length + " bytes");
        }
    }
}
