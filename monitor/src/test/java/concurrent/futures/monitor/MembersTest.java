// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.Promise;
import concurrent.futures.TaskEvent;
import concurrent.futures.WorkerEvent;
import org.junit.jupiter.api.Test;

/** Each member of a cluster has as many lanes as it has run tasks at once. */
class MembersTest {
    private final Members members = new Members();

    @Test
    void tasksAtTheSameTime_haveLanesOfTheirMembers() {
        assertThat(members.begun(task(1, "a"))).isEqualTo(0);
        assertThat(members.begun(task(2, "b"))).isEqualTo(1);
        assertThat(members.begun(task(3, "a"))).isEqualTo(2);
        assertThat(members.label(0)).isEqualTo("a #1");
        assertThat(members.label(1)).isEqualTo("b #1");
        assertThat(members.label(2)).isEqualTo("a #2");

        assertThat(members.ended(task(1, "a"))).isEqualTo(0);
        assertThat(members.begun(task(4, "b")))
                .as("not that of the other member")
                .isEqualTo(3);
        assertThat(members.begun(task(5, "a"))).isEqualTo(0);
    }

    @Test
    void theLanesOfAMemberThatHasGone_goToOthersWhenTheyAreFree() {
        members.begun(task(1, "a"));
        members.begun(task(2, "a"));
        members.ended(task(2, "a"));

        assertThat(members.gone(new WorkerEvent("cluster", "a", -1))).containsExactly(0, 1);
        assertThat(members.begun(task(3, "b"))).isEqualTo(1);
        assertThat(members.label(1)).isEqualTo("b #1");
        assertThat(members.begun(task(4, "b"))).as("the first is still in use").isEqualTo(2);
        assertThat(members.ended(task(1, "a"))).isEqualTo(0);
        assertThat(members.begun(task(5, "b"))).isEqualTo(0);
        assertThat(members.label(0)).isEqualTo("b #3");
    }

    @Test
    void moreTasksAtOnceThanLanes_areNotDrawn() {
        int lane = 0;
        for (int id = 0; lane >= 0; id++) {
            lane = members.begun(task(id, "member " + id));
            assertThat(id).isLessThan(2_000);
        }
        assertThat(members.ended(task(0, "member 0"))).isZero();
    }

    @Test
    void aTaskThatBeganUnheard_hasNoLane() {
        assertThat(members.ended(task(7, "a"))).isEqualTo(-1);
        assertThat(members.label(0)).isNull();
    }

    private static TaskEvent task(long id, String worker) {
        return new TaskEvent("cluster", id, null, worker, -1, null, 1, 2, 0, null, new Promise<>());
    }
}
