// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.processes;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Has all contestants measure all disciplines, and prints what they have measured: a line of JSON for each of both.
 *
 * <p>In each round of a discipline they take turns, and the one that was first is last in the next round. What they
 * measure in the first rounds does not count: JVMs need some seconds to have compiled what they do.
 */
public final class Contest {
    private static final int ROUNDS_TO_WARM_UP = 5;

    private final int rounds;
    private final Pattern pattern;
    private final List<Contestant> contestants;
    private final PrintWriter results;

    private Contest(int rounds, Pattern pattern, List<Contestant> contestants, PrintWriter results) {
        this.rounds = rounds;
        this.pattern = pattern;
        this.contestants = contestants;
        this.results = results;
    }

    /**
     * Measures.
     *
     * @param arguments the number of rounds, a regular expression for the disciplines, the file for the results, the
     *     program for CPython, and the name of CPython's program; without the last two CPython does not take part
     * @throws Exception if something does not work
     */
    public static void main(String[] arguments) throws Exception {
        Path cache = Files.createTempDirectory("start-up-cache");
        List<Contestant> contestants = new ArrayList<>();
        contestants.add(ofJvm(Discipline.OURS, cache));
        if (arguments.length > 3) {
            contestants.add(new Contestant(Discipline.CPYTHON, List.of(arguments[4], arguments[3])));
        }
        contestants.add(ofJvm(Discipline.PP4J, cache));
        try (PrintWriter results = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[2])))) {
            Contest contest =
                    new Contest(Integer.parseInt(arguments[0]), Pattern.compile(arguments[1]), contestants, results);
            contest.run();
        } finally {
            for (Contestant each : contestants) {
                each.end();
            }
            delete(cache);
        }
    }

    private static Contestant ofJvm(String name, Path cache) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        return new Contestant(name, List.of(java, "-cp", classPath, Player.class.getName(), name, cache.toString()));
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path each : files) {
                Files.delete(each);
            }
        }
        Files.delete(directory);
    }

    private void run() throws IOException, InterruptedException {
        for (Discipline discipline : Discipline.ALL) {
            if (pattern.matcher(discipline.name()).find()) {
                System.err.println("benchmarks: " + discipline.name());
                run(discipline);
            }
        }
    }

    private void run(Discipline discipline) throws IOException, InterruptedException {
        Map<String, List<Double>> measured = new LinkedHashMap<>();
        int first = discipline.isFatal() ? 0 : -ROUNDS_TO_WARM_UP;
        for (int round = first; round < rounds; round++) {
            for (int turn = 0; turn < contestants.size(); turn++) {
                Contestant contestant = contestants.get(Math.floorMod(round + turn, contestants.size()));
                List<Double> values =
                        discipline.contestants().contains(contestant.name()) ? contestant.play(discipline) : List.of();
                if (round >= 0) {
                    measured.computeIfAbsent(contestant.name(), name -> new ArrayList<>())
                            .addAll(values);
                }
            }
        }
        for (Contestant contestant : contestants) {
            List<Double> values = measured.getOrDefault(contestant.name(), List.of());
            if (!values.isEmpty()) {
                print(discipline, contestant.name(), values);
            }
        }
    }

    private void print(Discipline discipline, String contestant, List<Double> values) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("discipline", discipline.name());
        line.put("unit", discipline.unit());
        line.put("moreIsBetter", discipline.moreIsBetter());
        line.put("ratio", discipline.ratio());
        line.put("limit", discipline.limit());
        line.put("contestant", contestant);
        line.put("values", values);
        results.println(JsonMapper.shared().writeValueAsString(line));
        results.flush();
    }
}
