// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import com.hazelcast.core.Hazelcast;
import concurrent.futures.FutureExecutor;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Workers in JVMs of their own, which have the library and nothing of the tests. */
final class Workers implements AutoCloseable {
    private static final Pattern READY =
            Pattern.compile("^concurrent-futures: a worker with (\\d+) threads at (\\S+)$", Pattern.MULTILINE);

    private static final long SECONDS = 30;

    /** Held here, since a logger that nobody holds forgets its level. */
    private static final Logger HAZELCAST = Logger.getLogger("com.hazelcast");

    static {
        quieten();
    }

    /** Has Hazelcast tell only what is wrong, in this JVM. */
    static void quieten() {
        HAZELCAST.setLevel(Level.WARNING);
    }

    private final Path directory;
    private final int threads;
    private final List<String> options;
    private final List<Worker> workers = new ArrayList<>();

    private Workers(Path directory, int threads, String... options) {
        this.directory = directory;
        this.threads = threads;
        this.options = List.of(options);
    }

    /** Starts a cluster of so many workers. */
    static Workers start(Path directory, int count, int threads, String... options) throws IOException {
        Workers workers = new Workers(directory, threads, options);
        try {
            workers.startMore(Math.min(1, count));
            workers.startMore(count - 1);
        } catch (Throwable thrown) {
            workers.close();
            throw thrown;
        }
        return workers;
    }

    /**
     * A worker.
     *
     * @param process its process
     * @param log the file that has what it prints
     */
    record Worker(Process process, Path log) {
        long pid() {
            return process.pid();
        }

        String address() {
            return ready().group(2);
        }

        private Matcher ready() {
            Matcher ready = READY.matcher(printed());
            return ready.find() ? ready : null;
        }

        private boolean isReady() {
            if (!process.isAlive()) {
                throw new AssertionError("a worker has ended, having printed " + printed());
            }
            return ready() != null;
        }

        String printed() {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** As kill -9 does. */
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        boolean isAlive() {
            return process.isAlive();
        }
    }

    /** Starts some more, which join the oldest one that lives. */
    List<Worker> startMore(int count) throws IOException {
        List<Worker> more = new ArrayList<>();
        List<String> join = alive().isEmpty() ? List.of() : List.of("--join", address());
        for (int i = 0; i < count; i++) {
            List<String> arguments = new ArrayList<>(List.of("--port", "0", "--threads", Integer.toString(threads)));
            arguments.addAll(join);
            arguments.addAll(options);
            more.add(launch(directory, arguments));
        }
        workers.addAll(more);
        for (Worker worker : more) {
            Eventually.await("a worker is ready").until(worker::isReady);
        }
        return more;
    }

    /** Starts the program of a worker, and does not wait for it. */
    static Worker launch(Path directory, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(java());
        // Quicker starts of small clusters: nobody else is about to join.
        command.addAll(List.of("-Xmx96m", "-Dhazelcast.wait.seconds.before.join=0", "-cp", libraryAlone()));
        command.add(ClusterWorker.class.getName());
        command.addAll(arguments);
        Path log = Files.createTempFile(directory, "worker", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        // Whatever ends the tests early, no worker is left.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new Worker(process, log);
    }

    /** The program that runs Java, with what makes a JVM small and its start cheap. */
    static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xss512k");
    }

    private static String libraryAlone() {
        return Stream.of(FutureExecutor.class, ClusterWorker.class, Hazelcast.class)
                .map(Workers::source)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String source(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Worker> alive() {
        return workers.stream().filter(Worker::isAlive).toList();
    }

    Worker withPid(long pid) {
        return workers.stream().filter(worker -> worker.pid() == pid).findAny().orElseThrow();
    }

    /** Where a driver, or another worker, finds the cluster. */
    String address() {
        return alive().get(0).address();
    }

    /** The threads of all that live. */
    int threads() {
        return alive().size() * threads;
    }

    /** A driver that has seen all workers. */
    ClusterExecutor connect() throws InterruptedException {
        return connect(ClusterExecutor.builder());
    }

    ClusterExecutor connect(ClusterExecutor.Builder builder) throws InterruptedException {
        ClusterExecutor executor = builder.connect(address()).build();
        if (!executor.awaitThreads(threads(), Eventually.PATIENCE)) {
            executor.close();
            throw new AssertionError("there are no " + threads() + " threads: " + executor + printed());
        }
        return executor;
    }

    String printed() {
        return workers.stream().map(Worker::printed).collect(Collectors.joining());
    }

    @Override
    public void close() {
        for (Worker worker : workers) {
            worker.process().destroyForcibly();
        }
        for (Worker worker : workers) {
            try {
                var unused = worker.process().waitFor(SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
