// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.Future;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
        assertThat(complained.toString(UTF_8)).contains("[other-worker-1] raw\n");
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

    @Test
    void stoppedWorkerThatIsKilled_doesNotKeepWhoeverSendsToIt() throws Exception {
        byte[] large = new byte[LARGE];
        try (ProcessExecutor executor = Processes.small(1).build()) {
            long pid = executor.submit(ProcessPipesTest::pid).result();
            Processes.await().until(() -> executor.idleWorkers() == 1);
            signal("-STOP", pid);
            Thread killer = new Thread(() -> {
                try {
                    Thread.sleep(300);
                    signal("-KILL", pid);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            killer.start();
            Future<Integer> future = executor.submit(() -> large.length);
            assertThat(future.get(20, TimeUnit.SECONDS)).isEqualTo(LARGE);
            killer.join();
        }
    }

    /** An interrupt of the thread that sends, at any moment, tears nothing off. */
    @Test
    void interruptOfWhoeverSends_doesNoHarm() throws Exception {
        byte[] large = new byte[LARGE];
        Thread sender = Thread.currentThread();
        try (ProcessExecutor executor = Processes.small(1).build()) {
            long pid = executor.submit(ProcessPipesTest::pid).result();
            for (int i = 0; i < 10; i++) {
                Thread interrupting = new Thread(sender::interrupt);
                interrupting.start();
                Future<Long> future = executor.submit(() -> large.length + pid());
                interrupting.join();
                Thread.interrupted();
                assertThat(future.get(20, TimeUnit.SECONDS)).isEqualTo(LARGE + pid);
            }
        }
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
    void hookThatHangs_hasTheTimeOfGrace() throws Exception {
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
}
