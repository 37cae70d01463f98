// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Authenticates bytes by the key that drivers and workers share. Without a key there is nothing to check. */
final class Seal {
    static final String ALGORITHM = "HmacSHA256";

    /** The least that an attacker cannot try out. */
    static final int LEAST_KEY = 16;

    private static final int MAC = 32;

    private final @Nullable SecretKeySpec key;

    private Seal(@Nullable SecretKeySpec key) {
        this.key = key;
    }

    static Seal of(byte @Nullable [] key) {
        return new Seal(key == null ? null : new SecretKeySpec(key, ALGORITHM));
    }

    /** The seal for one conversation, so that what was said in another one is not accepted in it. */
    Seal derived(byte[]... about) {
        return key == null ? this : new Seal(new SecretKeySpec(mac(key, "conversation", joined(about)), ALGORITHM));
    }

    /** The content with a seal behind it, which says in which role it is said. */
    byte[] close(String role, byte[] content) {
        return key == null ? content : joined(content, mac(key, role, content));
    }

    /** The content of what was sealed in that role. */
    ByteBuffer open(String role, byte[] sealed) {
        if (key == null) {
            return ByteBuffer.wrap(sealed);
        }
        int length = sealed.length - MAC;
        if (length < 0) {
            throw new SecurityException("there is no seal on what another machine has sent");
        }
        byte[] content = Arrays.copyOf(sealed, length);
        byte[] expected = mac(key, role, content);
        if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(sealed, length, sealed.length))) {
            throw new SecurityException("the seal on what another machine has sent is not of the key of this cluster");
        }
        return ByteBuffer.wrap(content);
    }

    private static byte[] mac(SecretKeySpec key, String role, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(role.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each Java has " + ALGORITHM, e);
        }
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length = Math.addExact(length, part.length);
        }
        ByteBuffer joined = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            joined.put(part);
        }
        return joined.array();
    }
}
