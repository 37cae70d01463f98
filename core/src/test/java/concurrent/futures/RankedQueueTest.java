// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Items with a priority are given out in order, and cancelled ones do not pile up. */
class RankedQueueTest {
    private final RankedQueue queue = new RankedQueue();

    private WorkItem<Object> add(FutureExecutor executor, int priority) {
        BaseExecutor view = (BaseExecutor) executor.withPriority(priority);
        WorkItem<Object> item = view.newItem((Task<Object>) () -> 1);
        queue.add(item);
        return item;
    }

    @Test
    void poll_byPriority_thenInOrder() {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            WorkItem<?> first = add(executor, 1);
            WorkItem<?> urgent = add(executor, Integer.MAX_VALUE);
            WorkItem<?> second = add(executor, 1);
            assertThat(queue.countEntries(10)).isEqualTo(3);
            assertThat(queue.countEntries(2)).isEqualTo(2);
            assertThat(List.of(queue.poll(), queue.poll(), queue.poll())).isEqualTo(List.of(urgent, first, second));
            assertThat(queue.poll()).isNull();
            assertThat(queue.isEmpty()).isTrue();
        }
    }

    @Test
    void sweep_dropsWhatWasCancelled() {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            List<WorkItem<?>> items = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                items.add(add(executor, 1 + i % 3));
            }
            items.subList(0, 9).forEach(Future::cancel);
            assertThat(queue.countPending()).isEqualTo(1);
            assertThat(queue.sweep()).isEqualTo(1);
            assertThat(queue.countEntries(10)).isEqualTo(1);
            assertThat(items.get(0).status()).isEqualTo(Future.Status.CANCELLED_AND_NOTIFIED);
        }
    }
}
