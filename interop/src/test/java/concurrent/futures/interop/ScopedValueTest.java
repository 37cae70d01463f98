// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.interop;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.FutureExecutor;
import concurrent.futures.ThreadExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A scoped value in the tasks that are submitted in its scope. */
@Timeout(30)
class ScopedValueTest {
    private static final ScopedValue<String> USER = ScopedValue.newInstance();

    private final FutureExecutor executor = new ThreadExecutor(1);
    private final FutureExecutor carrying = carrying(executor);

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    private static FutureExecutor carrying(FutureExecutor executor) {
        // @start region="scoped"
        FutureExecutor carrying = executor.withContext(task -> {
            if (!USER.isBound()) {
                return task;
            }
            String user = USER.get();
            return () -> ScopedValue.where(USER, user).call(task::call);
        });
        // @end
        return carrying;
    }

    @Test
    void tasks_seeWhatTheirSubmitterSaw() throws Exception {
        ScopedValue.where(USER, "ada").call(() -> {
            assertThat(executor.submit(() -> USER.isBound()).result()).isFalse();
            assertThat(carrying.submit(() -> USER.get()).result()).isEqualTo("ada");
            return null;
        });
        assertThat(carrying.submit(() -> USER.isBound()).result()).isFalse();
    }

    @Test
    void tasksOfTasks_seeIt_andMayBindAnother() throws Exception {
        String seen = ScopedValue.where(USER, "ada")
                .call(() -> carrying.submit(() -> ScopedValue.where(USER, "grace")
                                        .call(() -> carrying.submit(() -> USER.get())
                                                .result())
                                + " for " + USER.get())
                        .result());
        assertThat(seen).isEqualTo("grace for ada");
    }
}
