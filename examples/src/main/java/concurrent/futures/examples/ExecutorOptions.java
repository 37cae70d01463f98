// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import static java.util.Objects.requireNonNull;

import concurrent.futures.FutureExecutor;
import concurrent.futures.ThreadExecutor;
import concurrent.futures.VirtualThreadExecutor;
import concurrent.futures.cluster.ClusterExecutor;
import concurrent.futures.process.ProcessExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options that tell where the tasks run, and how many at a time. */
final class ExecutorOptions {
    private enum Place {
        THREADS,
        VIRTUAL,
        PROCESSES,
        CLUSTER
    }

    /** Hazelcast tells much that is of no interest here. Held, since a logger that nobody holds forgets its level. */
    private static final Logger HAZELCAST = Logger.getLogger("com.hazelcast");

    @Option(
            names = "--on",
            paramLabel = "PLACE",
            description = "Where to run: threads (the default), virtual, processes, or cluster.")
    private Place place = Place.THREADS;

    @Option(
            names = "--workers",
            paramLabel = "N",
            converter = Count.class,
            description = "How many tasks to run at a time.")
    private @Nullable Integer workers;

    @Option(
            names = "--join",
            paramLabel = "HOST:PORT",
            description = "A worker of the cluster to run on (see futures worker), instead of one in this program.")
    private List<String> members = List.of();

    @Option(names = "--key-file", paramLabel = "FILE", description = "The key of that cluster.")
    private @Nullable Path keyFile;

    @Mixin
    private final Watching watching = new Watching();

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** The executor, watched if that is asked for; closing it closes both. */
    Opened open(Console console) {
        FutureExecutor executor = open();
        try {
            return new Opened(executor, watching.watch(executor, console));
        } catch (RuntimeException e) {
            executor.shutdownNow();
            throw e;
        }
    }

    /** What is open; what was recorded is saved when all tasks have ended. */
    record Opened(FutureExecutor executor, Watching.Watch watch) implements AutoCloseable {
        @Override
        public void close() {
            try (watch) {
                executor.close();
            }
        }
    }

    private FutureExecutor open() {
        if (place != Place.CLUSTER && (!members.isEmpty() || keyFile != null)) {
            throw misused("--join and --key-file are for --on cluster");
        }
        if (workers != null && !members.isEmpty()) {
            throw misused("--workers has no place beside --join: those workers have threads of their own");
        }
        return switch (place) {
            case THREADS -> workers == null ? new ThreadExecutor() : new ThreadExecutor(workers);
            case VIRTUAL -> workers == null ? new VirtualThreadExecutor() : new VirtualThreadExecutor(workers);
            case PROCESSES -> workers == null ? new ProcessExecutor() : new ProcessExecutor(workers);
            case CLUSTER -> cluster();
        };
    }

    private ClusterExecutor cluster() {
        HAZELCAST.setLevel(Level.SEVERE);
        ClusterExecutor.Builder builder = ClusterExecutor.builder();
        members.forEach(builder::connect);
        if (workers != null) {
            builder.embedded(/* workers= */ 1, workers);
        }
        try {
            if (keyFile != null) {
                builder.key(Files.readAllBytes(keyFile));
            }
            return builder.build();
        } catch (IllegalArgumentException | IllegalStateException | IOException e) {
            throw misused("no cluster to run on: " + e.getMessage());
        }
    }

    private ParameterException misused(String why) {
        return new ParameterException(requireNonNull(spec).commandLine(), why);
    }

    private static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            try {
                int count = Integer.parseInt(text);
                if (count > 0) {
                    return count;
                }
            } catch (NumberFormatException e) {
                // The message below is for this, too.
            }
            throw new TypeConversionException("'" + text + "' is not a number greater than 0");
        }
    }
}
