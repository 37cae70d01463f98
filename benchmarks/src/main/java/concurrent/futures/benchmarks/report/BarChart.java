// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.util.List;

/** Some cases below each other, with a bar for each contestant and the error on it. */
final class BarChart {
    private static final double WIDTH = 820;
    private static final double LEFT = 310; // where the bars begin
    private static final double RIGHT = 670; // where the longest ends; its number stands behind
    private static final double HEAD = 34;
    private static final double ROW = 20;
    private static final double BAR = 12;
    private static final double FOOT = 36;
    private static final double LABEL = 14; // from the end of a line to the foot of its label
    private static final double GAP = 8;

    private final Svg svg;
    private double top;

    private BarChart(String title, List<Contest> contests) {
        double height = contests.stream().mapToDouble(BarChart::height).sum();
        svg = new Svg(WIDTH, height, title);
    }

    /** The document. */
    static String of(String title, List<Contest> contests) {
        BarChart chart = new BarChart(title, contests);
        contests.forEach(chart::panel);
        return chart.svg.document();
    }

    private static double height(Contest contest) {
        return HEAD + ROW * contest.results().size() + FOOT;
    }

    private void panel(Contest contest) {
        Unit.Scale scale = contest.scale();
        double greatest = contest.results().stream()
                .map(Result::score)
                .mapToDouble(score -> score.hasError() ? score.high() : score.value())
                .max()
                .orElseThrow();
        Axis axis = Axis.linear(greatest / scale.factor(), LEFT, RIGHT);
        svg.text("head", "start", GAP, top + HEAD / 2, contest.title());
        grid(axis, contest.results().size());
        double middle = top + HEAD + ROW / 2;
        for (Result result : contest.ranking()) {
            bar(result, axis, scale, middle);
            middle += ROW;
        }
        String unit = scale.name() + ", " + contest.unit().betterText();
        svg.text("faint", "end", LEFT - 2 * GAP, middle - ROW / 2 + LABEL, unit);
        top += height(contest);
    }

    private void grid(Axis axis, int rows) {
        double bottom = top + HEAD + ROW * rows;
        for (double tick : axis.ticks()) {
            double x = axis.place(tick);
            svg.line("grid", x, top + HEAD, x, bottom);
            svg.text("faint", "middle", x, bottom + LABEL, Numbers.brief(tick));
        }
    }

    private void bar(Result result, Axis axis, Unit.Scale scale, double middle) {
        boolean isOurs = Contestants.isOurs(result.contestant());
        Score score = result.score();
        double end = axis.place(score.value() / scale.factor());
        svg.text(isOurs ? "head" : "name", "end", LEFT - GAP, middle + 4, result.contestant());
        svg.rectangle(isOurs ? "ours" : "peer", LEFT, middle - BAR / 2, end - LEFT, BAR);
        if (score.hasError()) {
            double high = axis.place(score.high() / scale.factor());
            error(axis.place(score.low() / scale.factor()), high, middle);
            end = high;
        }
        svg.text("faint", "start", end + GAP, middle + 4, score.text(scale));
    }

    private void error(double low, double high, double middle) {
        svg.line("error", low, middle, high, middle);
        svg.line("error", low, middle - 3, low, middle + 3);
        svg.line("error", high, middle - 3, high, middle + 3);
    }
}
