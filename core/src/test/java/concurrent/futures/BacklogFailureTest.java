// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Failing all that is queued loses nothing if there is no memory for the exceptions. */
class BacklogFailureTest {
    @Test
    void shortageBetweenTwoItems_leavesTheRestQueued() {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            Backlog queue = new Backlog();
            List<WorkItem<?>> items = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                WorkItem<Object> item = new WorkItem<>(executor.engine(), (Task<Object>) () -> 1);
                items.add(item);
                queue.add(item);
            }
            List<Throwable> exceptions = new ArrayList<>(List.of(new IllegalStateException("no thread")));
            assertThatThrownBy(() -> queue.failAll(() -> {
                        if (exceptions.isEmpty()) {
                            throw new OutOfMemoryError("on purpose");
                        }
                        return exceptions.remove(0);
                    }))
                    .isInstanceOf(OutOfMemoryError.class);
            assertThat(items.get(0).exceptionNow()).hasMessage("no thread");
            assertThat(queue.countPending()).isEqualTo(2);
        }
    }
}
