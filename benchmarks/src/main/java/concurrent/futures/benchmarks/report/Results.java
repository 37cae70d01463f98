// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that has been measured. What is measured again replaces what was there. */
final class Results {
    static final String MACHINE_FILE = "machine.json";

    private final Map<Case, Map<String, Result>> byCase = new LinkedHashMap<>();

    /** Reads files, and folders with all files in them, the later ones over the earlier ones. */
    static Results read(List<Path> paths) throws IOException {
        Results results = new Results();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                results.addFolder(path);
            } else {
                results.addFile(path, /* machine= */ null);
            }
        }
        return results;
    }

    void add(Result result) {
        byCase.computeIfAbsent(result.of(), unseen -> new LinkedHashMap<>()).put(result.contestant(), result);
    }

    SequencedCollection<String> suites() {
        return byCase.keySet().stream().map(Case::suite).distinct().toList();
    }

    List<Contest> contests() {
        return suites().stream().map(this::contests).flatMap(List::stream).toList();
    }

    List<Contest> contests(String suite) {
        List<Case> cases = byCase.keySet().stream()
                .filter(one -> one.suite().equals(suite))
                .toList();
        Labels labels = new Labels(cases);
        return byCase.entrySet().stream()
                .filter(entry -> entry.getKey().suite().equals(suite))
                .map(entry -> new Contest(
                        entry.getKey(),
                        labels.label(entry.getKey()),
                        entry.getValue().values()))
                .toList();
    }

    /** Everything that is still there after replacements. */
    Stream<Result> all() {
        return byCase.values().stream().map(Map::values).flatMap(Collection::stream);
    }

    private void addFolder(Path folder) throws IOException {
        Path written = folder.resolve(MACHINE_FILE);
        Machine machine = Files.exists(written) ? Machine.read(written) : null;
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.sorted().toList();
        }
        for (Path file : files) {
            addFile(file, machine);
        }
    }

    private void addFile(Path file, @Nullable Machine machine) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (name.equals(MACHINE_FILE) || Files.isDirectory(file) || Files.size(file) == 0) {
            return; // a run that is stopped leaves a file with nothing in it
        }
        try {
            if (name.endsWith(".jsonl")) {
                HeapFile.read(file, machine).forEach(this::add);
            } else if (name.endsWith(".json")) {
                JmhFile.read(file, machine).forEach(this::add);
            }
        } catch (RuntimeException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}
