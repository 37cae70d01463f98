// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Options are immutable values: each method gives a new one. (What they refuse is in {@link FuturesBadInputTest}.) */
class MapOptionsTest {
    @Test
    void withers_returnNewValuesAndLeaveTheOldAlone() {
        MapOptions defaults = MapOptions.defaults();
        String before = defaults.toString();
        assertThat(defaults.bufferSize(3)).isNotSameAs(defaults);
        assertThat(defaults.chunkSize(3)).isNotSameAs(defaults);
        assertThat(defaults.timeout(Duration.ofSeconds(3))).isNotSameAs(defaults);
        assertThat(defaults.unordered()).isNotSameAs(defaults);
        assertThat(defaults.toString()).isEqualTo(before);
        assertThat(MapOptions.defaults().toString()).isEqualTo(before);
    }

    @Test
    void withers_keepTheOtherOptions() {
        MapOptions options = MapOptions.defaults()
                .timeout(Duration.ofSeconds(5))
                .unordered()
                .chunkSize(2)
                .bufferSize(7);
        assertThat(options.toString())
                .contains("bufferSize=7")
                .contains("chunkSize=2")
                .contains("timeout=PT5S")
                .contains("unordered=true");
        assertThat(options.isUnordered()).isTrue();
        assertThat(options.itemsPerTask()).isEqualTo(2);
        assertThat(options.tasksAhead(1)).isEqualTo(3);
        assertThat(options.deadline().never()).isFalse();
    }

    @Test
    void lastValue_counts() {
        MapOptions options =
                MapOptions.defaults().bufferSize(1).bufferSize(9).chunkSize(9).chunkSize(1);
        assertThat(options.tasksAhead(1)).isEqualTo(9);
        assertThat(options.itemsPerTask()).isEqualTo(1);
    }

    @Test
    void defaults_areOneItemATaskOrderedWithoutTimeout() {
        MapOptions options = MapOptions.defaults();
        assertThat(options.itemsPerTask()).isEqualTo(1);
        assertThat(options.isUnordered()).isFalse();
        assertThat(options.deadline().never()).isTrue();
        assertThat(options.tasksAhead(1)).isEqualTo(64);
        assertThat(options.tasksAhead(100)).isEqualTo(400);
        assertThat(options.tasksAhead(Integer.MAX_VALUE)).isEqualTo(1 << 20);
    }

    @Test
    void options_mayBeUsedForManyMaps() {
        MapOptions options = MapOptions.defaults().timeout(ManyFutures.LONG).unordered();
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            for (int i = 0; i < 3; i++) {
                assertThat(executor.map(item -> item, ManyFutures.Counted.upTo(10), options))
                        .hasSize(10);
            }
        }
    }
}
