// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The points of a plot, over a time that has no bound. */
class SeriesTest {
    @Test
    void aDay_fitsAndNothingIsLost() {
        Series series = new Series();
        int ticks = 4 * 60 * 60 * 24;
        for (int tick = 1; tick <= ticks; tick++) {
            series.add(new Series.Point(tick * 250L, 250, 3, 1, tick, 2));
        }
        List<Series.Point> points = series.points();

        assertThat(points).hasSizeBetween(Series.MOST / 2, Series.MOST);
        assertThat(points.stream().mapToLong(Series.Point::finished).sum()).isEqualTo(3L * ticks);
        assertThat(points.stream().mapToLong(Series.Point::failed).sum()).isEqualTo(ticks);
        assertThat(points.getLast().queued()).isEqualTo(ticks);
        long end = 0;
        for (Series.Point point : points) {
            assertThat(point.time() - point.width()).isEqualTo(end);
            end = point.time();
        }
    }
}
