// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Path REAL_PAGE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("docs/performance.md");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void realPage_isFilledAndShowsEveryFigure() throws IOException {
        Path page = Files.copy(REAL_PAGE, folder.resolve("performance.md"));

        assertThat(run("page", page.toString(), Fixture.folder().toString())).isZero();

        String filled = Files.readString(page);
        assertThat(filled)
                .contains("| CPU    | Z80 \\| A")
                .contains("- Submit, submitters 1: Netty 1.25×\n- RoundTrip, gap idle 1 ms: ThreadPoolExecutor 1.02×")
                .contains("In all cases: workers 2.")
                .contains("| ForkJoinPool       | 130 ± 15 |   72 | 1.08× ≈ |");
        assertThat(filled.lines().filter(line -> line.startsWith("![")))
                .hasSize(5)
                .allSatisfy(line -> assertThat(folder.resolve(line.replaceAll(".*\\((.*)\\)", "$1")))
                        .exists());
    }

    @Test
    void fillingAgain_changesNothing() throws IOException {
        Path page = Files.copy(REAL_PAGE, folder.resolve("performance.md"));
        run("page", page.toString(), Fixture.folder().toString());
        String once = Files.readString(page);

        run("page", page.toString(), Fixture.folder().toString());

        assertThat(Files.readString(page)).isEqualTo(once);
    }

    @Test
    void figuresOfEarlierReports_areDeleted() throws IOException {
        Path page = Files.writeString(folder.resolve("performance.md"), "");
        Path old = Files.createDirectories(folder.resolve("performance")).resolve("old.svg");
        Files.createFile(old);

        assertThat(run("page", page.toString())).isZero();

        assertThat(old).doesNotExist();
    }

    @Test
    void pageWithoutResults_saysSo() throws IOException {
        Path page = Files.copy(REAL_PAGE, folder.resolve("performance.md"));

        assertThat(run("page", page.toString(), folder.toString())).isZero();

        assertThat(Files.readString(page)).contains("Not measured.", "not measured", "Unknown: no run has");
    }

    @Test
    void ratios_areATable() {
        assertThat(run("ratios", Fixture.folder().toString())).isZero();

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2 + 20)
                .map(line -> line.replaceAll(" +", " "))
                .contains("| Submit, submitters 4 | ForkJoinPool | 120 ± 10 | 130 ± 15 | ns/op | 1.08× ≈ |");
    }

    @Test
    void ratiosWithoutUs_areLeftOpen() {
        Results results = Fixture.resultsOf(Fixture.result("Netty", 2e-6, 1e-7, Unit.TIME));

        assertThat(RatioTable.ofAll(results)).endsWith("| Submit | Netty |    – | 2.00 ± 0.10 | µs/op |     – |");
    }

    @Test
    void machine_canBeReadAgain() throws IOException {
        assertThat(run("machine", "abc")).isZero();

        Machine machine = Machine.read(Files.write(folder.resolve("machine.json"), printed.toByteArray()));
        assertThat(machine.commit()).isEqualTo("abc");
        assertThat(machine.cores()).isPositive();
        assertThat(machine.cpu()).isNotEmpty();
    }

    @Test
    void mistakes_haveAnExitStatus() {
        assertThat(run()).isEqualTo(64);
        assertThat(run("ratios")).isEqualTo(64);
        assertThat(run("ratios", folder.resolve("nowhere.json").toString())).isEqualTo(1);
    }

    private int run(String... args) {
        return Report.run(new PrintStream(printed, true, StandardCharsets.UTF_8), List.of(args));
    }
}
