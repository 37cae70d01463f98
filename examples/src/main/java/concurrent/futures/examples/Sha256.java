// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import concurrent.futures.AsCompleted;
import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Futures;
import concurrent.futures.MapOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the SHA-256 checksum of every file, as sha256sum does, but on all cores. */
@Command(name = "sha256", description = "Prints the SHA-256 checksum of every file, as sha256sum does, on all cores.")
final class Sha256 implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ExecutorOptions executors = new ExecutorOptions();

    @Option(names = "--completed", description = "Print each checksum as soon as it is there, in any order.")
    private boolean asCompleted;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeLimit.Converter.class,
            description = "Give up after this time: 500ms, 30s, 2m, PT30S.")
    private TimeLimit limit = TimeLimit.none();

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files, and folders whose files are meant.")
    private List<String> paths = List.of();

    Sha256(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        try (Report report = new Report("sha256", paths, limit, console);
                ExecutorOptions.Opened opened = executors.open(console)) {
            FutureExecutor executor = opened.executor().withName("sha256");
            try {
                if (asCompleted) {
                    printAsCompleted(executor, report);
                } else {
                    printInOrder(executor, report);
                }
            } catch (RuntimeException e) {
                executor.shutdownNow(); // time is up, or nobody reads on: interrupt what runs and cancel what waits
                return report.exitStatus(e);
            }
            return report.exitStatus();
        }
    }

    /** A few files ahead of what has been printed are submitted at a time, so a million files fit into memory. */
    private void printInOrder(FutureExecutor executor, Report report) {
        MapOptions options = MapOptions.defaults().timeout(limit.left());
        try (Stream<Checksum> checksums = executor.map(Checksum::of, report.files(), options)) {
            checksums.forEach(report::print);
        }
    }

    /** All files are submitted at once, and a small file does not wait for the large one in front of it. */
    private void printAsCompleted(FutureExecutor executor, Report report) {
        List<Future<Checksum>> futures = new ArrayList<>();
        for (NamedFile file : report.files()) {
            futures.add(executor.submit(() -> Checksum.of(file)));
        }
        try (AsCompleted<Checksum> completed = Futures.asCompleted(futures, limit.left())) {
            for (Future<Checksum> future : completed) {
                report.print(future.join());
            }
        }
    }
}
