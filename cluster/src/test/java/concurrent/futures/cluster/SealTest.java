// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final byte[] CONTENT = "what is said".getBytes(StandardCharsets.US_ASCII);
    private static final Seal SEAL = Seal.of(key(1));

    private static byte[] key(int fill) {
        byte[] key = new byte[Seal.LEAST_KEY];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    private static void assertRefused(Seal seal, String role, byte[] sealed) {
        assertThatThrownBy(() -> seal.open(role, sealed)).isExactlyInstanceOf(SecurityException.class);
    }

    @Test
    void whatIsClosed_isOpenedByTheSameKeyInTheSameRole() {
        assertThat(Seal.of(key(1)).open("push", SEAL.close("push", CONTENT))).isEqualTo(ByteBuffer.wrap(CONTENT));
        assertThat(SEAL.open("push", SEAL.close("push", Note.EMPTY)).remaining())
                .isZero();
    }

    /** What other versions of this library have to do as well; by {@code openssl dgst -sha256 -mac HMAC}. */
    @Test
    void seal_isTheHmacOfTheRoleAZeroAndTheContent() {
        byte[] sealed =
                Seal.of("0123456789abcdef".getBytes(StandardCharsets.US_ASCII)).close("push", CONTENT);
        assertThat(sealed).startsWith(CONTENT);
        assertThat(HexFormat.of().formatHex(sealed, CONTENT.length, sealed.length))
                .isEqualTo("0a17bd15152a9af18c733dedac1d106d21929fb6a1df1c169be51f909ca5d696");
    }

    @Test
    void anotherRole_isRefused() {
        assertRefused(SEAL, "pull", SEAL.close("push", CONTENT));
    }

    /** The zero keeps a role and the content apart. */
    @Test
    void roleThatSwallowsTheContent_isRefused() {
        byte[] sealed = SEAL.close("pushx", Note.EMPTY);
        byte[] moved = new byte[sealed.length + 1];
        moved[0] = 'x';
        System.arraycopy(sealed, 0, moved, 1, sealed.length);
        assertRefused(SEAL, "push", moved);
    }

    @Test
    void anotherKey_isRefused() {
        assertRefused(Seal.of(key(2)), "push", SEAL.close("push", CONTENT));
    }

    @Test
    void eachBitCounts() {
        byte[] sealed = SEAL.close("push", CONTENT);
        for (int i = 0; i < sealed.length * Byte.SIZE; i++) {
            byte[] flipped = sealed.clone();
            flipped[i / Byte.SIZE] ^= (byte) (1 << i % Byte.SIZE);
            assertRefused(SEAL, "push", flipped);
        }
    }

    @Test
    void eachByteCounts() {
        byte[] sealed = SEAL.close("push", CONTENT);
        for (int length = 0; length < sealed.length; length++) {
            assertRefused(SEAL, "push", Arrays.copyOf(sealed, length));
        }
        assertRefused(SEAL, "push", Arrays.copyOf(sealed, sealed.length + 1));
    }

    @Test
    void withoutAKey_nothingIsAddedOrChecked() {
        Seal none = Seal.of(null);
        assertThat(none.close("push", CONTENT)).isEqualTo(CONTENT);
        assertThat(none.open("pull", CONTENT)).isEqualTo(ByteBuffer.wrap(CONTENT));
        assertThat(none.derived(CONTENT)).isSameAs(none);
    }

    @Test
    void derived_dependsOnTheKeyAndOnAllThatItIsAbout() {
        byte[] one = {1};
        byte[] other = {2};
        byte[] sealed = SEAL.derived(one, other).close("push", CONTENT);
        assertThat(SEAL.derived(one, other).open("push", sealed)).isEqualTo(ByteBuffer.wrap(CONTENT));
        assertRefused(SEAL, "push", sealed);
        assertRefused(SEAL.derived(other, one), "push", sealed);
        assertRefused(SEAL.derived(one), "push", sealed);
        assertRefused(Seal.of(key(2)).derived(one, other), "push", sealed);
    }
}
