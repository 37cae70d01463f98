// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityTest {
    private static final byte[] KEY = new byte[Seal.LEAST_KEY];

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1:5701",
                "127.1.2.3:1",
                "localhost",
                "localhost:5701",
                "::1",
                "[::1]",
                "[::1]:5701"
            })
    void whatIsOfThisMachineAlone_needsNoKey(String address) {
        assertThatCode(() -> Security.check(List.of(address), null)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "10.0.0.1:5701",
                "0.0.0.0",
                "*",
                "127.0.0.*",
                "127.0.0.1-5",
                "127.0.0.1,10.0.0.1",
                "::",
                "[::]:5701",
                "[2001:db8::1]:5701",
                "[::1",
                "",
                ":5701",
                "127.0.0.1.example.invalid",
                "localhost.example.invalid:5701"
            })
    void anythingElse_needsOne(String address) {
        assertThatThrownBy(() -> Security.check(List.of("127.0.0.1", address), null))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(address + " is not of this machine alone")
                .hasMessageContaining("key(byte[])");
        assertThatCode(() -> Security.check(List.of(address), KEY)).doesNotThrowAnyException();
    }

    @Test
    void key_isCopied() {
        byte[] key = KEY.clone();
        byte[] checked = Security.checkedKey(key);
        key[0] = 1;
        assertThat(checked).isEqualTo(KEY);
    }

    @Test
    void shortKey_isRefused() {
        assertThatThrownBy(() -> Security.checkedKey(new byte[Seal.LEAST_KEY - 1]))
                .isExactlyInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.*", "*.*.*.*", "10.0.0.1-9", "10.0.1-2.3"})
    void severalAddresses_areAPattern(String address) {
        assertThat(Security.isPattern(address)).isTrue();
        assertThat(Security.numeric(address)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "localhost", "my-host", "::1"})
    void oneAddress_isNone(String address) {
        assertThat(Security.isPattern(address)).isFalse();
    }
}
