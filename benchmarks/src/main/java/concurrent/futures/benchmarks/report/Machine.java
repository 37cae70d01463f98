// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** Where and when a run was made, and of what. It is written down with the results: the page may be made elsewhere. */
record Machine(String cpu, int cores, long memory, String jdk, String os, String date, String commit) {
    private static final Path CPUS_OF_LINUX = Path.of("/proc/cpuinfo");
    private static final Path RELEASE_OF_LINUX = Path.of("/etc/os-release");

    /** This one, now. */
    static Machine here(String commit) {
        return new Machine(
                cpuName(),
                Runtime.getRuntime().availableProcessors(),
                memorySize(),
                System.getProperty("java.vendor.version", System.getProperty("java.vendor", "")) + ", "
                        + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                osName(),
                LocalDate.now(ZoneOffset.UTC).toString(),
                commit);
    }

    static Machine read(Path file) {
        return JsonMapper.shared().readValue(file, Machine.class);
    }

    String json() {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(this);
    }

    String memoryText() {
        return Numbers.rounded(memory / (double) (1 << 30)) + " GiB";
    }

    private static long memorySize() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }

    private static String cpuName() {
        String name = valueIn(CPUS_OF_LINUX, "model name", ":");
        if (name.isEmpty() && System.getProperty("os.name", "").startsWith("Mac")) {
            name = output("sysctl", "-n", "machdep.cpu.brand_string");
        }
        return name.isEmpty() ? System.getProperty("os.arch", "") : name;
    }

    private static String osName() {
        String kernel = System.getProperty("os.name") + " " + System.getProperty("os.version");
        String release = valueIn(RELEASE_OF_LINUX, "PRETTY_NAME", "=");
        return release.isEmpty() ? kernel : release.replace("\"", "") + ", " + kernel;
    }

    /** What a file has behind a key and a separator, or nothing. */
    private static String valueIn(Path file, String key, String separator) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(separator) + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return ""; // other systems have no such file
        }
    }

    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(1, TimeUnit.SECONDS) ? output.strip() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
