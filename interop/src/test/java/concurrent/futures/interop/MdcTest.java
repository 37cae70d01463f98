// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.interop;

import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.FutureExecutor;
import concurrent.futures.ThreadExecutor;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** The diagnostic context of SLF4J, which Logback keeps for each thread, in the tasks that a thread submits. */
@Timeout(30)
class MdcTest {
    private final FutureExecutor executor = new ThreadExecutor(1);
    private final FutureExecutor carrying = carrying(executor);

    @AfterEach
    void shutDown() {
        MDC.clear();
        executor.shutdownNow();
    }

    private static FutureExecutor carrying(FutureExecutor executor) {
        // @start region="mdc"
        FutureExecutor carrying = executor.withContext(task -> {
            Map<String, String> submitted = requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
            return () -> {
                Map<String, String> before = requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
                MDC.setContextMap(submitted);
                try {
                    return task.call();
                } finally {
                    MDC.setContextMap(before); // a task may run in the middle of another one
                }
            };
        });
        // @end
        return carrying;
    }

    @Test
    void withoutContext_tasksSeeNothing() throws Exception {
        MDC.put("request", "17");
        assertThat(executor.submit(() -> MDC.get("request")).result()).isNull();
    }

    @Test
    void tasks_seeWhatTheirSubmitterSaw() throws Exception {
        MDC.put("request", "17");
        assertThat(carrying.submit(() -> MDC.get("request")).result()).isEqualTo("17");
        MDC.put("request", "18");
        assertThat(carrying.submit(() -> MDC.get("request")).result()).isEqualTo("18");
    }

    @Test
    void nothing_staysOnTheThread() throws Exception {
        MDC.put("request", "17");
        carrying.submit(() -> MDC.put("page", "3")).result();
        assertThat(executor.submit(() -> MDC.get("request")).result()).isNull();
        assertThat(executor.submit(() -> MDC.get("page")).result()).isNull();
    }

    @Test
    void tasksOfTasks_seeIt_andLeaveItToTheOuterOne() throws Exception {
        MDC.put("request", "17");
        String seen = carrying.submit(() -> {
                    String inner = carrying.submit(() -> MDC.get("request")).result();
                    return inner + " " + MDC.get("request");
                })
                .result();
        assertThat(seen).isEqualTo("17 17");
    }
}
