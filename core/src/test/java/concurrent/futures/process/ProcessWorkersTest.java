// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import concurrent.futures.Future;
import concurrent.futures.WhenFull;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers are started, set up, replaced and ended as the options say. */
class ProcessWorkersTest {
    private static int initialized;

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    /** Waits until that many processes are here. */
    private static long meet(String place, int processes) throws Exception {
        Files.createFile(Path.of(place, Long.toString(pid())));
        for (int i = 0; i < 2_000; i++) {
            if (Path.of(place).toFile().list().length >= processes) {
                return pid();
            }
            Thread.sleep(10);
        }
        throw new AssertionError("waited in vain");
    }

    @Test
    void workers_areStartedWhenNeeded_andEndWithTheExecutor(@TempDir Path directory) throws Exception {
        Set<Long> pids = new HashSet<>();
        String place = directory.toString();
        try (ProcessExecutor executor = Processes.small(3).build()) {
            assertThat(executor.liveWorkers()).isZero();
            pids.add(executor.submit(ProcessWorkersTest::pid).result());
            Processes.await().until(() -> executor.idleWorkers() == 1);
            pids.add(executor.submit(ProcessWorkersTest::pid).result());
            assertThat(pids).hasSize(1);
            List<Future<Long>> futures = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                futures.add(executor.submit(() -> meet(place, 3)));
            }
            for (Future<Long> future : futures) {
                pids.add(future.get(20, TimeUnit.SECONDS));
            }
            assertThat(pids).hasSize(3);
        }
        assertThat(pids).noneMatch(Processes::isAlive);
    }

    @Test
    void initializer_runsOnceInEachWorker_beforeItsFirstTask() throws Exception {
        int seed = 5;
        try (ProcessExecutor executor =
                Processes.small(1).initializer(() -> initialized += seed).build()) {
            assertThat(executor.submit(() -> initialized).result()).isEqualTo(5);
            assertThat(executor.submit(() -> initialized).result()).isEqualTo(5);
        }
        assertThat(initialized).isZero();
    }

    @Test
    void maxTasksPerWorker_replacesWorkers() throws Exception {
        try (ProcessExecutor executor = Processes.small(1).maxTasksPerWorker(3).build()) {
            List<Future<Long>> futures = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                futures.add(executor.submit(ProcessWorkersTest::pid));
            }
            List<Long> pids = new ArrayList<>();
            for (Future<Long> future : futures) {
                pids.add(future.get(20, TimeUnit.SECONDS));
            }
            assertThat(new HashSet<>(pids)).hasSize(3);
            assertThat(pids.subList(0, 3)).containsOnly(pids.get(0));
            Processes.await().until(() -> !Processes.isAlive(pids.get(0)));
        }
    }

    @Test
    void idleWorkers_end() throws Exception {
        try (ProcessExecutor executor =
                Processes.small(1).keepAlive(Duration.ofMillis(50)).build()) {
            long pid = executor.submit(ProcessWorkersTest::pid).result();
            Processes.await().until(() -> !Processes.isAlive(pid));
            assertThat(executor.liveWorkers()).isZero();
            assertThat(executor.submit(ProcessWorkersTest::pid).result()).isNotEqualTo(pid);
        }
    }

    @Test
    void environmentDirectoryAndOptions_areThoseOfTheBuilder(@TempDir Path directory) throws Exception {
        try (ProcessExecutor executor = Processes.small(1)
                .jvmOptions("-Dflavor=sweet", "-XX:+UseParallelGC")
                .environment("COLOR", "red")
                .workingDirectory(directory)
                .build()) {
            assertThat(executor.submit(() -> System.getenv("COLOR")).result()).isEqualTo("red");
            assertThat(executor.submit(() -> System.getProperty("flavor")).result())
                    .isEqualTo("sweet");
            assertThat(executor.submit(() -> Path.of("").toAbsolutePath().toString())
                            .result())
                    .isEqualTo(directory.toRealPath().toString());
            assertThat(executor.submit(() -> Runtime.getRuntime().maxMemory()).result())
                    .isBetween(40L << 20, 50L << 20);
        }
    }

    @Test
    void output_isPassedOnLineByLine_withTheNameOfTheWorker() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true));
        try (ProcessExecutor executor = Processes.small(1).build()) {
            Future<Integer> future = executor.submit(() -> {
                System.out.println("one\ntwo");
                System.out.print("three");
                System.out.flush();
                return 1;
            });
            assertThat(future.result()).isEqualTo(1);
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString().lines().toList())
                .hasSize(3)
                .allMatch(line -> line.matches("\\[ProcessExecutor-\\d+-worker-1] (one|two|three)"));
    }

    @Test
    void longLine_isPassedOnInParts_withoutLossOfACharacterOrABlank() throws Exception {
        assumeThat(System.getProperty("native.encoding")).isEqualTo("UTF-8");
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        try (ProcessExecutor executor = Processes.small(1).name("long").build()) {
            executor.submit(() -> {
                        String line = "x" + "\u00e9".repeat(40_000) + "  \r\n";
                        System.out.write(line.getBytes(UTF_8));
                        System.out.flush();
                    })
                    .result();
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(UTF_8).replace("[long-worker-1] ", "").replace(System.lineSeparator(), ""))
                .isEqualTo("x" + "\u00e9".repeat(40_000) + "  ");
    }

    /** Whatever waits for the end of the grace time would hold on to the executor, and to the buffers of its workers. */
    @Test
    void executorThatHasEnded_isForgotten_beforeTheGraceTimeIsOver() throws Exception {
        awaitCollected(new WeakReference<>(ended()));
    }

    private static ProcessExecutor ended() throws Exception {
        try (ProcessExecutor executor =
                Processes.small(1).grace(Duration.ofMinutes(10)).build()) {
            executor.submit(() -> 1).get(20, TimeUnit.SECONDS);
            return executor;
        }
    }

    @Test
    void taskThatHasBeenInterrupted_isForgotten_beforeTheGraceTimeIsOver() throws Exception {
        try (ProcessExecutor executor =
                Processes.small(1).grace(Duration.ofMinutes(10)).build()) {
            WeakReference<Future<?>> cancelled = new WeakReference<>(cancelled(executor));
            executor.submit(() -> 1).get(20, TimeUnit.SECONDS);
            awaitCollected(cancelled);
        }
    }

    private static Future<?> cancelled(ProcessExecutor executor) {
        Future<?> sleeping = executor.submit(() -> Thread.sleep(Long.MAX_VALUE));
        // Awaitility would remember the condition, and the future with it.
        while (sleeping.status() != Future.Status.RUNNING) {
            Thread.onSpinWait();
        }
        sleeping.cancel(true);
        return sleeping;
    }

    private static void awaitCollected(WeakReference<?> reference) {
        Processes.await().until(() -> {
            System.gc();
            return reference.get() == null;
        });
    }

    @Test
    void input_isEmpty() throws Exception {
        try (ProcessExecutor executor = Processes.small(1).build()) {
            assertThat(executor.submit(() -> System.in.read()).get(20, TimeUnit.SECONDS))
                    .isEqualTo(-1);
        }
    }

    /** The file of the mark is gone when the worker is ready, so that nothing can be left behind. */
    @Test
    void workerThatRuns_hasNoFiles() throws Exception {
        try (ProcessExecutor executor = Processes.small(1).build()) {
            Set<Path> before = files();
            executor.submit(() -> 1).result();
            Processes.await().until(() -> before.containsAll(files()));
        }
    }

    private static Set<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("concurrent-futures-"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void boundedQueue_rejectsWhatItHasNoRoomFor() throws Exception {
        try (ProcessExecutor executor =
                Processes.small(1).queueCapacity(1).whenFull(WhenFull.REJECT).build()) {
            Future<?> running = executor.submit(() -> Thread.sleep(Long.MAX_VALUE));
            Future<Long> queued = executor.submit(ProcessWorkersTest::pid);
            assertThatThrownBy(() -> executor.submit(ProcessWorkersTest::pid))
                    .isInstanceOf(RejectedExecutionException.class);
            running.cancel(true);
            assertThat(queued.get(20, TimeUnit.SECONDS)).isPositive();
        }
    }

    @Test
    void builder_refusesWhatMakesNoSense() {
        ProcessExecutor.Builder builder = ProcessExecutor.builder();
        assertThatThrownBy(() -> builder.maxWorkers(0)).hasMessage("max_workers must be greater than 0");
        assertThatThrownBy(() -> builder.maxTasksPerWorker(0)).hasMessageContaining("maxTasksPerWorker");
        assertThatThrownBy(() -> builder.queueCapacity(0)).hasMessageContaining("queueCapacity");
        assertThatThrownBy(() -> builder.maxHeap(512)).hasMessageContaining("maxHeap is in bytes");
        assertThatThrownBy(() -> builder.maxMessageSize(100)).hasMessageContaining("maxMessageSize is in bytes");
        assertThatThrownBy(() -> builder.startTimeout(Duration.ZERO)).hasMessageContaining("startTimeout");
        assertThatThrownBy(() -> builder.keepAlive(Duration.ofSeconds(-1))).hasMessageContaining("keepAlive");
        assertThatThrownBy(() -> builder.grace(Duration.ofSeconds(-1))).hasMessageContaining("grace");
        Object captured = new Object();
        assertThatThrownBy(() ->
                        builder.initializer(() -> System.out.println(captured)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .cause()
                .hasMessageContaining("java.lang.Object");
    }
}
