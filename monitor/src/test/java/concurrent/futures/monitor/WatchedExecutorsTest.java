// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.FutureExecutor;
import concurrent.futures.Futures;
import concurrent.futures.VirtualThreadExecutor;
import concurrent.futures.process.ProcessExecutor;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lanes fit the executor, however many threads come and go, and through whichever view it is watched. */
class WatchedExecutorsTest {
    private static final int TASKS = 2_000;

    @Test
    void aViewOfVirtualThreads_hasALaneForEachThatRunsAtOnce() throws Exception {
        try (FutureExecutor executor = new VirtualThreadExecutor(3)) {
            assertThat(lanesOf(executor.withName("view"))).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void threadsWithNewNames_haveALaneForEachThatRunsAtOnce() throws Exception {
        AtomicInteger names = new AtomicInteger();
        try (FutureExecutor executor = FutureExecutor.over(
                run -> Thread.ofPlatform()
                        .name("thread " + names.incrementAndGet())
                        .start(run),
                3)) {
            assertThat(lanesOf(executor)).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void aViewOfProcesses_hasALaneForEachOfThem_withItsNumberAndMemory() throws Exception {
        try (FutureExecutor executor = ProcessExecutor.builder().maxWorkers(1).build()) {
            try (Recorder recorder = new Recorder("test", List.of(executor.withName("view")))) {
                long pid = executor.submit(() -> ProcessHandle.current().pid()).result();
                recorder.tick(/* thorough= */ true, (view, tick) -> {});
                recorder.read(view -> {
                    Watched watched = view.executors().getFirst();
                    assertThat(watched.lanes().size()).isEqualTo(1);
                    Processes.Info info = view.processes().of(watched.label(0));
                    if (info != null) { // where the system tells
                        assertThat(info.pid()).isEqualTo(pid);
                        assertThat(info.memory()).isPositive();
                    }
                });
            }
        }
    }

    private static int lanesOf(FutureExecutor executor) throws InterruptedException {
        try (Recorder recorder = new Recorder("test", List.of(executor))) {
            Futures.await(IntStream.range(0, TASKS)
                    .mapToObj(i -> executor.submit(() -> i))
                    .toList());
            int[] lanes = {0};
            recorder.read(view -> lanes[0] = view.executors().getFirst().lanes().size());
            return lanes[0];
        }
    }
}
