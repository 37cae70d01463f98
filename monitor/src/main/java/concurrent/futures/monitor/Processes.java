// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The processes that work for this one, and how much memory they have, where the system tells, which is on Linux. A
 * process is known by the name of its worker, which is a word of its command line.
 */
final class Processes {
    private static final long REFRESH = TimeUnit.SECONDS.toNanos(1);
    private static final String RESIDENT = "VmRSS:";
    private static final long KILO = 1024;

    /**
     * A process.
     *
     * @param pid its number
     * @param memory its resident memory, in bytes
     */
    record Info(long pid, long memory) {}

    private Map<String, Info> byWord = Map.of();
    private long next = System.nanoTime();

    /** Looks again if some time has passed. */
    void refresh(long now) {
        if (now - next < 0) {
            return;
        }
        next = now + REFRESH;
        Map<String, Info> found = new HashMap<>();
        try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
            children.forEach(child -> add(child.pid(), found));
        }
        byWord = found;
    }

    /** The process of a worker; null if there is none, or nobody knows. */
    @Nullable
    Info of(@Nullable String worker) {
        return worker == null ? null : byWord.get(worker);
    }

    private static void add(long pid, Map<String, Info> found) {
        Path folder = Path.of("/proc", Long.toString(pid));
        try {
            Info info = new Info(pid, resident(Files.readAllLines(folder.resolve("status"))));
            String words = new String(Files.readAllBytes(folder.resolve("cmdline")), StandardCharsets.UTF_8);
            for (String word : words.split("\0", -1)) {
                found.put(word, info);
            }
        } catch (IOException | RuntimeException e) {
            // It has ended meanwhile, or this is no Linux.
        }
    }

    private static long resident(List<String> status) {
        for (String line : status) {
            if (line.startsWith(RESIDENT)) {
                return Long.parseLong(line.replaceAll("\\D", "")) * KILO;
            }
        }
        return 0;
    }
}
