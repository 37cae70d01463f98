// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.interop;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.FutureExecutor;
import concurrent.futures.ThreadExecutor;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The context of OpenTelemetry, and so its current span, in the tasks that a thread submits. */
@Timeout(30)
class OpenTelemetryTest {
    private static final ContextKey<String> TRACE = ContextKey.named("trace");

    private final FutureExecutor executor = new ThreadExecutor(1);
    private final FutureExecutor carrying = carrying(executor);

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    private static FutureExecutor carrying(FutureExecutor executor) {
        // @start region="opentelemetry"
        FutureExecutor carrying = executor.withContext(task -> Context.current().wrap(task));
        // @end
        return carrying;
    }

    private static String trace() {
        return Context.current().get(TRACE);
    }

    @Test
    void tasks_seeWhatTheirSubmitterSaw() throws Exception {
        try (Scope scope = Context.current().with(TRACE, "4bf9").makeCurrent()) {
            assertThat(executor.submit(() -> trace()).result()).isNull();
            assertThat(carrying.submit(() -> trace()).result()).isEqualTo("4bf9");
        }
        assertThat(carrying.submit(() -> trace()).result()).isNull();
    }

    @Test
    void tasksOfTasks_seeIt_andLeaveItToTheOuterOne() throws Exception {
        try (Scope scope = Context.current().with(TRACE, "4bf9").makeCurrent()) {
            String seen = carrying.submit(() -> carrying.submit(() -> trace()).result() + " " + trace())
                    .result();
            assertThat(seen).isEqualTo("4bf9 4bf9");
        }
    }

    @Test
    void map_carriesItAsWell() {
        try (Scope scope = Context.current().with(TRACE, "4bf9").makeCurrent();
                Stream<String> traces = carrying.map(number -> trace(), List.of(1, 2, 3))) {
            assertThat(traces).containsExactly("4bf9", "4bf9", "4bf9");
        }
    }
}
