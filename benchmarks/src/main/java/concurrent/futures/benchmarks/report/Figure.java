// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A drawing of some cases of a suite.
 *
 * @param name that of the file, without its ending
 * @param svg the file's content
 */
record Figure(String name, String caption, String svg) {
    private static final String GROWING = "n";

    /** The figures of a suite: lines where a number grows, and bars for everything else. */
    static List<Figure> of(List<Contest> contests) {
        Map<Case, List<Contest>> groups =
                grouped(contests, contest -> contest.of().without(GROWING));
        Labels labels = new Labels(groups.keySet());
        List<Figure> figures = new ArrayList<>();
        List<Contest> single = new ArrayList<>();
        groups.forEach((rest, group) -> {
            if (group.size() > 1) {
                figures.add(lines(rest.suite(), labels.label(rest), group));
            } else {
                single.addAll(group);
            }
        });
        figures.addAll(bars(single));
        return figures;
    }

    private static Figure lines(String suite, String label, List<Contest> contests) {
        String title = title(suite, label);
        return new Figure(
                Case.slug(title), title + ", by " + GROWING, LinePlot.of(title + ", by " + GROWING, GROWING, contests));
    }

    /** A figure for all, or, where they differ in more than one way, one for each value of the first that differs. */
    private static List<Figure> bars(List<Contest> contests) {
        if (contests.isEmpty()) {
            return List.of();
        }
        List<String> differing = new Labels(contests.stream().map(Contest::of).toList()).differing();
        String first = differing.size() > 1 ? differing.getFirst() : "";
        List<Figure> figures = new ArrayList<>();
        grouped(contests, contest -> contest.of().param(first)).forEach((value, group) -> {
            String suite = group.getFirst().of().suite();
            String title = title(suite, first.isEmpty() ? "" : Case.words(first) + " " + value);
            figures.add(new Figure(Case.slug(title), title, BarChart.of(title, group)));
        });
        return figures;
    }

    private static String title(String suite, String label) {
        return label.isEmpty() ? suite : suite + ", " + label;
    }

    private static <K> Map<K, List<Contest>> grouped(List<Contest> contests, Function<Contest, K> key) {
        return contests.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    }
}
