// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One contestant's result in one case.
 *
 * @param percentiles the times within which so many percent of the calls returned; empty where calls are not sampled
 * @param allocated bytes per operation, if they were counted
 * @param settings how it was measured
 * @param machine where it was measured, if that was written down
 */
record Result(
        Case of,
        String contestant,
        Score score,
        Map<String, Double> percentiles,
        @Nullable Double allocated,
        Settings settings,
        @Nullable Machine machine) {

    /**
     * How long it was measured.
     *
     * @param warmUp such as {@code 5 × 1 s}
     * @param measured the same for what counts
     */
    record Settings(String mode, int forks, String warmUp, String measured) {}
}
