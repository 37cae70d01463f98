// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the page does not say by hand. A section has the name of a suite, or is one of four about all of them. */
final class Sections {
    private static final String NOT_MEASURED = "Not measured.";

    private final Results results;
    private final String folder;
    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();

    /** With the folder that the page finds its figures in. */
    Sections(Results results, String folder) {
        this.results = results;
        this.folder = folder;
    }

    /** The text of a section. A suite that has no results is not an error: runs are partial more often than not. */
    String text(String name) {
        used.add(name);
        return switch (name) {
            case "machine" -> machine();
            case "settings" -> settings();
            case "goals" -> Goals.table(results);
            case "behind" -> behind();
            default -> suite(name);
        };
    }

    /** The figures that the sections so far show. */
    Iterable<Figure> figures() {
        return figures.values();
    }

    /** Suites that were measured and that no section has shown. */
    List<String> leftOver() {
        return results.suites().stream()
                .filter(suite -> !used.contains(Case.slug(suite)))
                .toList();
    }

    private String suite(String name) {
        List<Contest> contests = results.contests().stream()
                .filter(contest -> Case.slug(contest.of().suite()).equals(name))
                .toList();
        if (contests.isEmpty()) {
            return NOT_MEASURED;
        }
        List<String> parts = new ArrayList<>();
        String common = new Labels(contests.stream().map(Contest::of).toList()).common();
        if (!common.isEmpty()) {
            parts.add("In all cases: " + common + ".");
        }
        for (Figure figure : Figure.of(contests)) {
            figures.put(figure.name(), figure);
            parts.add("![%s](%s/%s.svg)".formatted(figure.caption(), folder, figure.name()));
        }
        if (contests.size() == 1) {
            parts.add(CaseTable.of(contests.getFirst()));
        } else {
            parts.add(RatioTable.ofSuite(contests));
            parts.add(details(contests));
        }
        return String.join("\n\n", parts);
    }

    private static String details(List<Contest> contests) {
        String tables = contests.stream()
                .map(contest -> "**" + contest.label() + "**\n\n" + CaseTable.of(contest))
                .collect(Collectors.joining("\n\n"));
        return "<details><summary>All numbers</summary>\n\n" + tables + "\n\n</details>";
    }

    private String machine() {
        Map<Machine, Set<String>> suites = new LinkedHashMap<>();
        for (Contest contest : results.contests()) {
            contest.machines()
                    .forEach(machine -> suites.computeIfAbsent(machine, unseen -> new LinkedHashSet<>())
                            .add(contest.of().suite()));
        }
        if (suites.isEmpty()) {
            return "Unknown: no run has written it down.";
        }
        return suites.entrySet().stream()
                .map(entry -> (suites.size() == 1 ? "" : String.join(", ", entry.getValue()) + ":\n\n")
                        + machine(entry.getKey()))
                .collect(Collectors.joining("\n\n"));
    }

    /** A table of where something was measured. */
    static String machine(Machine machine) {
        Table table = new Table(List.of("", ""), /* textColumns= */ 2);
        table.add(List.of("CPU", machine.cpu()));
        table.add(List.of("cores", Integer.toString(machine.cores())));
        table.add(List.of("memory", machine.memoryText()));
        table.add(List.of("JDK", machine.jdk()));
        table.add(List.of("system", machine.os()));
        table.add(List.of("date", machine.date()));
        table.add(List.of("commit", machine.commit()));
        return table.text();
    }

    private String settings() {
        if (results.suites().isEmpty()) {
            return NOT_MEASURED;
        }
        Set<List<String>> lines = new LinkedHashSet<>();
        results.all()
                .forEach(result -> lines.add(List.of(
                        result.of().suite(),
                        Modes.name(result.settings().mode()),
                        result.settings().warmUp(),
                        result.settings().measured(),
                        Integer.toString(result.settings().forks()))));
        Table table =
                new Table(List.of("suite", "measured as", "warm-up", "iterations", "forks"), /* textColumns= */ 2);
        lines.forEach(table::add);
        return table.text();
    }

    private String behind() {
        if (results.suites().isEmpty()) {
            return NOT_MEASURED;
        }
        List<String> lines = results.contests().stream()
                .map(Sections::peersAhead)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.isEmpty() ? "In no case is a peer ahead." : String.join("\n", lines);
    }

    /** A line of the list, or nothing if no peer is ahead for certain. */
    private static String peersAhead(Contest contest) {
        List<String> ahead = new ArrayList<>();
        for (Result peer : contest.peers()) {
            contest.ratioTo(peer)
                    .filter(Ratio::peerIsAhead)
                    .ifPresent(ratio ->
                            ahead.add("%s %s".formatted(peer.contestant(), Ratio.times(1 / ratio.value()))));
        }
        return ahead.isEmpty() ? "" : "- " + contest.title() + ": " + String.join(", ", ahead);
    }
}
