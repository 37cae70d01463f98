// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.interop;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.FutureExecutor;
import concurrent.futures.ThreadExecutor;
import concurrent.futures.VirtualThreadExecutor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An inheritable thread-local, which no thread of ours inherits, and what carries it all the same. */
@Timeout(30)
class InheritableThreadLocalTest {
    private static final ThreadLocal<String> USER = new InheritableThreadLocal<>();

    @AfterEach
    void clear() {
        USER.remove();
    }

    static Stream<FutureExecutor> executors() {
        return Stream.of(new ThreadExecutor(1), new VirtualThreadExecutor(1));
    }

    private static FutureExecutor carrying(FutureExecutor executor) {
        // @start region="thread-local"
        FutureExecutor carrying = executor.withContext(task -> {
            String user = USER.get();
            return () -> {
                String before = USER.get();
                USER.set(user);
                try {
                    return task.call();
                } finally {
                    USER.set(before); // a task may run in the middle of another one
                }
            };
        });
        // @end
        return carrying;
    }

    @ParameterizedTest
    @MethodSource("executors")
    void tasks_inheritNothing(FutureExecutor executor) throws Exception {
        try (executor) {
            USER.set("ada");
            assertThat(executor.submit(() -> USER.get()).result()).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("executors")
    void tasks_seeWhatIsCarried_andLeaveNothing(FutureExecutor executor) throws Exception {
        try (executor) {
            USER.set("ada");
            FutureExecutor carrying = carrying(executor);
            assertThat(carrying.submit(() -> USER.get()).result()).isEqualTo("ada");
            USER.set("grace");
            assertThat(carrying.submit(() -> USER.get()).result()).isEqualTo("grace");
            assertThat(executor.submit(() -> USER.get()).result()).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("executors")
    void taskInTheMiddleOfAnother_leavesTheValueOfThat(FutureExecutor executor) throws Exception {
        try (executor) {
            USER.set("ada");
            FutureExecutor carrying = carrying(executor);
            String seen = carrying.submit(() -> {
                        USER.set("grace");
                        String inner = carrying.submit(() -> USER.get()).result();
                        return inner + " and " + USER.get();
                    })
                    .result();
            assertThat(seen).isEqualTo("grace and grace");
        }
    }
}
