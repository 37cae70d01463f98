// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrimesTest {
    @ParameterizedTest
    @ValueSource(strings = {"threads", "virtual", "processes", "cluster"})
    void numbers_areAnsweredInOrder(String place) {
        assertThat(Run.of("primes", "--on", place, "--workers", "2")).isEqualTo(new Run(0, """
                                112272535095293 is prime: true
                                112582705942171 is prime: true
                                112272535095293 is prime: true
                                115280095190773 is prime: true
                                115797848077099 is prime: true
                                1099726899285419 is prime: false
                                """, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--join=127.0.0.1:1",
                "--on=processes --key-file=key",
                "--on=cluster --join=127.0.0.1:1 --workers=2"
            })
    void optionsThatWouldBeIgnored_areRefused(String options) {
        Run run = Run.of(("primes " + options).split(" ", -1));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--join");
    }
}
