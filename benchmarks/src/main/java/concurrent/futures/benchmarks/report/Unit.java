// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.util.List;
import java.util.Map;

/** What a score counts, which is operations per second, seconds or bytes, and which end of it is the good one. */
enum Unit {
    THROUGHPUT(/* moreIsBetter= */ true),
    TIME(/* moreIsBetter= */ false),
    BYTES(/* moreIsBetter= */ false);

    private static final Map<String, Double> SECONDS =
            Map.of("ns", 1e-9, "us", 1e-6, "ms", 1e-3, "s", 1.0, "min", 60.0, "hr", 3600.0, "day", 86400.0);
    private static final String PER_OPERATION = "/op";
    private static final String OPERATIONS_PER = "ops/";

    private final boolean moreIsBetter;

    Unit(boolean moreIsBetter) {
        this.moreIsBetter = moreIsBetter;
    }

    /** How a table or an axis shows numbers: divided by a factor, with this name. */
    record Scale(double factor, String name) {}

    boolean moreIsBetter() {
        return moreIsBetter;
    }

    /** Which way to look at a figure. */
    String betterText() {
        return moreIsBetter ? "more is better" : "less is better";
    }

    /** The scale in which a value has the fewest digits before the point, and at least one. */
    Scale scaleFor(double value) {
        Scale fitting = scales().getFirst();
        for (Scale scale : scales()) {
            if (Math.abs(value) >= scale.factor()) {
                fitting = scale;
            }
        }
        return fitting;
    }

    private List<Scale> scales() {
        return switch (this) {
            case THROUGHPUT -> List.of(new Scale(1, "ops/s"), new Scale(1e3, "k ops/s"), new Scale(1e6, "M ops/s"));
            case TIME ->
                List.of(
                        new Scale(1e-9, "ns/op"),
                        new Scale(1e-6, "µs/op"),
                        new Scale(1e-3, "ms/op"),
                        new Scale(1, "s/op"));
            case BYTES -> List.of(new Scale(1, "B"));
        };
    }

    /** The unit that JMH writes as {@code ops/us} or {@code us/op}. */
    static Unit ofJmh(String text) {
        return text.startsWith(OPERATIONS_PER) ? THROUGHPUT : TIME;
    }

    /** What to multiply a score of JMH's unit with. */
    static double jmhFactor(String text) {
        if (text.startsWith(OPERATIONS_PER)) {
            return 1 / seconds(text.substring(OPERATIONS_PER.length()), text);
        }
        ensureTime(text);
        return seconds(text.substring(0, text.length() - PER_OPERATION.length()), text);
    }

    private static double seconds(String name, String text) {
        Double seconds = SECONDS.get(name);
        if (seconds == null) {
            throw new IllegalArgumentException("unknown unit: " + text);
        }
        return seconds;
    }

    private static void ensureTime(String text) {
        if (!text.endsWith(PER_OPERATION)) {
            throw new IllegalArgumentException("unknown unit: " + text);
        }
    }
}
