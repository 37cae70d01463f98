// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    @Test
    void after_hour_isAnHourFromNow() {
        Deadline deadline = Deadline.after(Duration.ofHours(1));

        assertThat(deadline.never()).isFalse();
        assertThat(deadline.isOver()).isFalse();
        assertThat(deadline.remaining()).isCloseTo(HOUR, within(MINUTE));
    }

    @Test
    void after_unit_isTheSameAsDuration() {
        Deadline deadline = Deadline.after(60, TimeUnit.MINUTES);

        assertThat(deadline.never()).isFalse();
        assertThat(deadline.remaining()).isCloseTo(HOUR, within(MINUTE));
    }

    @Test
    void after_zero_isOver() {
        assertThat(Deadline.after(Duration.ZERO).isOver()).isTrue();
        assertThat(Deadline.after(0, TimeUnit.DAYS).isOver()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -1_000_000_000, Long.MIN_VALUE})
    void after_negative_isOverAndNotLongAgo(long timeout) {
        for (Deadline deadline : new Deadline[] {
            Deadline.after(Duration.ofSeconds(timeout)),
            Deadline.after(Duration.ofNanos(timeout)),
            Deadline.after(timeout, TimeUnit.NANOSECONDS),
            Deadline.after(timeout, TimeUnit.DAYS),
            Deadline.afterNanos(timeout)
        }) {
            assertThat(deadline.never()).isFalse();
            assertThat(deadline.isOver()).isTrue();
            assertThat(deadline.remaining()).isCloseTo(0, within(MINUTE));
        }
    }

    @Test
    void after_moreThanAnybodyWaits_isNever() {
        assertThat(Deadline.after(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)))
                .isEqualTo(Deadline.NEVER);
        assertThat(Deadline.after(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Deadline.NEVER);
        assertThat(Deadline.after(Duration.ofNanos(Long.MAX_VALUE))).isEqualTo(Deadline.NEVER);
        assertThat(Deadline.after(Long.MAX_VALUE, TimeUnit.NANOSECONDS)).isEqualTo(Deadline.NEVER);
        assertThat(Deadline.after(Long.MAX_VALUE, TimeUnit.DAYS)).isEqualTo(Deadline.NEVER);
    }

    @Test
    void after_aHundredYears_isInTheFutureWithoutOverflow() {
        Duration century = Duration.ofDays(36_500);
        Deadline deadline = Deadline.after(century);

        assertThat(deadline.isOver()).isFalse();
        assertThat(deadline.remaining()).isCloseTo(century.toNanos(), within(MINUTE));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE / 2 - 1, Long.MAX_VALUE / 2, Long.MAX_VALUE / 2 + 1, Long.MAX_VALUE - 1})
    void afterNanos_nearTheLimit_isNotOver(long nanos) {
        Deadline deadline = Deadline.afterNanos(nanos);

        assertThat(deadline.isOver()).isFalse();
        assertThat(deadline.remaining()).isGreaterThan(TimeUnit.DAYS.toNanos(36_500));
    }

    @Test
    void never_isNeverOver() {
        assertThat(Deadline.NEVER.never()).isTrue();
        assertThat(Deadline.NEVER.isOver()).isFalse();
        assertThat(Deadline.NEVER.remaining()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void isOver_whenTheMomentHasPassed() {
        Deadline deadline = Deadline.afterNanos(1_000);
        while (deadline.remaining() > 0) {
            Thread.onSpinWait();
        }

        assertThat(deadline.isOver()).isTrue();
    }

    @Test
    void or_givesTheEarlier() {
        Deadline early = Deadline.after(Duration.ofMinutes(1));
        Deadline late = Deadline.after(Duration.ofHours(1));

        assertThat(early.earlierOf(late)).isSameAs(early);
        assertThat(late.earlierOf(early)).isSameAs(early);
        assertThat(early.earlierOf(Deadline.NEVER)).isSameAs(early);
        assertThat(Deadline.NEVER.earlierOf(early)).isSameAs(early);
        assertThat(Deadline.NEVER.earlierOf(Deadline.NEVER)).isSameAs(Deadline.NEVER);
    }

    @Test
    void or_acrossTheOverflowOfTheClock_givesTheEarlier() {
        Deadline early = new Deadline(Long.MAX_VALUE - 10, false);
        Deadline late = new Deadline(Long.MIN_VALUE + 10, false);

        assertThat(early.earlierOf(late)).isSameAs(early);
        assertThat(late.earlierOf(early)).isSameAs(early);
    }

    @Test
    void saturatedNanos_ofAnyDuration() {
        assertThat(Deadline.saturatedNanos(Duration.ofSeconds(2, 5))).isEqualTo(2_000_000_005L);
        assertThat(Deadline.saturatedNanos(Duration.ZERO)).isZero();
        assertThat(Deadline.saturatedNanos(Duration.ofNanos(-1))).isZero();
        assertThat(Deadline.saturatedNanos(Duration.ofSeconds(Long.MIN_VALUE))).isZero();
        assertThat(Deadline.saturatedNanos(Duration.ofNanos(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(Deadline.saturatedNanos(Duration.ofSeconds(9_223_372_035L, 999_999_999)))
                .isEqualTo(9_223_372_035_999_999_999L);
        assertThat(Deadline.saturatedNanos(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
    }
}
