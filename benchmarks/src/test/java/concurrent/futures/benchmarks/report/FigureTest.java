// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class FigureTest {
    @ParameterizedTest
    @ValueSource(strings = {"HeapPerItem", "Submit", "RoundTrip", "Callbacks", "AsCompleted"})
    void figure_isWellFormed(String suite) throws Exception {
        for (Figure figure : Figure.of(Fixture.results().contests(suite))) {
            Document document = parse(figure.svg());

            assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
            assertThat(figure.svg()).contains("prefers-color-scheme: dark").doesNotContain("NaN", "Infinity");
        }
    }

    @Test
    void namesWithMarkup_areEscaped() throws Exception {
        Results results = Fixture.resultsOf(Fixture.result("<b> & 'c'", 1, 0.1, Unit.TIME));

        Document document = parse(Figure.of(results.contests()).getFirst().svg());

        assertThat(document.getDocumentElement().getTextContent()).contains("<b> & 'c'");
    }

    @Test
    void growth_isALineForEachContestant() throws Exception {
        Figure figure = Figure.of(Fixture.results().contests("AsCompleted")).getFirst();

        assertThat(figure.name()).isEqualTo("as-completed");
        assertThat(elements(figure, "polyline")).isEqualTo(2 * 3); // with those of the legend
    }

    @Test
    void bars_haveAnErrorIfItIsKnown() throws Exception {
        Figure callbacks = Figure.of(Fixture.results().contests("Callbacks")).getFirst();

        assertThat(elements(callbacks, "rect")).isEqualTo(1 + 3); // with the background
        assertThat(callbacks.svg().split("class='error'", -1)).hasSize(1 + 2 * 3); // three lines each
    }

    @Test
    void casesThatDifferTwice_haveAFigureForEachValueOfTheFirst() {
        Results results = Fixture.resultsOf(
                Fixture.result(Contestants.OURS, 1, 0, Unit.TIME, "submitters=1", "workers=1"),
                Fixture.result(Contestants.OURS, 1, 0, Unit.TIME, "submitters=1", "workers=2"),
                Fixture.result(Contestants.OURS, 1, 0, Unit.TIME, "submitters=4", "workers=1"));

        assertThat(Figure.of(results.contests()))
                .extracting(Figure::name)
                .containsExactly("submit-submitters-1", "submit-submitters-4");
    }

    @Test
    void nothingButZeros_canBeDrawn() throws Exception {
        Results results = Fixture.resultsOf(
                Fixture.result(Contestants.OURS, 0, 0, Unit.BYTES, "n=1"),
                Fixture.result(Contestants.OURS, 0, 0, Unit.BYTES, "n=2"));

        for (Figure figure : Figure.of(results.contests())) {
            assertThat(parse(figure.svg())).isNotNull();
        }
    }

    @Test
    void logarithmicAxis_goesFromTickToTick() {
        Axis axis = Axis.log(3, 4000, 0, 100);

        assertThat(axis.least()).isEqualTo(2);
        assertThat(axis.greatest()).isEqualTo(5000);
        assertThat(axis.ticks()).isEqualTo(List.of(10.0, 100.0, 1000.0));
        assertThat(axis.place(2)).isZero();
        assertThat(axis.place(100)).isEqualTo(50);
        assertThat(axis.place(0)).isZero();
    }

    @Test
    void linearAxis_beginsAtZero() {
        assertThat(Axis.linear(520, 0, 100).ticks()).isEqualTo(List.of(0.0, 100.0, 200.0, 300.0, 400.0, 500.0));
    }

    private static int elements(Figure figure, String name) throws Exception {
        return parse(figure.svg()).getElementsByTagName(name).getLength();
    }

    private static Document parse(String svg) throws ParserConfigurationException, IOException, SAXException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
