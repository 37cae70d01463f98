// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Promise;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker or its children print, read or keep open does no harm to what the worker and its pool tell each other. */
class ProcessPipesTest {
    private static final int LARGE = 10_000_000;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(printed, /* autoFlush= */ true, UTF_8));
        System.setErr(new PrintStream(complained, /* autoFlush= */ true, UTF_8));
    }

    @AfterEach
    void release() {
        System.setOut(out);
        System.setErr(err);
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private static WorkerDiedException death(Future<?> future) throws Exception {
        return (WorkerDiedException) future.exception(Duration.ofSeconds(20));
    }

    private static void signal(String signal, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void bothStreams_ofJavaItself_areToldApart() throws Exception {
        try (ProcessExecutor executor = Processes.small(1).name("both").build()) {
            executor.submit(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            System.out.println("out " + i);
                            System.err.println("error " + i);
                        }
                    })
                    .result();
        }
        assertThat(printed.toString(UTF_8).lines())
                .hasSize(1_000)
                .allMatch(line -> line.startsWith("[both-worker-1] out "));
        assertThat(complained.toString(UTF_8).lines())
                .hasSize(1_000)
                .allMatch(line -> line.startsWith("[both-worker-1] error "));
    }

    @Test
    void whatIsPrintedByOthers_isPassedOnAsAnError() throws Exception {
        try (ProcessExecutor executor = Processes.small(1).name("other").build()) {
            Future<Integer> future = executor.submit(() -> {
                try (FileOutputStream raw = new FileOutputStream(FileDescriptor.out)) {
                    raw.write("raw\n".getBytes(UTF_8));
                    return new ProcessBuilder("echo", "child")
                            .inheritIO()
                            .start()
                            .waitFor();
                }
            });
            assertThat(future.result()).isZero();
            assertThat(executor.submit(() -> 1).result()).isEqualTo(1);
        }
        assertThat(complained.toString(UTF_8)).contains("[other-worker-1] raw\n", "[other-worker-1] child\n");
        assertThat(printed.toString(UTF_8)).isEmpty();
    }

    @Test
    void childThatPrintsAndReads_findsNothing_andDoesNoHarm() throws Exception {
        try (ProcessExecutor executor = Processes.small(1).name("child").build()) {
            assertThat(executor.submit(() -> new ProcessBuilder("sh", "-c", "echo printed; cat; echo read")
                                    .inheritIO()
                                    .start()
                                    .waitFor())
                            .get(20, TimeUnit.SECONDS))
                    .isZero();
        }
        assertThat(complained.toString(UTF_8)).contains("[child-worker-1] printed\n[child-worker-1] read\n");
    }

    @Test
    void childThatOutlivesAWorker_doesNotHideItsDeath(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("pid");
        String place = file.toString();
        try (ProcessExecutor executor = Processes.small(1).build()) {
            Future<?> dies = executor.submit(() -> {
                Process child = new ProcessBuilder("sleep", "300").inheritIO().start();
                Files.writeString(Path.of(place), Long.toString(child.pid()));
                Runtime.getRuntime().halt(5);
            });
            assertThat(death(dies).exitCode()).isEqualTo(5);
        } finally {
            ProcessHandle.of(Long.parseLong(Files.readString(file))).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** Stops a worker that is idle. */
    private static long stopped(ProcessExecutor executor) throws Exception {
        long pid = executor.submit(ProcessPipesTest::pid).result();
        Processes.await().until(() -> executor.idleWorkers() == 1);
        signal("-STOP", pid);
        return pid;
    }

    /** Has another thread submit more than a pipe has room for, and waits until it is in the middle of that. */
    private static Thread submitting(Runnable submission) {
        Thread sender = new Thread(submission);
        sender.start();
        Processes.await()
                .until(() -> Stream.of(sender.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("writeBytes")));
        return sender;
    }

    @Test
    void stoppedWorkerThatIsKilled_doesNotKeepWhoeverSendsToIt() throws Exception {
        byte[] large = new byte[LARGE];
        Promise<Future<Integer>> submitted = new Promise<>();
        try (ProcessExecutor executor = Processes.small(1).build()) {
            long pid = stopped(executor);
            Thread sender = submitting(() -> submitted.setResult(executor.submit(() -> large.length)));
            signal("-KILL", pid);
            assertThat(submitted.get(20, TimeUnit.SECONDS).get(20, TimeUnit.SECONDS))
                    .isEqualTo(LARGE);
            sender.join();
        }
    }

    @Test
    void stoppedWorker_isKilledWhenItsTaskIsOver_andLetsGoOfWhoeverSendsToIt() throws Exception {
        byte[] large = new byte[LARGE];
        Promise<Future<Integer>> submitted = new Promise<>();
        try (ProcessExecutor executor =
                Processes.small(1).grace(Duration.ofMillis(10)).build()) {
            long pid = stopped(executor);
            FutureExecutor hasty = executor.withTimeout(Duration.ofMillis(300));
            submitting(() -> submitted.setResult(hasty.submit(() -> large.length)))
                    .join();
            assertThat(submitted.result().exception(Duration.ofSeconds(20))).isInstanceOf(TimeoutException.class);
            Processes.await().until(() -> ProcessHandle.of(pid).isEmpty());
            assertThat(executor.submit(() -> 1).get(20, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void stoppedWorker_isKilledWhenItsExecutorIsClosed() throws Exception {
        long pid;
        try (ProcessExecutor executor =
                Processes.small(1).grace(Duration.ofMillis(10)).build()) {
            pid = stopped(executor);
        }
        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    /** The streams of the JDK heed no interrupt, before or while they write, as channels do. */
    @Test
    void interruptOfWhoeverSends_doesNoHarm() throws Exception {
        byte[] large = new byte[LARGE];
        Promise<Future<Long>> submitted = new Promise<>();
        try (ProcessExecutor executor = Processes.small(1).build()) {
            long pid = stopped(executor);
            Thread sender = submitting(() -> {
                Thread.currentThread().interrupt();
                submitted.setResult(executor.submit(() -> large.length + pid()));
            });
            sender.interrupt();
            signal("-CONT", pid);
            assertThat(submitted.get(20, TimeUnit.SECONDS).get(20, TimeUnit.SECONDS))
                    .isEqualTo(LARGE + pid);
            sender.join();
        }
    }

    /** Each of these closes the standard error of the worker, or a stream of it. */
    @Test
    void outputIsHeard_afterATaskHasClosedStandardStreams() throws Exception {
        try (ProcessExecutor executor = Processes.small(1).name("closed").build()) {
            executor.submit(() -> new FileOutputStream(FileDescriptor.err).close())
                    .result();
            executor.submit(() -> new FileOutputStream(FileDescriptor.out).close())
                    .result();
            executor.submit(() -> System.err.close()).result();
            executor.submit(() -> System.out.println("after")).result();
        }
        assertThat(printed.toString(UTF_8)).isEqualTo("[closed-worker-1] after" + System.lineSeparator());
    }

    @Test
    void hookThatPrints_isHeard() throws Exception {
        try (ProcessExecutor executor = Processes.small(1).name("hook").build()) {
            Future<?> exits = executor.submit(() -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("farewell")));
                System.exit(4);
            });
            assertThat(death(exits).exitCode()).isEqualTo(4);
        }
        assertThat(printed.toString(UTF_8)).contains("[hook-worker-1] farewell");
    }

    @Test
    void hookThatTakesLess_thanTheTimeOfGrace_isNotCutShort() throws Exception {
        try (ProcessExecutor executor =
                Processes.small(1).name("slow").grace(Duration.ofMinutes(1)).build()) {
            Future<?> exits = executor.submit(() -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
                    System.out.println("done");
                }));
                System.exit(4);
            });
            assertThat(death(exits).exitCode()).isEqualTo(4);
        }
        assertThat(printed.toString(UTF_8)).contains("[slow-worker-1] done");
    }

    @Test
    void hookThatHangs_isKilledAfterTheTimeOfGrace() throws Exception {
        try (ProcessExecutor executor =
                Processes.small(1).grace(Duration.ofMillis(300)).build()) {
            Future<?> exits = executor.submit(() -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    while (true) {
                        Thread.onSpinWait();
                    }
                }));
                System.exit(4);
            });
            assertThat(death(exits).signal()).hasValue(9);
            assertThat(executor.submit(() -> 1).get(20, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    /** Such as this option of the JVM starts: it has all files that the worker has. */
    @Test
    void processThatKeepsTheStreamsOfAWorker_doesNotHideItsDeath() throws Exception {
        String seconds = "31.4159";
        try (ProcessExecutor executor = Processes.small(1)
                .jvmOptions("-XX:TieredStopAtLevel=1", "-XX:OnError=sleep " + seconds + " &")
                .build()) {
            Future<?> crashes = executor.submit(ProcessIsolationTest::crash);
            Future<Integer> next = executor.submit(() -> 1);
            assertThat(crashes.exception(Duration.ofSeconds(10)))
                    .isInstanceOf(WorkerDiedException.class)
                    .hasMessageContaining("SIGSEGV");
            assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        } finally {
            ProcessHandle.allProcesses()
                    .filter(process -> process.info().commandLine().orElse("").endsWith("sleep " + seconds))
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Whoever hears that a worker ends does not wait for its hooks. */
    @Test
    void workerThatExits_getsNoMoreTasks_andHasASuccessorAtOnce() throws Exception {
        try (ProcessExecutor executor =
                Processes.small(1).grace(Duration.ofSeconds(20)).build()) {
            long pid = executor.submit(() -> {
                        Runtime.getRuntime().addShutdownHook(new Thread(LockSupport::park));
                        return pid();
                    })
                    .result();
            Processes.await().until(() -> executor.idleWorkers() == 1);
            signal("-TERM", pid);
            Processes.await().until(() -> executor.idleWorkers() == 0);
            assertThat(executor.submit(ProcessPipesTest::pid).get(10, TimeUnit.SECONDS))
                    .isNotEqualTo(pid);
            assertThat(ProcessHandle.of(pid)).as("the one that takes its time").isPresent();
            executor.killWorkers();
        }
    }
}
