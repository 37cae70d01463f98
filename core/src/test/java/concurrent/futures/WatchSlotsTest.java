// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who listeners are told that runs a task. */
class WatchSlotsTest {
    private static TaskEvent started(EventLog log, long id) {
        return log.started().stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void threads_haveTheirNumbers() throws Exception {
        EventLog log = new EventLog();
        try (ThreadExecutor executor = ThreadExecutor.builder()
                        .maxWorkers(3)
                        .threadNamePrefix("w")
                        .build();
                Gate gate = new Gate()) {
            executor.addListener(log);
            for (int i = 0; i < 3; i++) {
                executor.withName("named").submit(gate::pass);
            }
            gate.awaitArrivals(3);
            assertThat(log.started()).extracting(TaskEvent::slot).containsExactlyInAnyOrder(0, 1, 2);
            assertThat(log.started()).extracting(TaskEvent::worker).containsExactlyInAnyOrder("w_0", "w_1", "w_2");
            assertThat(log.workers()).hasSize(3).allMatch(each -> each.worker().equals("w_" + each.slot()));
        }
        assertThat(log.workers()).hasSize(6);
    }

    @Test
    void workerThatATaskRenames_endsByTheNameThatItBeganWith() throws Exception {
        EventLog log = new EventLog();
        try (ThreadExecutor executor =
                ThreadExecutor.builder().maxWorkers(1).threadNamePrefix("w").build()) {
            executor.addListener(log);
            executor.submit(() -> Thread.currentThread().setName("renamed")).result();
        }
        assertThat(log.workers()).extracting(WorkerEvent::worker).containsExactly("w_0", "w_0");
    }

    @Test
    void virtualThreads_areInTheLowestFreeLane() throws Exception {
        EventLog log = new EventLog();
        try (FutureExecutor executor = new VirtualThreadExecutor(10)) {
            executor.addListener(log);
            try (Gate gate = new Gate()) {
                executor.submit(gate::pass);
                gate.awaitArrivals(1);
                executor.submit(gate::pass);
                gate.awaitArrivals(1);
            }
        }
        assertThat(started(log, 1).slot()).isZero();
        assertThat(started(log, 2).slot()).isEqualTo(1);
        assertThat(log.workers()).isEmpty();
    }

    @Test
    void lane_isTheLowestThatIsFree() {
        Lanes lanes = new Lanes();
        assertThat(List.of(lanes.take(), lanes.take(), lanes.take())).containsExactly(0, 1, 2);
        lanes.giveBack(1);
        lanes.giveBack(0);
        assertThat(List.of(lanes.take(), lanes.take(), lanes.take())).containsExactly(0, 1, 3);
    }

    @Test
    void lanes_areAsManyAsTasksThatRun() throws Exception {
        EventLog log = new EventLog();
        FutureExecutor executor = new VirtualThreadExecutor(4);
        executor.addListener(log);
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            futures.add(executor.submit(() -> {}));
        }
        for (Future<?> each : futures) {
            each.result();
        }
        executor.close();
        assertThat(log.started()).hasSize(500).allMatch(each -> each.slot() >= 0 && each.slot() < 4);
    }

    @Test
    void taskThatIsRunInsideOfAnother_hasItsSlot() throws Exception {
        for (FutureExecutor executor : List.of(new ThreadExecutor(1), new VirtualThreadExecutor(1))) {
            EventLog log = new EventLog();
            executor.addListener(log);
            executor.submit(() -> executor.submit(() -> 1).result()).result();
            executor.close();
            assertThat(started(log, 2).slot()).isZero();
            assertThat(started(log, 2).worker()).isEqualTo(started(log, 1).worker());
            assertThat(log.finished()).extracting(TaskEvent::id).containsExactly(2L, 1L);
        }
    }

    @Test
    void taskThatItsSubmitterRuns_hasNone() throws Exception {
        EventLog log = new EventLog();
        try (ThreadExecutor executor = ThreadExecutor.builder()
                        .maxWorkers(1)
                        .queueCapacity(1)
                        .whenFull(WhenFull.CALLER_RUNS)
                        .build();
                Gate gate = new Gate()) {
            executor.addListener(log);
            executor.submit(gate::pass);
            gate.awaitArrivals(1);
            executor.submit(() -> {});
            executor.submit(() -> {}).result();
            assertThat(log.of(3)).containsExactly("3 submitted", "3 started", "3 SUCCEEDED");
            assertThat(started(log, 3).slot()).isEqualTo(-1);
            assertThat(started(log, 3).worker())
                    .isEqualTo(Thread.currentThread().getName());
        }
    }
}
