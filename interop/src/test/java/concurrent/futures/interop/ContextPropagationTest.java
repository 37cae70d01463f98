// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.interop;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.FutureExecutor;
import concurrent.futures.ThreadExecutor;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All that is registered with Micrometer's context propagation, in the tasks that a thread submits. */
@Timeout(30)
class ContextPropagationTest {
    private static final ThreadLocal<String> USER = new ThreadLocal<>();

    private final ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder()
            .contextRegistry(new ContextRegistry().registerThreadLocalAccessor("user", USER))
            .build();
    private final FutureExecutor executor = new ThreadExecutor(1);
    private final FutureExecutor carrying = carrying(executor, snapshots);

    @AfterEach
    void shutDown() {
        USER.remove();
        executor.shutdownNow();
    }

    private static FutureExecutor carrying(FutureExecutor executor, ContextSnapshotFactory snapshots) {
        // @start region="micrometer"
        FutureExecutor carrying =
                executor.withContext(task -> snapshots.captureAll().wrap(task));
        // @end
        return carrying;
    }

    @Test
    void tasks_seeWhatTheirSubmitterSaw() throws Exception {
        USER.set("ada");
        assertThat(executor.submit(() -> USER.get()).result()).isNull();
        assertThat(carrying.submit(() -> USER.get()).result()).isEqualTo("ada");
        assertThat(executor.submit(() -> USER.get()).result()).isNull();
    }

    @Test
    void tasksOfTasks_seeIt_andLeaveItToTheOuterOne() throws Exception {
        USER.set("ada");
        String seen = carrying.submit(() -> carrying.submit(() -> USER.get()).result() + " " + USER.get())
                .result();
        assertThat(seen).isEqualTo("ada ada");
    }

    @Test
    void valueThatIsNotThereAtTheSubmission_isNotThereInTheTask() throws Exception {
        assertThat(carrying.submit(() -> USER.get()).result()).isNull();
    }
}
