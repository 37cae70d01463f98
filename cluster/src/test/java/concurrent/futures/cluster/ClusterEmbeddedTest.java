// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.Future;
import concurrent.futures.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/** A cluster in this JVM behaves as any other one, and has nothing to do with any other one. */
class ClusterEmbeddedTest {
    private static final byte[] KEY = "a key for the tests, of many bytes".getBytes(StandardCharsets.US_ASCII);
    private static final int WORKERS = 3;
    private static final int THREADS = 2;

    static {
        Workers.quieten();
    }

    /** The threads that all executors of a JVM have in common. */
    private static final Set<String> SHARED = Set.of("concurrent-futures-clock", "concurrent-futures-timeout");

    /** All threads of all workers meet, which they can because classes of this JVM are the same for all of them. */
    private static final class Meeting {
        private static final CyclicBarrier ALL = new CyclicBarrier(WORKERS * THREADS);

        private Meeting() {}
    }

    private static void assertThatAllWork(ClusterExecutor executor) throws Exception {
        assertThat(executor.awaitThreads(WORKERS * THREADS, Eventually.PATIENCE))
                .isTrue();
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 2 * WORKERS * THREADS; i++) {
            futures.add(executor.submit(() -> Meeting.ALL.await(20, TimeUnit.SECONDS)));
        }
        for (Future<Integer> future : futures) {
            assertThat(future.result(Eventually.PATIENCE)).isBetween(0, WORKERS * THREADS - 1);
        }
    }

    @Test
    void allThreadsOfAllWorkers_areUsed() throws Exception {
        try (Logged log = new Logged("com.hazelcast", Level.SEVERE)) {
            try (ClusterExecutor executor =
                    ClusterExecutor.builder().embedded(WORKERS, THREADS).build()) {
                assertThatAllWork(executor);
            }
            assertThat(log.warnings()).as("it ends in order").isEmpty();
        }
    }

    /** By then another thread listens in its place, and nothing else has anything sent. */
    @Test
    void callbackThatHasTakenLong_submitsAtOnce() throws Exception {
        try (ClusterExecutor executor = ClusterExecutor.builder().embedded(1, 2).build()) {
            Future<Long> waited = executor.submit(() -> Thread.sleep(100)).thenApply(nothing -> {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
                long begin = System.nanoTime();
                int unused = executor.submit(() -> 1).result();
                return System.nanoTime() - begin;
            });
            assertThat(Duration.ofNanos(waited.result(Eventually.PATIENCE))).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void withAKey_itIsTheSame() throws Exception {
        try (ClusterExecutor executor =
                ClusterExecutor.builder().embedded(WORKERS, THREADS).key(KEY).build()) {
            assertThatAllWork(executor);
        }
    }

    @Test
    void exceptions_comeBackFromAllWorkers() throws Exception {
        try (ClusterExecutor executor =
                ClusterExecutor.builder().embedded(WORKERS, 1).build()) {
            assertThat(executor.awaitThreads(WORKERS, Eventually.PATIENCE)).isTrue();
            for (int i = 0; i < 2 * WORKERS; i++) {
                Future<Integer> future = executor.submit((Task<Integer>) () -> {
                    throw new IOException("on purpose");
                });
                assertThatThrownBy(() -> future.result(Eventually.PATIENCE))
                        .isExactlyInstanceOf(IOException.class)
                        .hasMessage("on purpose");
            }
        }
    }

    @Test
    void twoClusters_areTwo() throws Exception {
        try (ClusterExecutor one = ClusterExecutor.builder().embedded(1, 2).build();
                ClusterExecutor other = ClusterExecutor.builder().embedded(1, 3).build()) {
            assertThat(one.submit(() -> 1).result(Eventually.PATIENCE)).isEqualTo(1);
            assertThat(other.submit(() -> 2).result(Eventually.PATIENCE)).isEqualTo(2);
            assertThat(one.maxWorkers()).isEqualTo(2);
            assertThat(other.maxWorkers()).isEqualTo(3);
        }
    }

    @Test
    void close_leavesNoThreads() throws Exception {
        List<Thread> before = new ArrayList<>(Thread.getAllStackTraces().keySet());
        try (ClusterExecutor executor = ClusterExecutor.builder().embedded(2, 1).build()) {
            assertThat(executor.submit(() -> 42).result(Eventually.PATIENCE)).isEqualTo(42);
        }
        Eventually.await("all threads end")
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> !before.contains(thread))
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("hz.")
                                || (name.startsWith("concurrent-futures-") && !SHARED.contains(name))));
    }
}
