// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.conformance;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ends the program with the stacks of all threads when a test takes too long. Called by the thread that runs tests. */
public final class Watchdog {
    /** Long for a test that starts interpreters for half a minute, also on a machine that has a lot else to do. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Shorter for a program that a test starts, so that it says where it hangs before the test is ended. */
    private static final Duration INNER_LIMIT = Duration.ofSeconds(150);

    /** How long Python gets to say where its threads are. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    /** The exit status of a program that hangs. */
    private static final int HUNG = 3;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("watchdog").factory());

    private final Duration limit;
    private final Runnable pythonStacks;
    private @Nullable ScheduledFuture<?> pending;

    /**
     * Watches nothing yet.
     *
     * @param inner whether this is in a program that a test has started
     * @param pythonStacks prints where the threads are in terms of Python
     */
    public Watchdog(boolean inner, Runnable pythonStacks) {
        this.limit = inner ? INNER_LIMIT : LIMIT;
        this.pythonStacks = pythonStacks;
    }

    /** Begins to watch a test, and no longer the one before. */
    public void watch(String test) {
        if (pending != null) {
            pending.cancel(false);
        }
        pending = clock.schedule(() -> bite(test), limit.toSeconds(), TimeUnit.SECONDS);
    }

    private void bite(String test) {
        try {
            System.out.println("HUNG    " + test + ", which did not end within " + limit.toSeconds() + " s");
            System.out.println(javaStacks());
            System.out.flush();
            Thread dump = Thread.ofPlatform().daemon().start(pythonStacks);
            dump.join(LAST_WORDS);
        } catch (IOException | InterruptedException | RuntimeException e) {
            e.printStackTrace(System.out);
        } finally {
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            Runtime.getRuntime().halt(HUNG);
        }
    }

    /** The stacks of platform and virtual threads, without the inside of the interpreter. */
    private static String javaStacks() throws IOException {
        Path folder = Files.createTempDirectory("conformance");
        Path file = folder.resolve("threads");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
            try (Stream<String> lines = Files.lines(file)) {
                return lines.filter(line -> !line.contains(" com.oracle.")).collect(Collectors.joining("\n"));
            }
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }
}
