// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import concurrent.futures.cluster.ClusterWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Works for those who run with {@code --on cluster --join}: {@code futures worker}. */
@Command(
        name = "worker",
        description =
                "Runs the tasks of programs that join it (--on cluster --join HOST:PORT), until it is interrupted.")
final class Worker implements Callable<Integer> {
    @Option(names = "--bind", paramLabel = "ADDRESS", description = "Where others find it; 127.0.0.1 by default.")
    private @Nullable String bind;

    @Option(names = "--port", paramLabel = "PORT", description = "5701 by default, or the next one that is free.")
    private @Nullable String port;

    @Option(names = "--join", paramLabel = "HOST:PORT", description = "Another worker of the cluster to join.")
    private List<String> join = List.of();

    @Option(names = "--threads", paramLabel = "N", description = "How many tasks to run at a time.")
    private @Nullable String threads;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The key that others have to know, of 16 bytes at least; needed for any other address.")
    private @Nullable String keyFile;

    @Option(
            names = "--hazelcast",
            paramLabel = "FILE",
            description = "A configuration of Hazelcast, in place of --bind, --port and --join.")
    private @Nullable String hazelcast;

    @Override
    public Integer call() throws InterruptedException {
        List<String> words = new ArrayList<>();
        add(words, "--bind", bind);
        add(words, "--port", port);
        join.forEach(member -> add(words, "--join", member));
        add(words, "--threads", threads);
        add(words, "--key-file", keyFile);
        add(words, "--hazelcast", hazelcast);
        ClusterWorker.main(words.toArray(String[]::new));
        return 0;
    }

    private static void add(List<String> words, String option, @Nullable String value) {
        if (value != null) {
            words.add(option);
            words.add(value);
        }
    }
}
