// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sha256Test {
    @TempDir
    Path folder;

    @BeforeEach
    void someFiles() throws IOException {
        write("b", "two");
        write("a", "one");
        write("c/z", "four");
        write("c/y/x", "three");
        write("c.txt", "five");
        Files.createDirectory(folder.resolve("empty"));
    }

    @Test
    void folder_isPrintedSortedAsSha256sumPrintsFiles() {
        assertThat(sha256(folder).lines())
                .containsExactly(line("a"), line("b"), line("c/y/x"), line("c/z"), line("c.txt"));
    }

    @Test
    void paths_arePrintedInTheOrderGiven() {
        assertThat(sha256(folder.resolve("c"), folder.resolve("b"), folder.resolve("a"), folder.resolve("b"))
                        .lines())
                .containsExactly(line("c/y/x"), line("c/z"), line("b"), line("a"), line("b"));
    }

    @Test
    void names_arePrintedAsGiven() {
        assertThat(Run.of("sha256", folder + "//c/", folder + "/./a").lines())
                .extracting(line -> line.substring(66))
                .containsExactly(folder + "//c/y/x", folder + "//c/z", folder + "/./a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads", "virtual", "processes", "cluster"})
    void manyFiles_stayInOrder(String place) throws IOException {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String name = "many/%03d".formatted(i);
            write(name, "x".repeat(i % 7 * 10_000));
            expected.add(line(name));
        }
        assertThat(Run.of("sha256", "--on", place, "--workers", "3", folder.resolve("many") + "")
                        .lines())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads", "processes"})
    void completed_printsTheSameLines(String place) {
        Run run = Run.of("sha256", "--completed", "--on", place, folder.toString());
        assertThat(run.lines())
                .containsExactlyInAnyOrderElementsOf(sha256(folder).lines());
        assertThat(run.status()).isZero();
    }

    @Test
    void output_isAcceptedBySha256sum() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/sha256sum")));
        write("back\\slash", "6");
        write("new\nline", "7");
        write("carriage\rreturn", "8");
        Path list = write("../list-" + folder.getFileName(), sha256(folder).out());
        try {
            Process check = new ProcessBuilder("sha256sum", "--check", "--strict", "--quiet", list.toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(check.getInputStream().readAllBytes())).isEmpty();
            assertThat(check.waitFor()).isZero();
        } finally {
            Files.delete(list);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"back\\slash", "new\nline", "carriage\rreturn"})
    void lineWithEscapes_beginsWithBackslash(String name) throws IOException {
        Path file = write(name, "six");
        String escaped =
                file.toString().replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        assertThat(sha256(file).out()).isEqualTo("\\" + hash(file) + "  " + escaped + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--completed", "--workers=1", "--on=processes"})
    void missingFile_isOneLineAndStatus1_andTheRestIsDone(String option) {
        Run run = Run.of(
                "sha256", option, folder.resolve("a") + "", folder.resolve("missing") + "", folder.resolve("b") + "");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("sha256: " + folder.resolve("missing") + ": No such file or directory\n");
        assertThat(run.lines()).containsExactlyInAnyOrder(line("a"), line("b"));
    }

    @Test
    void otherProblems_areToldWithTheirReason() throws IOException {
        assertThat(sha256(folder.resolve("a/b")).err())
                .isEqualTo("sha256: " + folder.resolve("a/b") + ": Not a directory\n");

        Path secret = write("secret", "");
        assumeTrue(secret.toFile().setReadable(false) && !Files.isReadable(secret), "root may read everything");
        assertThat(sha256(secret).err()).isEqualTo("sha256: " + secret + ": Permission denied\n");
    }

    @Test
    void symbolicLinks_areFollowedOnlyWhenGiven() throws IOException {
        Path links = Files.createDirectory(folder.resolve("links"));
        Path toFile = Files.createSymbolicLink(links.resolve("file"), folder.resolve("a"));
        Path toFolder = Files.createSymbolicLink(links.resolve("folder"), folder.resolve("c/y"));
        assertThat(sha256(links)).isEqualTo(new Run(0, "", ""));
        assertThat(sha256(toFile, toFolder).lines())
                .containsExactly(hash(toFile) + "  " + toFile, line("links/folder/x"));
    }

    @Test
    void emptyPath_isNotTheCurrentFolder() {
        Run run = Run.of("sha256", "");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--completed", "--on=threads", "--on=virtual"})
    void timeout_endsTheJobAndNamesWhatIsUnfinished(String option) {
        assumeTrue(Files.exists(Path.of("/dev/zero")));
        Run run = Run.of("sha256", option, "--timeout", "500ms", folder.resolve("a") + "", "/dev/zero");
        assertThat(run.status()).isEqualTo(124);
        assertThat(run.lines()).containsExactly(line("a"));
        assertThat(run.err()).isEqualTo("sha256: timed out after 500ms; unfinished: /dev/zero\n");
    }

    @Test
    void timeout_endsAJobInProcesses() {
        assumeTrue(Files.exists(Path.of("/dev/zero")));
        // Time enough for a process to start, even on a busy machine.
        Run run = Run.of("sha256", "--on=processes", "--timeout", "3s", folder.resolve("a") + "", "/dev/zero");
        assertThat(run.status()).isEqualTo(124);
        assertThat(run.lines()).containsExactly(line("a"));
        assertThat(run.err()).isEqualTo("sha256: timed out after 3s; unfinished: /dev/zero\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"30s", "2m", "1h", "60000ms", "PT30S", "pt1m"})
    void timeout_isReadInItsForms(String time) {
        assertThat(Run.of("sha256", "--timeout", time, folder.toString()).status())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--timeout=soon", "--timeout=0s", "--timeout=-PT1S", "--workers=0", "--on=mars", "--nonsense"})
    void mistakenOption_isToldWithStatus2(String option) {
        Run run = Run.of("sha256", option, folder.toString());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains(option.substring(0, option.indexOf('=') < 0 ? option.length() : option.indexOf('=')));
    }

    private static Run sha256(Path... paths) {
        List<String> arguments = new ArrayList<>(List.of("sha256"));
        for (Path path : paths) {
            arguments.add(path.toString());
        }
        return Run.of(arguments.toArray(String[]::new));
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private String line(String name) {
        return hash(folder.resolve(name)) + "  " + folder.resolve(name);
    }

    private static String hash(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
