// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Has this library and CPython take turns in the same cases, each time in new processes, and prints the medians.
 *
 * <p>Arguments: how many turns, the script for CPython, and optionally a file for the table.
 */
final class ProcessContest {
    private final Map<Measure, List<Double>> ours = new EnumMap<>(Measure.class);
    private final Map<Measure, List<Double>> python = new EnumMap<>(Measure.class);

    private ProcessContest() {}

    public static void main(String[] arguments) throws Exception {
        int turns = Integer.parseInt(arguments[0]);
        ProcessContest contest = new ProcessContest();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        for (int turn = 1; turn <= turns; turn++) {
            System.err.println("processes: turn " + turn + " of " + turns);
            contest.run(
                    contest.ours,
                    List.of(java, "-cp", System.getProperty("java.class.path"), ProcessContestant.class.getName()));
            contest.run(contest.python, List.of("python3", arguments[1]));
        }
        String table = contest.table(turns);
        System.out.println(table);
        if (arguments.length > 2) {
            Files.writeString(Path.of(arguments[2]), table);
        }
    }

    private void run(Map<Measure, List<Double>> values, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                values.computeIfAbsent(Measure.valueOf(words[0]), measure -> new ArrayList<>())
                        .add(Double.parseDouble(words[1]));
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("failed: " + command);
        }
    }

    private String table(int turns) {
        StringBuilder table = new StringBuilder("| | unit | concurrent-futures | CPython, spawn | ratio | goal |\n");
        table.append("|---|---|---|---|---|---|\n");
        for (Measure measure : Measure.values()) {
            Double mine = median(ours.get(measure));
            if (mine != null) {
                Double theirs = median(python.get(measure == Measure.COLD_CACHED ? Measure.COLD : measure));
                table.append(row(measure, mine, theirs));
            }
        }
        return table + "\nMedians of " + turns + " turns. A ratio above 1 says how many times better this library is, "
                + "one below 1 that it is worse.\n";
    }

    private static String row(Measure measure, double mine, @Nullable Double theirs) {
        String ratio = theirs == null ? "" : number(measure.more ? mine / theirs : theirs / mine);
        String other = theirs == null ? "" : number(theirs);
        String goal = measure.goal == null ? "" : number(measure.goal);
        return String.join(" | ", "| " + measure.title, measure.unit, number(mine), other, ratio, goal + " |\n");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }

    private static @Nullable Double median(@Nullable List<Double> values) {
        if (values == null) {
            return null;
        }
        Collections.sort(values);
        return values.get(values.size() / 2);
    }
}
