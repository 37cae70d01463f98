// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How scores change with a parameter that is a number: a line for each contestant, on two logarithmic axes. */
final class LinePlot {
    private static final double WIDTH = 940;
    private static final double HEIGHT = 380;
    private static final double LEFT = 70;
    private static final double RIGHT = 560;
    private static final double TOP = 50;
    private static final double BOTTOM = 330;
    private static final double LEGEND = 580;
    private static final double ROW = 20;
    private static final List<String> COLORS =
            List.of("#d1495b", "#2a9d8f", "#d9820b", "#8e6fd1", "#c2569f", "#7d9a2b", "#a0704a");
    private static final List<String> DASHES = List.of("none", "6 3", "2 3", "8 3 2 3");

    private final Svg svg;
    private final Unit.Scale scale;
    private final Axis across;
    private final Axis up;

    private LinePlot(String title, List<Point> points, Unit.Scale scale) {
        this.svg = new Svg(WIDTH, HEIGHT, title);
        this.scale = scale;
        this.across = axis(points.stream().map(Point::n).toList(), LEFT, RIGHT);
        this.up = axis(
                points.stream().map(point -> point.value() / scale.factor()).toList(), BOTTOM, TOP);
    }

    private record Point(double n, Score score) {
        double value() {
            return score.value();
        }
    }

    /** The document. */
    static String of(String title, String param, List<Contest> contests) {
        Map<String, List<Point>> lines = lines(param, contests);
        List<Point> points = lines.values().stream().flatMap(List::stream).toList();
        Unit unit = contests.getFirst().unit();
        double greatest = points.stream().mapToDouble(Point::value).max().orElse(1);
        LinePlot plot = new LinePlot(title, points, unit.scaleFor(greatest));
        plot.frame(title, param, unit);
        double row = TOP + ROW / 2;
        for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
            plot.draw(line.getKey(), line.getValue(), row);
            row += ROW;
        }
        return plot.svg.document();
    }

    /** The points of each contestant from left to right; the line that ends highest is the first, as in the drawing. */
    private static Map<String, List<Point>> lines(String param, List<Contest> contests) {
        Map<String, List<Point>> lines = new LinkedHashMap<>();
        contests.stream()
                .sorted(Comparator.comparingDouble(contest -> number(contest, param)))
                .forEach(contest -> contest.results().stream()
                        .filter(result -> result.score().value() > 0)
                        .forEach(result -> lines.computeIfAbsent(result.contestant(), unseen -> new ArrayList<>())
                                .add(new Point(number(contest, param), result.score()))));
        Comparator<Map.Entry<String, List<Point>>> byEnd =
                Comparator.comparingDouble(line -> line.getValue().getLast().value());
        return lines.entrySet().stream()
                .sorted(byEnd.reversed())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
    }

    private static double number(Contest contest, String param) {
        return Double.parseDouble(contest.of().params().getOrDefault(param, "1"));
    }

    private static Axis axis(List<Double> values, double from, double to) {
        double least = values.stream().min(Comparator.naturalOrder()).orElse(1.0);
        double greatest = values.stream().max(Comparator.naturalOrder()).orElse(1.0);
        return Axis.log(least, greatest, from, to);
    }

    private void frame(String title, String param, Unit unit) {
        svg.text("head", "start", 8, 20, title);
        svg.text("faint", "start", 8, 38, scale.name() + ", " + unit.betterText());
        for (double tick : across.ticks()) {
            svg.line("grid", across.place(tick), TOP, across.place(tick), BOTTOM);
            svg.text("faint", "middle", across.place(tick), BOTTOM + 16, Numbers.brief(tick));
        }
        for (double tick : up.ticks()) {
            svg.line("grid", LEFT, up.place(tick), RIGHT, up.place(tick));
            svg.text("faint", "end", LEFT - 8, up.place(tick) + 4, Numbers.brief(tick));
        }
        svg.text("faint", "middle", (LEFT + RIGHT) / 2, BOTTOM + 36, param);
    }

    private void draw(String contestant, List<Point> points, double row) {
        boolean isOurs = Contestants.isOurs(contestant);
        String path = points.stream().map(this::place).collect(Collectors.joining(" "));
        polyline(contestant, path);
        polyline(
                contestant,
                Svg.number(LEGEND) + "," + Svg.number(row) + " " + Svg.number(LEGEND + 24) + "," + Svg.number(row));
        svg.text(isOurs ? "head" : "name", "start", LEGEND + 30, row + 4, contestant);
        points.stream().filter(point -> point.score().hasError()).forEach(this::error);
    }

    /** Our contestants have the same color, the peers a thinner line. */
    private void polyline(String contestant, String points) {
        if (Contestants.isOurs(contestant)) {
            String dash = contestant.equals(Contestants.OURS) ? DASHES.getFirst() : DASHES.get(1);
            svg.add("polyline", "class", "our line", "stroke-dasharray", dash, "points", points);
        } else {
            int index = Contestants.index(contestant);
            String color = COLORS.get(index % COLORS.size());
            String dash = DASHES.get(index / COLORS.size() % DASHES.size());
            svg.add("polyline", "class", "line", "stroke", color, "stroke-dasharray", dash, "points", points);
        }
    }

    private void error(Point point) {
        double x = across.place(point.n());
        double low = up.place(point.score().low() / scale.factor());
        double high = up.place(point.score().high() / scale.factor());
        svg.line("error", x, low, x, high);
    }

    private String place(Point point) {
        return Svg.number(across.place(point.n())) + "," + Svg.number(up.place(point.value() / scale.factor()));
    }
}
