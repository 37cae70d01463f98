// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import concurrent.futures.Action;
import concurrent.futures.BrokenExecutorException;
import concurrent.futures.Future;
import concurrent.futures.MapOptions;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kills a worker harms the task that it runs, and nothing else. */
class ProcessIsolationTest {
    /** The number of the signal that a terminal sends. */
    private static final int INTERRUPT = 2;

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private static WorkerDiedException death(Future<?> future) throws Exception {
        return (WorkerDiedException) future.exception(Duration.ofSeconds(20));
    }

    static void crash() throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field field = type.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        type.getMethod("putAddress", long.class, long.class).invoke(field.get(null), 0L, 0L);
    }

    private static int endless(int depth) {
        return endless(depth + 1) + 1;
    }

    /** Has the tasks around the one that dies run as if nothing had happened. */
    private static WorkerDiedException diesAlone(Action dying) throws Exception {
        try (ProcessExecutor executor = Processes.small(1).build()) {
            Future<Long> before = executor.submit(ProcessIsolationTest::pid);
            Future<?> dies = executor.submit(dying);
            List<Future<Integer>> queued = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                int number = i;
                queued.add(executor.submit(() -> number));
            }
            WorkerDiedException death = death(dies);
            for (int i = 0; i < 5; i++) {
                assertThat(queued.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(i);
            }
            assertThat(death.pid()).isEqualTo(before.result());
            assertThat(death).hasMessageContaining("process " + death.pid()).hasMessageContaining("-worker-1");
            assertThat(executor.isBroken()).isFalse();
            assertThat(executor.submit(ProcessIsolationTest::pid).result()).isNotEqualTo(death.pid());
            return death;
        }
    }

    @Test
    void exit_failsItsTask_tellingCodeAndLastWords() throws Exception {
        WorkerDiedException death = diesAlone(() -> {
            System.err.println("cannot go on");
            System.exit(7);
        });
        assertThat(death.exitCode()).isEqualTo(7);
        assertThat(death.signal()).isEmpty();
        assertThat(death.standardError()).isEqualTo("cannot go on");
        assertThat(death).hasMessageContaining("exit code 7").hasMessageContaining("cannot go on");
    }

    @Test
    void halt_failsItsTask() throws Exception {
        assertThat(diesAlone(() -> Runtime.getRuntime().halt(8)).exitCode()).isEqualTo(8);
    }

    @Test
    void crashOfTheJvm_failsItsTask_tellingTheCrash() throws Exception {
        assertThat(diesAlone(ProcessIsolationTest::crash)).hasMessageContaining("SIGSEGV");
    }

    @Test
    void kill_failsItsTask_tellingTheSignal() throws Exception {
        WorkerDiedException death = diesAlone(() -> {
            new ProcessBuilder("kill", "-9", Long.toString(pid())).start();
            Thread.sleep(20_000);
        });
        assertThat(death.signal()).hasValue(9);
        assertThat(death).hasMessageContaining("SIGKILL");
    }

    @Test
    void interruptOfTheTerminal_isForTheParentAlone() throws Exception {
        try (ProcessExecutor executor = Processes.small(1).build()) {
            long pid = executor.submit(ProcessIsolationTest::pid).result();
            String ignored = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("SigIgn:"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Long.parseUnsignedLong(ignored.split("\\s+", -1)[1], 16) & 1L << INTERRUPT - 1)
                    .isNotZero();
        }
    }

    @Test
    void outOfMemory_failsItsTask_andTheWorkerIsReplaced() throws Exception {
        try (ProcessExecutor executor = Processes.small(1).build()) {
            long before = executor.submit(ProcessIsolationTest::pid).result();
            Future<?> greedy = executor.submit(() -> {
                List<byte[]> kept = new ArrayList<>();
                while (true) {
                    kept.add(new byte[1 << 20]);
                }
            });
            Future<Long> queued = executor.submit(ProcessIsolationTest::pid);
            assertThat(greedy.exception(Duration.ofSeconds(20))).isInstanceOf(OutOfMemoryError.class);
            assertThat(queued.get(20, TimeUnit.SECONDS)).isNotEqualTo(before);
        }
    }

    @Test
    void outOfMemoryInAnItemOfAMap_replacesTheWorker() throws Exception {
        try (ProcessExecutor executor = Processes.small(1).build()) {
            long before = executor.submit(ProcessIsolationTest::pid).result();
            MapOptions chunks = MapOptions.defaults().chunkSize(2);
            try (Stream<byte[]> mapped = executor.map(size -> new byte[size], List.of(1, 1 << 30), chunks)) {
                assertThatThrownBy(() -> mapped.toList()).isInstanceOf(OutOfMemoryError.class);
            }
            assertThat(executor.submit(ProcessIsolationTest::pid).get(20, TimeUnit.SECONDS))
                    .isNotEqualTo(before);
        }
    }

    @Test
    void killedWorker_isToldFromOneThatDies(@TempDir Path directory) throws Exception {
        Path begun = directory.resolve("begun");
        String file = begun.toString();
        try (ProcessExecutor executor = Processes.small(1).build()) {
            Future<?> endless = executor.submit(() -> {
                Files.createFile(Path.of(file));
                Thread.sleep(Long.MAX_VALUE);
            });
            Processes.await().until(() -> Files.exists(begun));
            executor.killWorkers();
            assertThat(death(endless)).hasMessageContaining("was ended by its executor while it ran this task");
        }
    }

    @Test
    void stackOverflow_failsItsTask_andTheWorkerGoesOn() throws Exception {
        try (ProcessExecutor executor = Processes.small(1).build()) {
            long before = executor.submit(ProcessIsolationTest::pid).result();
            assertThat(executor.submit(() -> endless(0)).exception(Duration.ofSeconds(20)))
                    .isInstanceOf(StackOverflowError.class);
            assertThat(executor.submit(ProcessIsolationTest::pid).result()).isEqualTo(before);
        }
    }

    @Test
    void deathOfAnIdleWorker_harmsNobody() throws Exception {
        try (ProcessExecutor executor = Processes.small(1).build()) {
            for (int round = 0; round < 5; round++) {
                long pid = executor.submit(ProcessIsolationTest::pid).get(20, TimeUnit.SECONDS);
                ProcessHandle.of(pid).orElseThrow().destroyForcibly();
                // The pool may not know yet, and may send this to a process that is dead or dying.
                assertThat(executor.submit(ProcessIsolationTest::pid).get(20, TimeUnit.SECONDS))
                        .isNotEqualTo(pid);
            }
        }
    }

    /** Breaks what the thread that runs tasks needs for the next one. */
    private static void damage() throws ReflectiveOperationException, IOException {
        Object holder = valueOf(Thread.class.getDeclaredField("holder"), Thread.currentThread());
        Object tasks = valueOf(holder.getClass().getDeclaredField("task"), holder);
        Object pen = valueOf(TaskThread.class.getDeclaredField("mark"), tasks);
        ((Closeable) valueOf(StartMark.Pen.class.getDeclaredField("file"), pen)).close();
    }

    private static Object valueOf(Field field, Object object) throws ReflectiveOperationException {
        field.setAccessible(true);
        return field.get(object);
    }

    @Test
    void handlerThatATaskHasSet_doesNotKeepADamagedWorkerAlive() throws Exception {
        try (ProcessExecutor executor = Processes.small(1)
                .jvmOptions("--add-opens=java.base/java.lang=ALL-UNNAMED")
                .build()) {
            long damaged = executor.submit(() -> {
                        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
                            throw new IllegalStateException("on purpose");
                        });
                        damage();
                        return pid();
                    })
                    .result();
            assertThat(executor.submit(ProcessIsolationTest::pid).get(20, TimeUnit.SECONDS))
                    .isNotEqualTo(damaged);
        }
    }

    @Test
    void nothingIsRunTwice(@TempDir Path directory) throws Exception {
        String log = directory.resolve("log").toString();
        Files.createFile(Path.of(log));
        List<Future<Integer>> futures = new ArrayList<>();
        try (ProcessExecutor executor = Processes.small(2).build()) {
            for (int i = 0; i < 40; i++) {
                int number = i;
                futures.add(executor.submit(() -> {
                    Files.writeString(Path.of(log), number + "\n", StandardOpenOption.APPEND);
                    if (number % 5 == 2) {
                        Runtime.getRuntime().halt(3);
                    }
                    return number;
                }));
            }
        }
        for (int i = 0; i < 40; i++) {
            if (i % 5 == 2) {
                assertThat(death(futures.get(i)).exitCode()).isEqualTo(3);
            } else {
                assertThat(futures.get(i).result()).isEqualTo(i);
            }
        }
        assertThat(Files.readAllLines(Path.of(log))).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void deathWithBreak_breaksTheExecutor() throws Exception {
        try (ProcessExecutor executor =
                Processes.small(1).onWorkerDeath(OnWorkerDeath.BREAK).build()) {
            Future<?> dies = executor.submit(() -> System.exit(7));
            Future<Integer> queued = executor.submit(() -> 1);
            assertThat(death(dies).exitCode()).isEqualTo(7);
            assertThat(queued.exception(Duration.ofSeconds(20)))
                    .isInstanceOf(BrokenExecutorException.class)
                    .hasMessageContaining("exit code 7");
            assertThat(executor.isBroken()).isTrue();
            assertThatThrownBy(() -> executor.submit(() -> 1)).isInstanceOf(BrokenExecutorException.class);
        }
    }

    /** Tasks of the other workers fail because the executor is broken, and not by a signal that is its own. */
    @Test
    void deathWithBreak_breaksWhatRunsElsewhere() throws Exception {
        try (ProcessExecutor executor =
                Processes.small(2).onWorkerDeath(OnWorkerDeath.BREAK).build()) {
            long pid = executor.submit(ProcessIsolationTest::pid).result();
            Future<?> runs = executor.submit(() -> Thread.sleep(60_000));
            Future<Long> other = executor.submit(ProcessIsolationTest::pid);
            assertThat(other.get(20, TimeUnit.SECONDS)).isNotEqualTo(pid);
            Future<?> dies = executor.submit(() -> System.exit(7));
            assertThat(death(dies).exitCode()).isEqualTo(7);
            assertThat(runs.exception(Duration.ofSeconds(20)))
                    .isInstanceOf(BrokenExecutorException.class)
                    .hasMessageContaining("exit code 7");
        }
    }

    @Test
    void workerThatCannotStart_breaksTheExecutor_tellingWhy() throws Exception {
        try (ProcessExecutor executor =
                Processes.small(2).jvmOptions("-XX:NoSuchOption=1").build()) {
            Future<Integer> first = executor.submit(() -> 1);
            assertThat(first.exception(Duration.ofSeconds(20)))
                    .isInstanceOf(BrokenExecutorException.class)
                    .hasMessageContaining("NoSuchOption")
                    .hasMessageContaining("exit code 1");
            assertThatThrownBy(() -> executor.submit(() -> 1))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("NoSuchOption");
        }
    }

    @Test
    void initializerThatFails_breaksTheExecutor_tellingWhy() throws Exception {
        try (ProcessExecutor executor = Processes.small(1)
                .initializer(() -> {
                    throw new IOException("no license");
                })
                .build()) {
            Future<Integer> first = executor.submit(() -> 1);
            BrokenExecutorException thrown =
                    catchThrowableOfType(BrokenExecutorException.class, () -> first.result(Duration.ofSeconds(20)));
            assertThat(thrown).hasMessageContaining("no license").hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void initializerThatExits_breaksTheExecutor() throws Exception {
        try (ProcessExecutor executor =
                Processes.small(1).initializer(() -> System.exit(9)).build()) {
            assertThat(executor.submit(() -> 1).exception(Duration.ofSeconds(20)))
                    .isInstanceOf(BrokenExecutorException.class)
                    .hasMessageContaining("exit code 9");
        }
    }

    @Test
    void initializerThatHangs_breaksTheExecutor() throws Exception {
        try (ProcessExecutor executor = Processes.small(1)
                .startTimeout(Duration.ofSeconds(2))
                .initializer(() -> Thread.sleep(60_000))
                .build()) {
            assertThat(executor.submit(() -> 1).exception(Duration.ofSeconds(20)))
                    .isInstanceOf(BrokenExecutorException.class)
                    .hasMessageContaining("not ready within 2000 ms");
        }
    }
}
