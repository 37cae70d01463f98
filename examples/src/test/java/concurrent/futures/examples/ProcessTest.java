// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: signals, closed pipes and the locale. */
class ProcessTest {
    @TempDir
    Path folder;

    @Test
    void endOfTheReader_endsTheProgramQuietly() throws Exception {
        manyFiles();
        Process program = start("sha256", folder.toString(), "/dev/zero");
        program.getInputStream().close();
        assertThat(exitStatus(program)).isEqualTo(141);
        assertThat(program.errorReader().readLine()).isNull();
    }

    /** The signal is that of kill, since a shell may make its background jobs deaf to that of Ctrl-C. */
    @Test
    void signal_endsTheProgramWithWholeLines() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/zero")));
        manyFiles();
        Process program = start("sha256", folder.toString(), "/dev/zero");
        try (BufferedReader reader = program.inputReader()) {
            assertThat(reader.readLine()).matches("[0-9a-f]{64}  .*");
            program.toHandle().destroy(); // Process.destroy would close the pipe, too
            assertThat(reader.lines()).allMatch(line -> line.matches("[0-9a-f]{64}  .*/\\d{4}"));
        }
        assertThat(exitStatus(program)).isEqualTo(143);
    }

    @Test
    void readThatHeedsNoInterrupt_doesNotOutliveTheTimeout() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(succeeds("mkfifo", pipe.toString()));
        Process program = start("sha256", "--timeout", "200ms", pipe.toString());
        assertThat(exitStatus(program)).isEqualTo(124);
        assertThat(program.errorReader().readLine()).endsWith("unfinished: " + pipe);
    }

    @Test
    void names_arePrintedByteByByteInAnyLocale() throws Exception {
        String bytes = "\\303\\251 \\377";
        assumeTrue(succeeds("sh", "-c", "cd " + folder + " && : > \"$(printf '" + bytes + "')\""));
        for (String locale : List.of("C", "C.UTF-8")) {
            for (String place : List.of("threads", "processes")) {
                ProcessBuilder builder = builder("sha256", "--on", place, folder.toString());
                builder.environment().put("LC_ALL", locale);
                Process program = builder.start();
                String out = new String(program.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                assertThat(out).as(locale + ", " + place).endsWith("  " + folder + "/\303\251 \377\n");
            }
        }
    }

    /** More than one buffer of output. */
    private void manyFiles() throws IOException {
        for (int i = 0; i < 1500; i++) {
            Files.writeString(folder.resolve("%04d".formatted(i)), "");
        }
    }

    private static Process start(String... arguments) throws IOException {
        return builder(arguments).start();
    }

    private static ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command);
    }

    private static int exitStatus(Process process) throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
