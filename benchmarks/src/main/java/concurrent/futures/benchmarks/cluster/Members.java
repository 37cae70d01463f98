// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The JVMs of the workers. */
final class Members implements AutoCloseable {
    static final int COUNT = 3;

    private static final long KILOBYTES = 1024;

    private final List<Process> processes = new ArrayList<>();

    /** How long each has taken until it was ready, in seconds. */
    final List<Double> starts = new ArrayList<>();

    static Members start() throws IOException {
        Members members = new Members();
        try {
            for (int i = 0; i < COUNT; i++) {
                members.add(i);
            }
            return members;
        } catch (IOException | RuntimeException e) {
            members.close();
            throw e;
        }
    }

    private void add(int number) throws IOException {
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx400m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Member.class.getName(),
                        String.valueOf(number))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (!Member.address(number).equals(output.readLine())) {
            throw new IOException("the worker " + number + " has not started");
        }
        starts.add((System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1));
    }

    /** What each has in memory, in megabytes; nothing where the system does not tell. */
    List<Double> resident() throws IOException {
        List<Double> resident = new ArrayList<>();
        for (Process process : processes) {
            Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
            if (Files.exists(status)) {
                for (String line : Files.readAllLines(status)) {
                    if (line.startsWith("VmRSS:")) {
                        resident.add(Double.parseDouble(line.replaceAll("\\D", "")) / KILOBYTES);
                    }
                }
            }
        }
        return resident;
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
    }
}
