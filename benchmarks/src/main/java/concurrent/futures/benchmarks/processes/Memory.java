// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** How many megabytes of a worker are in memory. */
final class Memory {
    /** In which what the JVM does after a start comes to an end. */
    private static final Duration REST = Duration.ofMillis(500);

    private static final String RESIDENT = "VmRSS:";
    private static final double KILOBYTES = 1024;

    private Memory() {}

    static List<Double> ofWorker(Callable<Pool> opening) throws Exception {
        try (Pool pool = opening.call()) {
            long pid = pool.submit(Tasks::pid).get();
            Thread.sleep(REST);
            return List.of(resident(pid));
        }
    }

    private static double resident(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith(RESIDENT)) {
                String size =
                        line.substring(RESIDENT.length()).replace("kB", "").strip();
                return Long.parseLong(size) / KILOBYTES;
            }
        }
        throw new IOException("the memory of " + pid + " is not known");
    }
}
