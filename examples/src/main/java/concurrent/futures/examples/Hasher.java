// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes files one after another on one thread, with one buffer. */
final class Hasher {
    private static final int BUFFER_SIZE = 64 * 1024;
    private static final ThreadLocal<Hasher> OF_THREAD = ThreadLocal.withInitial(Hasher::new);

    private final MessageDigest digest = newDigest();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE);

    private Hasher() {}

    /** The SHA-256 checksum of a file, in hexadecimal. An interrupt ends it: that is what a channel is for. */
    static String sha256(Path file) throws IOException {
        return OF_THREAD.get().hash(file);
    }

    private String hash(Path file) throws IOException {
        digest.reset();
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(buffer.clear()) >= 0) {
                digest.update(buffer.flip());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
