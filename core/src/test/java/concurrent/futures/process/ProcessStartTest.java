// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static concurrent.futures.process.Launched.LIBRARY;
import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.BrokenExecutorException;
import concurrent.futures.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How workers are started: with the options of this JVM, and not again and again if that fails. */
class ProcessStartTest {
    private static final long BUSY_MILLIS = 1_500;
    private static final String OPENED = "java.base/java.util=ALL-UNNAMED";

    @TempDir
    Path directory;

    private static String worker() {
        return Thread.currentThread().getName();
    }

    /** Without a pause, some hundreds would be tried in that time. */
    @Test
    void startsThatFail_areNotTriedWithoutAPause_andOthersDoTheWork() throws Exception {
        Path place = Files.createDirectory(directory.resolve("place"));
        try (ProcessExecutor executor =
                Processes.small(2).name("pausing").workingDirectory(place).build()) {
            assertThat(executor.submit(ProcessStartTest::worker).result()).isEqualTo("pausing-worker-1");
            Files.delete(place);
            Future<?> busy = executor.submit(() -> Thread.sleep(BUSY_MILLIS));
            Future<String> second = executor.submit(ProcessStartTest::worker);
            busy.get(20, TimeUnit.SECONDS);
            assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo("pausing-worker-1");
            Files.createDirectory(place);
            Path gate = directory.resolve("gate");
            String opened = gate.toString();
            Future<?> waiting = executor.submit(() -> {
                while (!Files.exists(Path.of(opened))) {
                    Thread.sleep(1);
                }
            });
            String name = executor.submit(ProcessStartTest::worker).get(20, TimeUnit.SECONDS);
            Files.createFile(gate);
            waiting.get(20, TimeUnit.SECONDS);
            assertThat(Integer.parseInt(name.substring("pausing-worker-".length())))
                    .isBetween(5, 20);
        }
    }

    /** It would get tasks, and drop them, as long as its hooks take. */
    @Test
    void workerThatExitsWhileItStarts_isNotReady() throws Exception {
        try (ProcessExecutor executor = Processes.small(1)
                .initializer(() -> {
                    new Thread(() -> System.exit(3)).start();
                    while (!WorkerMain.isExiting()) {
                        Thread.onSpinWait();
                    }
                })
                .build()) {
            assertThat(executor.submit(() -> 1).exception(Duration.ofSeconds(20)))
                    .isInstanceOf(BrokenExecutorException.class)
                    .hasMessageContaining("exit code 3");
        }
    }

    @Test
    void whatHasNoMessage_isNamed_andLeavesNoProcess() throws Exception {
        String temporary = System.clearProperty("java.io.tmpdir");
        try (ProcessExecutor executor = Processes.small(1).build()) {
            Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
            assertThat(executor.submit(() -> 1).exception(Duration.ofSeconds(20)))
                    .isInstanceOf(BrokenExecutorException.class)
                    .hasMessageContaining("NullPointerException");
            assertThat(ProcessHandle.current().children()).isSubsetOf(before);
        } finally {
            System.setProperty("java.io.tmpdir", temporary);
        }
    }

    private Launched launched() {
        return new Launched(directory);
    }

    /** A program that prints whether a worker may look into a package. */
    private Path looking() throws Exception {
        Launched launched = launched();
        Path program = launched.source("Program.java", """
                import concurrent.futures.process.ProcessExecutor;

                public class Program {
                    public static void main(String[] arguments) throws Exception {
                        try (ProcessExecutor executor = new ProcessExecutor(1)) {
                            System.out.println(executor.submit(() -> Object.class.getModule()
                                    .isOpen("java.util", Program.class.getModule())).result());
                        }
                    }
                }
                """);
        return launched.compiled("classes", "-cp", LIBRARY.toString(), program.toString());
    }

    @Test
    void optionsInAFile_areThoseOfWorkersToo() throws Exception {
        Path options = launched().source("options", "--add-opens\n" + OPENED + "\n");
        Launched.Result result = launched().java("@" + options, "-cp", LIBRARY + ":" + looking(), "Program");
        assertThat(result.out()).as(result.err()).isEqualTo("true\n");
    }

    /** The system tells no more than 4 kB of a command. */
    @Test
    void optionsOfALongCommand_areThoseOfWorkersToo() throws Exception {
        String path = LIBRARY + ":" + looking() + ":/nowhere".repeat(1_000);
        Launched.Result result = launched().java("--add-opens", OPENED, "-cp", path, "Program");
        assertThat(result.out()).as(result.err()).isEqualTo("true\n");
    }

    @Test
    void optionsBehindOneWithoutAValue_areThoseOfWorkersToo() throws Exception {
        String path = LIBRARY + ":" + looking();
        Launched.Result result =
                launched().java("--show-module-resolution", "--add-opens", OPENED, "-cp", path, "Program");
        assertThat(result.out()).as(result.err()).endsWith("true\n");
    }

    /** What is needed of the limited resource is there from the start, so that a large task cannot be stuck halfway. */
    @Test
    void largeTask_isSent_byAProgramThatCanOpenNoMoreFiles() throws Exception {
        Launched launched = launched();
        Path program = launched.source("Hoarder.java", """
                import concurrent.futures.process.ProcessExecutor;
                import java.io.FileInputStream;
                import java.io.IOException;
                import java.util.ArrayList;
                import java.util.List;

                public class Hoarder {
                    public static void main(String[] arguments) throws Exception {
                        try (ProcessExecutor executor = new ProcessExecutor(1)) {
                            executor.submit(() -> 1).result();
                            byte[] large = new byte[20_000_000];
                            List<FileInputStream> open = new ArrayList<>();
                            try {
                                while (true) {
                                    open.add(new FileInputStream("/dev/null"));
                                }
                            } catch (IOException e) {
                                System.out.println("full");
                            }
                            System.out.println(executor.submit(() -> large.length).result());
                        }
                    }
                }
                """);
        Path classes = launched.compiled("hoarder", "-cp", LIBRARY.toString(), program.toString());
        Path library = launched.jar("library.jar", LIBRARY);
        Path jar = launched.jar("hoarder.jar", classes);
        Launched.Result result = launched.run(new ProcessBuilder(
                "/bin/sh",
                "-c",
                "ulimit -n 100; exec \"$@\"",
                "sh",
                Launched.tool("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                library + ":" + jar,
                "Hoarder"));
        assertThat(result.out()).as(result.err()).isEqualTo("full\n20000000\n");
    }
}
