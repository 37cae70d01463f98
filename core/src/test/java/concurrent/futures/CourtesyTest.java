// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Workers that make way for each other at the queue: nothing may be left lying because of that. */
class CourtesyTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    /** A worker that stays away has to come back when the one that it makes way for is stuck. */
    @Test
    void makeWay_forAWorkerThatGetsStuck_isGivenUp() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            for (int round = 0; round < 300; round++) {
                AtomicInteger ran = new AtomicInteger();
                for (int i = 0; i < 2_000; i++) {
                    executor.submit(() -> ran.incrementAndGet());
                }
                CountDownLatch opened = new CountDownLatch(1);
                Future<?> stuck = executor.submit(() -> opened.await());
                Future<?> opener = executor.submit(() -> opened.countDown());
                opener.result(LONG);
                stuck.result(LONG);
                assertThat(ran).hasValue(2_000);
            }
        }
    }

    @Test
    void poll_takingTurnsWithAnother_givesEachItemOnceInOrder() {
        SlotEngine engine = new SlotEngine("test", null, 1, item -> {});
        SharedQueue queue = engine.queue.shared;
        List<WorkItem<?>> added = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            added.add(new WorkItem<>(engine, (Task<Integer>) () -> 1));
            queue.add(added.get(i));
        }
        List<Courtesy> workers = List.of(new Courtesy(queue), new Courtesy(queue));
        List<WorkItem<?>> polled = new ArrayList<>();
        for (int i = 0; i < added.size(); i++) {
            polled.add(workers.get(i % 2).poll());
        }
        assertThat(polled).isEqualTo(added);
        assertThat(workers.get(0).poll()).isNull();
    }
}
