// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that are not wanted any more are interrupted, and killed if that does not help. */
class ProcessCancelTest {
    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private static void spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    private static void awaitRunning(Future<?> future) {
        Processes.await().until(() -> future.status() == Future.Status.RUNNING);
    }

    /** Spins once it has left a file: a future is running from when its task is about to be sent. */
    private static void begin(String file) throws IOException {
        Files.createFile(Path.of(file));
        spin();
    }

    private static void awaitBegin(String file) {
        Processes.await().until(() -> Files.exists(Path.of(file)));
    }

    @Test
    void cancelTrue_ofATaskThatHeedsInterrupts_keepsTheWorker() throws Exception {
        try (ProcessExecutor executor =
                Processes.small(1).grace(Duration.ofSeconds(20)).build()) {
            long pid = executor.submit(ProcessCancelTest::pid).result();
            Future<?> sleeping = executor.submit(() -> new CountDownLatch(1).await());
            awaitRunning(sleeping);
            assertThat(sleeping.cancel(true)).isTrue();
            assertThat(executor.submit(ProcessCancelTest::pid).get(10, TimeUnit.SECONDS))
                    .isEqualTo(pid);
        }
    }

    /** The interrupt comes at any moment around the end of the first task; the second must never see it. */
    @Test
    void cancelTrue_neverInterruptsTheNextTask() throws Exception {
        long seed = System.nanoTime();
        System.out.println("ProcessCancelTest cancels with seed " + seed);
        Random random = new Random(seed);
        try (ProcessExecutor executor =
                Processes.small(1).grace(Duration.ofSeconds(20)).build()) {
            for (int i = 0; i < 300; i++) {
                long spin = random.nextInt(300_000);
                Future<?> first = executor.submit(() -> {
                    long end = System.nanoTime() + spin;
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                });
                Future<Boolean> second = executor.submit(() -> Thread.interrupted());
                LockSupport.parkNanos(random.nextInt(600_000));
                first.cancel(true);
                assertThat(second.get(20, TimeUnit.SECONDS))
                        .as("round %d, seed %d", i, seed)
                        .isFalse();
            }
        }
    }

    @Test
    void cancelTrue_ofAnEndlessLoop_killsItsWorkerAfterTheGraceTime() throws Exception {
        try (ProcessExecutor executor =
                Processes.small(1).grace(Duration.ofMillis(200)).build()) {
            long pid = executor.submit(ProcessCancelTest::pid).result();
            Future<?> spinning = executor.submit(ProcessCancelTest::spin);
            awaitRunning(spinning);
            assertThat(spinning.cancel(true)).isTrue();
            assertThat(spinning.isDone()).isTrue();
            assertThat(executor.submit(ProcessCancelTest::pid).get(20, TimeUnit.SECONDS))
                    .isNotEqualTo(pid);
            assertThat(Processes.isAlive(pid)).isFalse();
            assertThat(spinning.isCancelled()).isTrue();
        }
    }

    @Test
    void timeout_ofAnEndlessLoop_failsAtOnce_andKillsItsWorker() throws Exception {
        try (ProcessExecutor executor =
                Processes.small(1).grace(Duration.ofMillis(100)).build()) {
            long pid = executor.submit(ProcessCancelTest::pid).result();
            long begin = System.nanoTime();
            Future<?> spinning = executor.withTimeout(Duration.ofMillis(300)).submit(ProcessCancelTest::spin);
            assertThat(spinning.exception(Duration.ofSeconds(20))).isInstanceOf(TimeoutException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(290), Duration.ofSeconds(5));
            spinning.ended().result();
            Processes.await().until(() -> !Processes.isAlive(pid));
            assertThat(executor.submit(() -> 42).get(20, TimeUnit.SECONDS)).isEqualTo(42);
        }
    }

    @Test
    void deadline_ofAnEndlessLoop_failsAtOnce_andKillsItsWorker() throws Exception {
        try (ProcessExecutor executor = Processes.small(1).grace(Duration.ZERO).build()) {
            long pid = executor.submit(ProcessCancelTest::pid).result();
            Future<?> spinning = executor.withDeadline(Duration.ofMillis(300)).submit(ProcessCancelTest::spin);
            assertThat(spinning.exception(Duration.ofSeconds(20))).isInstanceOf(TimeoutException.class);
            Processes.await().until(() -> !Processes.isAlive(pid));
            assertThat(executor.submit(() -> 42).get(20, TimeUnit.SECONDS)).isEqualTo(42);
        }
    }

    @Test
    void timeout_doesNotCountTheStartOfTheWorker() throws Exception {
        try (ProcessExecutor executor =
                Processes.small(1).initializer(() -> Thread.sleep(600)).build()) {
            assertThat(executor.withTimeout(Duration.ofMillis(500))
                            .submit(() -> 42)
                            .get(20, TimeUnit.SECONDS))
                    .isEqualTo(42);
        }
    }

    @Test
    void shutdownNow_endsAnEndlessLoop(@TempDir Path directory) throws Exception {
        String file = directory.resolve("begun").toString();
        try (ProcessExecutor executor =
                Processes.small(1).grace(Duration.ofMillis(100)).build()) {
            Future<?> spinning = executor.submit(() -> begin(file));
            awaitBegin(file);
            executor.shutdownNow();
            assertThat(spinning.exception(Duration.ofSeconds(20))).isInstanceOf(WorkerDiedException.class);
            assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void shutdownNow_doesNotWaitForAStart_thatIsNotNeededAnyMore() throws Exception {
        ProcessExecutor executor = Processes.small(1)
                .initializer(() -> Thread.sleep(Long.MAX_VALUE))
                .build();
        Future<Integer> future = executor.submit(() -> 1);
        assertThat(future.cancel(true)).isTrue();
        executor.shutdownNow();
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void killWorkers_endsAll(@TempDir Path directory) throws Exception {
        String file = directory.resolve("begun").toString();
        try (ProcessExecutor executor = Processes.small(1).build()) {
            long pid = executor.submit(ProcessCancelTest::pid).result();
            Future<?> spinning = executor.submit(() -> begin(file));
            Future<Integer> queued = executor.submit(() -> 1);
            awaitBegin(file);
            executor.killWorkers();
            assertThat(queued.isCancelled()).isTrue();
            assertThat(((WorkerDiedException) spinning.exception(Duration.ofSeconds(20))).signal())
                    .hasValue(9);
            assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            assertThat(Processes.isAlive(pid)).isFalse();
        }
    }

    @Test
    void killWorkers_doesNotWaitForHooks() throws Exception {
        try (ProcessExecutor executor =
                Processes.small(1).grace(Duration.ofMinutes(2)).build()) {
            executor.submit(() -> Runtime.getRuntime().addShutdownHook(new Thread(LockSupport::park)))
                    .result();
            executor.killWorkers();
            assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void terminateWorkers_endsAll(@TempDir Path directory) throws Exception {
        String file = directory.resolve("begun").toString();
        String another = directory.resolve("another").toString();
        try (ProcessExecutor executor = Processes.small(2).build()) {
            Future<?> spinning = executor.submit(() -> begin(file));
            Future<?> other = executor.submit(() -> begin(another));
            awaitBegin(file);
            awaitBegin(another);
            executor.terminateWorkers();
            assertThat(((WorkerDiedException) spinning.exception(Duration.ofSeconds(20))).signal())
                    .hasValue(15);
            assertThat(other.exception(Duration.ofSeconds(20))).isInstanceOf(WorkerDiedException.class);
            assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
