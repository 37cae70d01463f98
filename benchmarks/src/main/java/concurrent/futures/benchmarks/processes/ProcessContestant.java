// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.processes;

import concurrent.futures.Future;
import concurrent.futures.MapOptions;
import concurrent.futures.process.ProcessExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Measures this library's executor on processes, as benchmarks/processes.py does CPython's, and prints a line each. */
final class ProcessContestant {
    private static final int TASKS = 10_000;
    private static final int ITEMS = 1_000_000;
    private static final int MEGABYTE = 1 << 20;
    private static final int INTEGERS = 1_000;
    private static final int ECHOES = 300;
    private static final int COLD_STARTS = 5;
    private static final int TIMEOUTS = 100;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final Duration TIMEOUT = Duration.ofMillis(50);
    private static final long WARM_UP_NANOS = 3_000_000_000L;

    private ProcessContestant() {}

    /** Something to measure once. */
    private interface Case {
        void run() throws Exception;
    }

    private static int next(int number) {
        return number + 1;
    }

    public static void main(String[] arguments) throws Exception {
        measureSpeed();
        measureStart();
        measureKills();
    }

    /** Times a case after a warm-up; how often a second it could be run, if it is made of so many parts. */
    private static double rate(int parts, Case measured) throws Exception {
        long end = System.nanoTime() + WARM_UP_NANOS;
        do {
            measured.run();
        } while (System.nanoTime() < end);
        long begin = System.nanoTime();
        measured.run();
        return parts * NANOS_PER_SECOND / (System.nanoTime() - begin);
    }

    private static void measureSpeed() throws Exception {
        try (ProcessExecutor one = new ProcessExecutor(1)) {
            Measure.ROUND_TRIPS.print(rate(TASKS, () -> {
                for (int i = 0; i < TASKS; i++) {
                    int number = i;
                    one.submit(() -> next(number)).result();
                }
            }));
            Measure.SUBMIT_ALL_1.print(rate(TASKS, () -> submitAll(one)));
            byte[] bytes = new byte[MEGABYTE];
            Measure.ECHO_BYTES.print(rate(ECHOES, () -> {
                for (int i = 0; i < ECHOES; i++) {
                    one.submit(() -> bytes).result();
                }
            }));
            List<Integer> list =
                    new ArrayList<>(IntStream.range(0, INTEGERS).boxed().toList());
            Measure.ECHO_LIST.print(rate(TASKS, () -> {
                for (int i = 0; i < TASKS; i++) {
                    one.submit(() -> list).result();
                }
            }));
        }
        try (ProcessExecutor two = new ProcessExecutor(2)) {
            Measure.SUBMIT_ALL_2.print(rate(TASKS, () -> submitAll(two)));
            Measure.MAP_1.print(rate(TASKS, () -> map(two, TASKS, 1)));
            Measure.MAP_100.print(rate(ITEMS, () -> map(two, ITEMS, 100)));
            Measure.MAP_1000.print(rate(ITEMS, () -> map(two, ITEMS, 1_000)));
        }
    }

    private static void submitAll(ProcessExecutor executor) throws Exception {
        List<Future<Integer>> futures = new ArrayList<>(TASKS);
        for (int i = 0; i < TASKS; i++) {
            int number = i;
            futures.add(executor.submit(() -> next(number)));
        }
        for (Future<Integer> each : futures) {
            each.result();
        }
    }

    private static void map(ProcessExecutor executor, int items, int chunk) {
        List<Integer> input = IntStream.range(0, items).boxed().toList();
        // As Python does, which has no window.
        MapOptions options = MapOptions.defaults().chunkSize(chunk).bufferSize(items);
        try (Stream<Integer> mapped = executor.map(ProcessContestant::next, input, options)) {
            long sum = mapped.mapToLong(Integer::longValue).sum();
            if (sum != (long) items * (items + 1) / 2) {
                throw new AssertionError("a wrong sum: " + sum);
            }
        }
    }

    private static void measureStart() throws Exception {
        Measure.COLD.print(coldStart(ProcessExecutor.builder()));
        Path cache = Files.createTempDirectory("start-up-cache-");
        // The first executor makes the cache, and waits for it when it is closed.
        coldStart(ProcessExecutor.builder().startUpCache(cache));
        Measure.COLD_CACHED.print(coldStart(ProcessExecutor.builder().startUpCache(cache)));
        deleteAll(cache);
        try (ProcessExecutor idle = new ProcessExecutor(1)) {
            long pid = idle.submit(() -> ProcessHandle.current().pid()).result();
            Measure.RSS.print(residentMegabytes(pid));
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        Files.delete(directory);
    }

    /** Milliseconds from nothing to a result, the median of some. */
    private static double coldStart(ProcessExecutor.Builder builder) throws Exception {
        double[] times = new double[COLD_STARTS];
        for (int i = 0; i < times.length; i++) {
            long begin = System.nanoTime();
            try (ProcessExecutor executor = builder.maxWorkers(1).build()) {
                executor.submit(() -> 1).result();
                times[i] = (System.nanoTime() - begin) / NANOS_PER_MILLI;
            }
        }
        return quantile(times, 0.5);
    }

    private static double quantile(double[] times, double part) {
        Arrays.sort(times);
        return times[(int) Math.min(times.length - 1, part * times.length)];
    }

    private static double residentMegabytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Integer.parseInt(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IOException("no VmRSS for " + pid);
    }

    /** Tasks that never end are killed at once when their time is over. */
    private static void measureKills() throws Exception {
        double[] late = new double[TIMEOUTS];
        double[] replaced = new double[TIMEOUTS];
        try (ProcessExecutor executor =
                ProcessExecutor.builder().maxWorkers(1).grace(Duration.ZERO).build()) {
            executor.submit(() -> 1).result();
            for (int i = 0; i < TIMEOUTS; i++) {
                Future<?> endless = executor.withTimeout(TIMEOUT).submit(ProcessContestant::spin);
                while (endless.status() == Future.Status.PENDING) {
                    Thread.onSpinWait();
                }
                long begin = System.nanoTime();
                if (!(endless.exception() instanceof TimeoutException)) {
                    throw new AssertionError(endless.exception());
                }
                long failed = System.nanoTime();
                executor.submit(() -> 1).result();
                late[i] = (failed - begin - TIMEOUT.toNanos()) / NANOS_PER_MILLI;
                replaced[i] = (System.nanoTime() - failed) / NANOS_PER_MILLI;
            }
        }
        Measure.TIMEOUT_P50.print(quantile(late, 0.5));
        Measure.TIMEOUT_P99.print(quantile(late, 0.99));
        Measure.REPLACEMENT.print(quantile(replaced, 0.5));
    }

    private static void spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }
}
