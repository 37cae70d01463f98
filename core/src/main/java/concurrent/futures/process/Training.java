// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import concurrent.futures.Action;
import concurrent.futures.MapOptions;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a {@link StartUpCache}, while its pool does something else. */
final class Training implements Runnable {
    /*
     * Overview
     * --------
     * The file is made by the only worker of an executor of its own: it runs some tasks such as others do, ends in an
     * orderly way, and writes what it has learned, for which it has a minute, after which it is killed as any worker.
     * It writes to a file of another name, which gets its own when a JVM has found it good, so that there is all of it
     * or nothing.
     *
     * It begins with the pool, so that those profit soon that use a pool for long. Programs that are over sooner wait at
     * the end of their pool, once; otherwise they would never get a cache. Whoever kills the workers ends the training
     * and gets no cache this time. If this JVM ends without closing the pool, a worker that still learns ends with it,
     * as all do. One that writes already does not notice, and the next program takes over what it has written.
     */
    /** What the training does takes less than a second, and what users add should not take much longer. */
    private static final Duration LONGEST_TASK = Duration.ofMinutes(1);

    private static final String IN_MAKING = ".tmp";

    /** What is being made in this JVM. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final String name;
    private final StartUpCache cache;
    private final Command command;
    private final Function<Settings, ProcessExecutor> trainees;
    private final Settings settings;
    private final Thread thread;

    /** Null before there is one. */
    private volatile @Nullable ProcessExecutor trainee;

    private volatile boolean stopped;

    /**
     * A training for the workers of a pool.
     *
     * @param trainees makes an executor
     */
    private Training(Settings settings, StartUpCache cache, Function<Settings, ProcessExecutor> trainees) {
        this.settings = settings;
        this.name = settings.name() + "-training";
        this.cache = cache;
        this.command = new Command(settings);
        this.trainees = trainees;
        this.thread = new Thread(null, this, name, 0, /* inheritInheritableThreadLocals= */ false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
    }

    /** Begins to make the cache of a pool if that is missing; null if there is to be none. */
    static @Nullable Training begin(Settings settings, Function<Settings, ProcessExecutor> trainees) {
        StartUpCache cache = settings.startUpCache();
        if (cache == null) {
            return null;
        }
        Training training = new Training(settings, cache, trainees);
        training.thread.start();
        return training;
    }

    /** Waits until it is over; interrupts have to wait. */
    void await() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it now. */
    void stop() {
        stopped = true;
        ProcessExecutor training = trainee;
        if (training != null) {
            training.killWorkers();
        }
    }

    @Override
    public void run() {
        try {
            Path file = cache.fileFor(command);
            if (file == null) {
                log("there is no start-up cache for classes in directories, or with another cache", null);
            } else if (!Files.exists(file) && OPEN.add(file)) {
                try {
                    make(file);
                } finally {
                    OPEN.remove(file);
                }
            }
        } catch (Throwable thrown) {
            if (!stopped) {
                log("no start-up cache has been made", thrown);
            }
        }
    }

    private void log(String message, @Nullable Throwable thrown) {
        System.getLogger("concurrent.futures").log(Level.INFO, name + ": " + message, thrown);
    }

    private void make(Path file) throws Exception {
        Files.createDirectories(file.resolveSibling(""));
        if (takesOver(file)) {
            return;
        }
        Path made = file.resolveSibling(file.getFileName() + "." + ProcessTree.OWN + IN_MAKING);
        try {
            train(made);
            if (!stopped) {
                if (!isGood(made)) {
                    // Nobody needs to try again.
                    Files.write(made, new byte[0]);
                }
                publish(made, file);
            }
        } finally {
            delete(made);
        }
    }

    private static void delete(Path made) throws IOException {
        Files.deleteIfExists(made);
        // A JVM that was killed while it wrote leaves this behind.
        Files.deleteIfExists(made.resolveSibling(made.getFileName() + ".config"));
    }

    /** Whether others that did not live to see it have made the file; deletes what they have left otherwise. */
    private boolean takesOver(Path file) throws IOException, InterruptedException {
        boolean taken = false;
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(file.resolveSibling(""), file.getFileName() + ".*")) {
            for (Path each : files) {
                String[] parts = each.getFileName().toString().split("\\.", -1);
                // The name of the file, its kind, and then the number of the process.
                if (parts.length > 3
                        && ProcessHandle.of(Long.parseLong(parts[2])).isEmpty()) {
                    if (!taken && each.toString().endsWith(IN_MAKING) && isGood(each)) {
                        publish(each, file);
                        taken = true;
                    }
                    Files.deleteIfExists(each);
                }
            }
        }
        return taken;
    }

    /** Has a worker do what workers do, and write what it has learned when it ends. */
    private void train(Path made) throws Exception {
        try (ProcessExecutor training = trainees.apply(settings.trainee(cache.making(made)))) {
            trainee = training;
            try {
                if (stopped) {
                    return;
                }
                practice(training);
                Action more = cache.training();
                if (more != null) {
                    training.submit(more).result(LONGEST_TASK);
                }
            } catch (Throwable thrown) {
                training.killWorkers();
                throw thrown;
            }
        }
    }

    /** Tasks of the kinds that there are: with and without what they capture, with results and without. */
    private static void practice(ProcessExecutor training) throws Exception {
        int number = 1;
        String text = "text";
        List<String> list = new ArrayList<>(List.of(text));
        training.submit(() -> 1).result(LONGEST_TASK);
        training.submit(() -> number + list.size()).result(LONGEST_TASK);
        training.submit(() -> new ArrayList<Object>(List.of(text, number, 1L, 1.0, new byte[number])))
                .result(LONGEST_TASK);
        training.submit(() -> Thread.yield()).result(LONGEST_TASK);
        training.submit(() -> {
                    throw new IllegalStateException(text);
                })
                .exception(LONGEST_TASK);
        MapOptions chunks = MapOptions.defaults().chunkSize(2).timeout(LONGEST_TASK);
        try (Stream<Integer> mapped = training.map(item -> item + number, List.of(1, 2, 3), chunks)) {
            mapped.forEach(item -> {});
        }
    }

    /** Whether a JVM can use what has been made. */
    private boolean isGood(Path made) throws IOException, InterruptedException {
        Process probe = command.program(cache.probing(command, made))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return probe.waitFor(LONGEST_TASK.toSeconds(), TimeUnit.SECONDS) && probe.exitValue() == 0;
        } finally {
            probe.destroyForcibly();
        }
    }

    /** Gives a file its name, and deletes those of former versions of the same program. */
    private static void publish(Path made, Path file) throws IOException {
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        String name = file.getFileName().toString();
        String program = name.substring(0, name.lastIndexOf('-'));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(file.resolveSibling(""), program + "-*")) {
            for (Path each : files) {
                if (!each.equals(file) && !each.toString().contains(IN_MAKING)) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }
}
