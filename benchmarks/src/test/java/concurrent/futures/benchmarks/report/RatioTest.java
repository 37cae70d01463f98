// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatioTest {
    @ParameterizedTest
    @CsvSource({
        "THROUGHPUT, 8, 2, 4.00×",
        "THROUGHPUT, 2, 8, 0.25×",
        "TIME, 2, 8, 4.00×",
        "TIME, 8, 2, 0.25×",
        "BYTES, 28, 56, 2.00×"
    })
    void ratio_isMoreThanOneWhereWeAreBetter(Unit unit, double ours, double peer, String text) {
        assertThat(Ratio.of(new Score(ours, 0.1, unit), new Score(peer, 0.1, unit))
                        .text())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "THROUGHPUT, 10, 1, 12, 1, true", // 9 to 11 and 11 to 13
        "THROUGHPUT, 10, 1, 12, 0.9, false",
        "THROUGHPUT, 12, 0.9, 10, 1, false",
        "TIME, 10, 1, 12, 1, true",
        "TIME, 10, 1, 12, 0.9, false",
        "TIME, 12, 0.9, 10, 1, false",
        "TIME, 10, 20, 12, 1, true", // an error greater than the value
        "TIME, 10, NaN, 100, 1, true",
        "TIME, 10, 1, 100, NaN, true",
        "BYTES, 28, 0, 28, 0, true",
        "BYTES, 28, 0, 28.1, 0, false"
    })
    void overlap_isMarked(Unit unit, double ours, double ourError, double peer, double peerError, boolean overlap) {
        Ratio ratio = Ratio.of(new Score(ours, ourError, unit), new Score(peer, peerError, unit));

        assertThat(ratio.overlaps()).isEqualTo(overlap);
        assertThat(ratio.text().endsWith("× ≈")).isEqualTo(overlap);
    }

    @Test
    void peer_isAheadOnlyBeyondTheErrors() {
        Score ours = new Score(10, 1, Unit.TIME);

        assertThat(Ratio.of(ours, new Score(7, 1, Unit.TIME)).peerIsAhead()).isTrue();
        assertThat(Ratio.of(ours, new Score(8, 1, Unit.TIME)).peerIsAhead()).isFalse();
        assertThat(Ratio.of(ours, new Score(8, Double.NaN, Unit.TIME)).peerIsAhead())
                .isFalse();
        assertThat(Ratio.of(ours, new Score(13, 1, Unit.TIME)).peerIsAhead()).isFalse();
    }

    @Test
    void differentUnits_areNotCompared() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ratio.of(new Score(1, 0, Unit.TIME), new Score(1, 0, Unit.THROUGHPUT)));
    }
}
