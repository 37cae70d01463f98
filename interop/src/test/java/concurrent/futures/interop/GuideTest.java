// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The page of the guide has the very lines of these tests: its blocks are their regions, and it has them all. */
class GuideTest {
    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path PAGE = MODULE.resolveSibling("docs/guide/interop.md");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w*)\\R(.*?)^ *```$");
    private static final Pattern REGION = Pattern.compile("(?ms)^ *// @start region=\"([\\w-]+)\"\\R(.*?)^ *// @end$");

    @TestFactory
    Stream<DynamicTest> everyBlock_isARegionOfATest() throws IOException {
        Collection<String> regions = regions().values();
        String page = Files.readString(PAGE);
        return BLOCK.matcher(page).results().map(block -> {
            long line = page.substring(0, block.start()).lines().count() + 1;
            String text = textOf(block);
            return DynamicTest.dynamicTest(
                    PAGE.getFileName() + ":" + line,
                    () -> assertThat(regions.contains(text)).as(text).isTrue());
        });
    }

    @Test
    void everyRegion_isABlockOfThePage() throws IOException {
        Map<String, String> left = regions();
        assertThat(left).hasSizeGreaterThan(10);
        BLOCK.matcher(Files.readString(PAGE)).results().map(GuideTest::textOf).forEach(left.values()::remove);
        assertThat(left).isEmpty();
    }

    private static String textOf(MatchResult block) {
        return block.group(1) + "\n" + block.group(2).stripTrailing();
    }

    /** The lines of each region, under its language, by the name of its file and its own. */
    private static Map<String, String> regions() throws IOException {
        Map<String, String> regions = new TreeMap<>();
        try (Stream<Path> files = Files.walk(MODULE.resolve("src/test"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String language = file.toString().endsWith(".kt") ? "kotlin" : "java";
                Matcher region = REGION.matcher(Files.readString(file));
                while (region.find()) {
                    String place = file.getFileName() + " " + region.group(1);
                    regions.put(
                            place,
                            language + "\n" + region.group(2).stripTrailing().stripIndent());
                }
            }
        }
        return regions;
    }
}
