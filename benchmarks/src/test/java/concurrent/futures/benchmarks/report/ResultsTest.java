// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultsTest {
    @TempDir
    private Path folder;

    @Test
    void folder_isReadWithHeapAndMachine() throws IOException {
        Results results = Fixture.results();

        assertThat(results.suites()).containsExactly("HeapPerItem", "Submit", "RoundTrip", "Callbacks", "AsCompleted");
        assertThat(results.all()).extracting(Result::machine).doesNotContainNull();
        assertThat(results.contests("HeapPerItem").getFirst().results())
                .extracting(Result::contestant, result -> result.score().value())
                .contains(tuple("ThreadPoolExecutor", 56.0));
    }

    @Test
    void sampledCase_hasPercentilesAndAllocations() throws IOException {
        Result ours = Fixture.results().contests("RoundTrip").getFirst().ours().orElseThrow();

        assertThat(ours.score()).isEqualTo(new Score(5.0 * 1e-6, 0.2 * 1e-6, Unit.TIME));
        assertThat(ours.percentiles()).containsOnlyKeys("50.0", "99.0");
        assertThat(ours.allocated()).isEqualTo(40.0);
    }

    @Test
    void errorThatIsNoNumber_isUnknown() throws IOException {
        Contest callbacks = Fixture.results().contests("Callbacks").getFirst();

        assertThat(callbacks.bestOf(List.of("Guava")).orElseThrow().score().error())
                .isNaN();
    }

    @ParameterizedTest
    @CsvSource({
        "ops/s, 1",
        "ops/ms, 1e3",
        "ops/us, 1e6",
        "ops/ns, 1e9",
        "ns/op, 1e-9",
        "us/op, 1e-6",
        "s/op, 1",
        "min/op, 60"
    })
    void units_areOfOneSize(String unit, double factor) {
        assertThat(Unit.jmhFactor(unit)).isCloseTo(factor, within(factor * 1e-9));
    }

    @Test
    void laterResult_replacesTheEarlier() {
        Results results = Fixture.resultsOf(
                Fixture.result(Contestants.OURS, 1, 0, Unit.TIME, "workers=1"),
                Fixture.result("Netty", 2, 0, Unit.TIME, "workers=1"),
                Fixture.result(Contestants.OURS, 3, 0, Unit.TIME, "workers=1"));

        assertThat(results.contests()).singleElement().satisfies(contest -> {
            assertThat(contest.ours().orElseThrow().score().value()).isEqualTo(3);
            assertThat(contest.peers()).hasSize(1);
        });
    }

    @Test
    void emptyFile_isLeftByARunThatWasStopped() throws IOException {
        Files.createFile(folder.resolve("Submit.json"));

        assertThat(Results.read(List.of(folder)).contests()).isEmpty();
    }

    @Test
    void otherProgram_mayLeaveOutHowItMeasured() throws IOException {
        Files.writeString(folder.resolve("cpython.json"), """
                [{"benchmark": "a.Submit.submit", "mode": "avgt", "params": {"contestant": "CPython"},
                  "primaryMetric": {"score": 2, "scoreError": "NaN", "scoreUnit": "ns/op"}}]
                """);

        assertThat(Results.read(List.of(folder)).all())
                .singleElement()
                .extracting(Result::settings)
                .isEqualTo(new Result.Settings("avgt", 0, "", ""));
    }

    @Test
    void brokenFile_isNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("Submit.json"), "[{\"benchmark\":");

        assertThatThrownBy(() -> Results.read(List.of(folder)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": ");
    }

    @Test
    void otherFiles_areNotRead() throws IOException {
        Files.writeString(folder.resolve("log"), "text");

        assertThat(Results.read(List.of(folder)).contests()).isEmpty();
    }

    @Test
    void oursOfAnotherKind_isNoPeer() {
        Results results = Fixture.resultsOf(
                Fixture.result(Contestants.OURS_VIRTUAL, 1, 0, Unit.TIME),
                Fixture.result("Netty", 2, 0, Unit.TIME),
                Fixture.result(Contestants.OURS, 3, 0, Unit.TIME));

        Contest contest = results.contests().getFirst();
        assertThat(contest.ranking())
                .extracting(Result::contestant)
                .containsExactly(Contestants.OURS, Contestants.OURS_VIRTUAL, "Netty");
        assertThat(contest.peers()).hasSize(1);
    }

    @Test
    void labels_sayWhatDiffers() {
        Results results = Fixture.resultsOf(
                Fixture.result(Contestants.OURS, 1, 0, Unit.TIME, "n=1000", "workers=2"),
                Fixture.result(Contestants.OURS, 1, 0, Unit.TIME, "n=1000000", "workers=2"));

        assertThat(results.contests())
                .extracting(Contest::title)
                .containsExactly("Submit, n 1,000", "Submit, n 1,000,000");
    }
}
