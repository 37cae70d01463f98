// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoalsTest {
    private static final Goal TWICE =
            Goal.times(2, new Contestants.Group("these", List.of("Netty", "Kotlin")), "submit", Selector.of("Submit"));

    @Test
    void goals_areMetMissedOrNotMeasured() throws IOException {
        String table = Goals.table(Fixture.results());

        assertThat(line(table, "ThreadPoolExecutor "))
                .containsExactly(
                        "submit to result, 1 submitter, 2 workers", "ThreadPoolExecutor", "4×", "5.00×", "met");
        assertThat(line(table, "ForkJoinPool async"))
                .containsSubsequence("ForkJoinPool async, the best of 2", "2.5×", "2.20×", "**missed** ≈");
        assertThat(line(table, "heap per pending task")).containsSubsequence("none", "at most 32 B", "28 B", "met");
        assertThat(line(table, "after 1 ms idle")).containsSubsequence("1×", "0.98×", "**missed**");
        assertThat(line(table, "1,000,000 futures")).containsSubsequence("3×", "2.50×", "**missed**");
        assertThat(line(table, "fib, one child")).containsSubsequence("ForkJoinPool", "1×", "–", "not measured");
    }

    @Test
    void nothingMeasured_isNoError() {
        assertThat(Goals.table(new Results()).lines())
                .hasSize(2 + Goals.ALL.size())
                .filteredOn(line -> line.contains("not measured"))
                .hasSameSizeAs(Goals.ALL);
    }

    @Test
    void bestPeer_isWhatCounts() {
        Results results = Fixture.resultsOf(
                Fixture.result(Contestants.OURS, 10, 0.1, Unit.THROUGHPUT),
                Fixture.result("Netty", 4, 0.1, Unit.THROUGHPUT),
                Fixture.result("Kotlin", 8, 0.1, Unit.THROUGHPUT),
                Fixture.result("Guava", 9, 0.1, Unit.THROUGHPUT));

        assertThat(TWICE.lines(results))
                .containsExactly(List.of("submit", "Kotlin, the best of 2", "2×", "1.25×", "**missed**"));
    }

    @Test
    void severalCases_haveALineEach() {
        Results results = Fixture.resultsOf(
                Fixture.result(Contestants.OURS, 1, 0.1, Unit.TIME, "workers=1"),
                Fixture.result("Netty", 4, 0.1, Unit.TIME, "workers=1"),
                Fixture.result(Contestants.OURS, 1, 0.1, Unit.TIME, "workers=2"),
                Fixture.result("Netty", 1, 0.1, Unit.TIME, "workers=2"),
                Fixture.result(Contestants.OURS, 1, 0.1, Unit.TIME, "workers=4"));

        assertThat(TWICE.lines(results))
                .extracting(List::getFirst, List::getLast)
                .containsExactly(tuple("submit (workers 1)", "met"), tuple("submit (workers 2)", "**missed**"));
    }

    @Test
    void goalOfAnotherContestant_isMeasuredByIt() {
        Results results = Fixture.resultsOf(
                Fixture.result(Contestants.OURS, 8, 0.1, Unit.TIME),
                Fixture.result(Contestants.OURS_VIRTUAL, 1, 0.1, Unit.TIME),
                Fixture.result("Netty", 4, 0.1, Unit.TIME));

        assertThat(TWICE.by(Contestants.OURS_VIRTUAL).lines(results).getFirst()).contains("4.00×", "met");
    }

    @ParameterizedTest
    @CsvSource({
        "fibOneChild, idle 1 ms, one, true",
        "fibOneChild, IDLE_1MS, idle, true",
        "unordered, none, ordered, false",
        "ordered, none, ordered|input, true",
        "submit, none, gap=none, true",
        "submit, 10000000, gap=1000000, false"
    })
    void selector_comparesWholeWords(String method, String gap, String word, boolean matches) {
        SequencedMap<String, String> params = new LinkedHashMap<>(Map.of("gap", gap));

        assertThat(Selector.of("RoundTrip", word).matches(new Case("RoundTrip", method, params, "avgt")))
                .isEqualTo(matches);
    }

    /** The cells of the first line that has a text. */
    private static List<String> line(String table, String text) {
        String line = table.lines()
                .filter(candidate -> candidate.contains(text))
                .findFirst()
                .orElseThrow();
        return List.of(line.substring(1).split("\\|", -1)).stream()
                .map(String::strip)
                .filter(cell -> !cell.isEmpty())
                .toList();
    }
}
