// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.Promise;
import concurrent.futures.TaskEvent;
import org.junit.jupiter.api.Test;

/** What a lane knows of its tasks: they end in any order, and of each nothing is left. */
class LaneTest {
    private final TaskCount task = new TaskCounts().of("task");

    @Test
    void aTaskInsideOfAnother_countsAsPartOfIt() {
        Lane lane = new Lane(/* sentAhead= */ false);
        long now = System.nanoTime();
        TaskEvent outer = task(1, now, now + 100);
        TaskEvent inner = task(2, now + 20, now + 50);
        lane.started(outer, task);
        lane.started(inner, task);

        assertThat(end(lane, inner)).as("depth").isEqualTo(1);
        assertThat(end(lane, outer)).as("depth").isZero();
        assertThat(lane.running()).isNull();
        assertThat(lane.busyNanos(now)).isEqualTo(100);
        assertThat(lane.done()).isEqualTo(2);
    }

    @Test
    void tasksThatAreSentAhead_runOneAfterTheOther() {
        Lane lane = new Lane(/* sentAhead= */ true);
        long now = System.nanoTime();
        TaskEvent first = task(1, now, now + 30);
        TaskEvent second = task(2, now, now + 50);
        lane.started(first, task);
        lane.started(second, task);

        assertThat(lane.begin(first.started())).isEqualTo(now);
        assertThat(end(lane, first)).as("depth").isZero();
        assertThat(lane.begin(second.started())).isEqualTo(now + 30);
        assertThat(end(lane, second)).as("depth").isZero();
        assertThat(lane.running()).isNull();
        assertThat(lane.busyNanos(now)).isEqualTo(50);
    }

    @Test
    void aTaskThatBeganUnheard_isCountedAlone() {
        Lane lane = new Lane(/* sentAhead= */ false);
        long now = System.nanoTime();
        TaskEvent heard = task(2, now, now + 10);
        lane.started(heard, task);

        assertThat(end(lane, task(1, now, now + 5))).isZero();
        assertThat(lane.done()).isEqualTo(1);
        assertThat(lane.running()).isNotNull();
    }

    private static int end(Lane lane, TaskEvent event) {
        return lane.finished(event, lane.begin(event.started()), Span.SUCCEEDED);
    }

    private static TaskEvent task(long id, long started, long ended) {
        return new TaskEvent("e", id, "task", "w", 0, null, started, started, ended, null, new Promise<>());
    }
}
