// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** All that is known about one case: a line for each contestant. */
final class CaseTable {
    private static final String NOTHING = "";

    private final Contest contest;
    private final Unit.Scale scale;
    private final List<String> percentiles;
    private final boolean allocationsCounted;

    private CaseTable(Contest contest) {
        this.contest = contest;
        this.scale = contest.scale();
        this.percentiles =
                contest.ranking().getFirst().percentiles().keySet().stream().toList();
        this.allocationsCounted = contest.results().stream().anyMatch(result -> result.allocated() != null);
    }

    static String of(Contest contest) {
        return new CaseTable(contest).text();
    }

    private String text() {
        Table table = new Table(head(), /* textColumns= */ 1);
        contest.ranking().forEach(result -> table.add(line(result)));
        return table.text();
    }

    private List<String> head() {
        List<String> head = new ArrayList<>(List.of("", scale.name()));
        percentiles.forEach(percent -> head.add(percent.replace(".0", "") + " %"));
        if (allocationsCounted) {
            head.add("B/op");
        }
        head.add("ratio");
        return head;
    }

    private List<String> line(Result result) {
        List<String> line = new ArrayList<>();
        line.add(result.contestant());
        line.add(result.score().text(scale));
        for (String percent : percentiles) {
            line.add(Numbers.rounded(
                    Objects.requireNonNullElse(result.percentiles().get(percent), Double.NaN) / scale.factor()));
        }
        if (allocationsCounted) {
            line.add(allocated(result));
        }
        line.add(ratio(result));
        return line;
    }

    private static String allocated(Result result) {
        Double allocated = result.allocated();
        return allocated == null ? NOTHING : Numbers.bytes(allocated);
    }

    private String ratio(Result result) {
        if (Contestants.isOurs(result.contestant())) {
            return NOTHING;
        }
        return contest.ratioTo(result).map(Ratio::text).orElse(NOTHING);
    }
}
