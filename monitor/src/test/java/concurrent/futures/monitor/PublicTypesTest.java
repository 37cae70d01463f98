// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is public is a decision, and no file is longer than one reads. */
class PublicTypesTest {
    private static final int MOST_LINES = 400;
    private static final Path MAIN = Path.of("src/main");

    @Test
    void publicTypes_areThree() throws IOException {
        List<String> found;
        try (Stream<Path> files = Files.walk(MAIN)) {
            found = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(PublicTypesTest::isPublic)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
        assertThat(found).containsExactly("ExecutorMeters.java", "Monitor.java", "Progress.java");
    }

    @Test
    void files_areShort() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            assertThat(files.filter(Files::isRegularFile).toList())
                    .hasSizeGreaterThan(30)
                    .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(MOST_LINES));
        }
    }

    private static boolean isPublic(Path file) {
        try {
            return Files.readAllLines(file).stream().anyMatch(line -> line.startsWith("public "));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
