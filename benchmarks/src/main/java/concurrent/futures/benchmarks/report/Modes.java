// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

/** JMH's names for the ways to measure, in words. */
final class Modes {
    private Modes() {}

    static String name(String mode) {
        return switch (mode) {
            case "thrpt" -> "throughput";
            case "avgt" -> "average time";
            case "sample" -> "time of sampled calls";
            case "ss" -> "time of single calls";
            case "heap" -> "heap in use";
            default -> mode;
        };
    }
}
