// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.processes;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is measured, and how it compares. */
enum Measure {
    ROUND_TRIPS("round trips a second, 1 worker", "1/s", true, 4.0),
    SUBMIT_ALL_1("10,000 tasks submitted at once, 1 worker", "1/s", true, 4.0),
    SUBMIT_ALL_2("10,000 tasks submitted at once, 2 workers", "1/s", true, 4.0),
    MAP_1("map, chunks of 1, 2 workers", "items/s", true, 4.0),
    MAP_100("map, chunks of 100, 2 workers", "items/s", true, null),
    MAP_1000("map, chunks of 1,000, 2 workers", "items/s", true, 1.5),
    ECHO_BYTES("1 MB of bytes there and back, 1 worker", "1/s", true, 2.0),
    ECHO_LIST("1,000 integers there and back, 1 worker", "1/s", true, 2.0),
    COLD("first result of a new executor", "ms", false, 1 / 1.5),
    COLD_CACHED("first result of a new executor, with the start-up cache", "ms", false, 1.0),
    RSS("memory of an idle worker (RSS)", "MB", false, 1 / 3.0),
    TIMEOUT_P50("from the deadline of a task to its failure, median", "ms", false, null),
    TIMEOUT_P99("from the deadline of a task to its failure, 99 of 100", "ms", false, null),
    REPLACEMENT("from the kill of a worker to the first result of the next one", "ms", false, null);

    /** What it is about. */
    final String title;

    final String unit;

    /** Whether more is better. */
    final boolean more;

    /** How many times better than CPython it should be; null if there is no such goal. */
    final @Nullable Double goal;

    Measure(String title, String unit, boolean more, @Nullable Double goal) {
        this.title = title;
        this.unit = unit;
        this.more = more;
        this.goal = goal;
    }

    /** Prints a value, for the contest to read. */
    void print(double value) {
        System.out.printf(Locale.ROOT, "%s %.3f%n", this, value);
    }
}
