// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** What contestants who take turns have measured: medians, and how many times as good as the peers we are. */
final class TurnTable {
    private static final String OURS = "concurrent-futures";
    private static final String NOTHING = "";

    /** Of each discipline, the lines of all contestants. */
    private final Map<String, Map<String, Line>> disciplines = new LinkedHashMap<>();

    private TurnTable() {}

    /** A line of the file: what a contestant has measured in a discipline. */
    record Line(
            String discipline,
            String unit,
            boolean moreIsBetter,
            double ratio,
            double limit,
            String contestant,
            List<Double> values) {
        double median() {
            return quantile(0.5);
        }

        /** The value that so many are at most. */
        double quantile(double share) {
            List<Double> sorted = values.stream().sorted().toList();
            int index = (int) Math.ceil(share * sorted.size()) - 1;
            return sorted.get(Math.max(0, index));
        }
    }

    static TurnTable read(Path file) throws IOException {
        TurnTable table = new TurnTable();
        for (String text : Files.readAllLines(file)) {
            Line line = JsonMapper.shared().readValue(text, Line.class);
            table.disciplines
                    .computeIfAbsent(line.discipline(), name -> new LinkedHashMap<>())
                    .put(line.contestant(), line);
        }
        return table;
    }

    /** The disciplines in which the question is how many times as good we are. */
    String ratios() {
        List<String> head = new ArrayList<>(List.of("", "unit", OURS));
        for (String peer : peers()) {
            head.addAll(List.of(peer, "ratio"));
        }
        head.add("goal");
        Table table = new Table(head, 2);
        for (Map<String, Line> lines : disciplines.values()) {
            Line ours = lines.get(OURS);
            if (ours != null && ours.ratio() > 0) {
                table.add(ratios(ours, lines));
            }
        }
        return table.text();
    }

    /** All contestants but us, in the order in which they appear. */
    private Set<String> peers() {
        Set<String> peers = new LinkedHashSet<>();
        disciplines.values().forEach(lines -> peers.addAll(lines.keySet()));
        peers.remove(OURS);
        return peers;
    }

    private List<String> ratios(Line ours, Map<String, Line> lines) {
        List<String> cells = new ArrayList<>(List.of(ours.discipline(), ours.unit(), Numbers.rounded(ours.median())));
        for (String peer : peers()) {
            Line theirs = lines.get(peer);
            if (theirs == null) {
                cells.addAll(List.of(NOTHING, NOTHING));
            } else {
                double ratio = ours.moreIsBetter() ? ours.median() / theirs.median() : theirs.median() / ours.median();
                cells.addAll(List.of(Numbers.rounded(theirs.median()), Numbers.fixed(ratio, 2) + "×"));
            }
        }
        cells.add("≥ " + Numbers.fixed(ours.ratio(), 2) + "×");
        return cells;
    }

    /** The disciplines in which the question is how long something takes at most. */
    String limits() {
        Table table = new Table(List.of("", "contestant", "50 %", "99 %", "most", "goal"), 2);
        for (Map<String, Line> lines : disciplines.values()) {
            for (Line line : lines.values()) {
                if (line.limit() > 0) {
                    table.add(List.of(
                            line.discipline() + ", " + line.unit(),
                            line.contestant(),
                            Numbers.rounded(line.median()),
                            Numbers.rounded(line.quantile(0.99)),
                            Numbers.rounded(line.quantile(1)),
                            "≤ " + Numbers.rounded(line.limit())));
                }
            }
        }
        return table.text();
    }

    /** What a section of the page says. */
    String section(String name, Path machine) {
        return switch (name) {
            case "machine" -> Sections.machine(Machine.read(machine));
            case "ratios" -> ratios();
            case "limits" -> limits();
            default -> throw new IllegalArgumentException("there is no section " + name);
        };
    }
}
