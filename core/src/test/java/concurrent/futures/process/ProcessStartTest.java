// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static concurrent.futures.process.Launched.LIBRARY;
import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How workers are started: with the options of this JVM, and not again and again if that fails. */
class ProcessStartTest {
    private static final long BUSY_MILLIS = 1_500;

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

    @Test
    void optionsInAFile_areThoseOfWorkersToo() throws Exception {
        Launched launched = new Launched(directory);
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
        Path classes = launched.compiled("classes", "-cp", LIBRARY.toString(), program.toString());
        Path options = launched.source("options", "--add-opens\njava.base/java.util=ALL-UNNAMED\n");
        Launched.Result result = launched.java("@" + options, "-cp", LIBRARY + ":" + classes, "Program");
        assertThat(result.out()).as(result.err()).isEqualTo("true\n");
    }
}
