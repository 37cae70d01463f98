// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which process is drawn where. */
class SeatsTest {
    private final Seats seats = new Seats();

    @Test
    void aProcess_keepsItsLane() {
        assertThat(seats.of("a")).isEqualTo(0);
        assertThat(seats.of("b")).isEqualTo(1);
        assertThat(seats.of("a")).isEqualTo(0);
    }

    @Test
    void theLaneOfOneThatHasEnded_goesToTheNext() {
        seats.of("a");
        seats.of("b");
        seats.leave("a");
        assertThat(seats.ofFormer("a")).as("for what it ran last").isEqualTo(0);

        assertThat(seats.of("c")).isEqualTo(0);
        assertThat(seats.ofFormer("a")).isEqualTo(-1);
        assertThat(seats.of("d")).isEqualTo(2);
    }

    @Test
    void processesThatComeAndGo_needNoMoreLanes() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(seats.of("worker " + i)).isZero();
            seats.leave("worker " + i);
        }
    }
}
