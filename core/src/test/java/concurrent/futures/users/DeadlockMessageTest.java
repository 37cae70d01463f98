// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.users;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.DeadlockException;
import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Promise;
import concurrent.futures.ThreadExecutor;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the exception says about a ring: each future, its thread, and the line in which that waits. */
@Timeout(60)
class DeadlockMessageTest {
    private static FutureExecutor named(String name) {
        return ThreadExecutor.builder().maxWorkers(1).threadNamePrefix(name).build();
    }

    private static Object waitInA(Promise<Future<Object>> other) throws Exception {
        return other.result().result();
    }

    private static Object waitInB(Promise<Future<Object>> other) throws Exception {
        return other.result().join();
    }

    private static String name(Future<?> future) {
        return future.toString().substring(0, future.toString().indexOf('['));
    }

    @Test
    void ringOfTwo_namesFuturesThreadsAndLines() throws Exception {
        try (FutureExecutor a = named("a");
                FutureExecutor b = named("b")) {
            Promise<Future<Object>> toA = new Promise<>();
            Promise<Future<Object>> toB = new Promise<>();
            Future<Object> inA = a.submit(() -> waitInA(toB));
            Future<Object> inB = b.submit(() -> waitInB(toA));
            toA.setResult(inA);
            toB.setResult(inB);
            Throwable deadlock = Objects.requireNonNull(inA.exception());
            assertThat(deadlock).isInstanceOf(DeadlockException.class).isSameAs(inB.exception());
            String lineOfA = Pattern.quote("  a_0, which runs " + name(inA) + ", waits for " + name(inB) + " at ")
                    + ".*DeadlockMessageTest.waitInA\\(DeadlockMessageTest.java:\\d+\\)";
            String lineOfB = Pattern.quote("  b_0, which runs " + name(inB) + ", waits for " + name(inA) + " at ")
                    + ".*DeadlockMessageTest.waitInB\\(DeadlockMessageTest.java:\\d+\\)";
            List<String> lines = deadlock.getMessage().lines().toList();
            assertThat(lines).hasSize(3);
            assertThat(lines.get(0)).isEqualTo("this wait would never end, because it closes a ring:");
            assertThat(lines.subList(1, 3)).allMatch(line -> line.matches(lineOfA) || line.matches(lineOfB));
            assertThat(lines.get(1)).isNotEqualTo(lines.get(2));
        }
    }

    @Test
    void taskThatWaitsForItself_isNamed() throws Exception {
        try (FutureExecutor executor = named("alone")) {
            Promise<Future<Object>> mine = new Promise<>();
            Future<Object> future = executor.submit(() -> waitInA(mine));
            mine.setResult(future);
            assertThat(future.exception())
                    .hasMessageContaining("alone_0, which runs " + name(future) + ", waits for that very future at ")
                    .hasMessageContaining("DeadlockMessageTest.waitInA(");
        }
    }

    @Test
    void taskThatWaitsForTheOneThatRunsIt_isToldFromThatOne() throws Exception {
        try (FutureExecutor executor = named("inner")) {
            Promise<Future<Object>> outer = new Promise<>();
            outer.setResult(executor.submit(() -> {
                outer.result();
                return executor.submit(() -> waitInA(outer)).exception();
            }));
            String name = name(outer.result());
            assertThat(outer.result().result())
                    .isInstanceOf(DeadlockException.class)
                    .extracting(deadlock -> ((Exception) deadlock).getMessage())
                    .asString()
                    .contains(
                            "inner_0, which runs " + name + " and another one inside of it, waits for " + name + " at ")
                    .contains("DeadlockMessageTest.waitInA(");
        }
    }
}
