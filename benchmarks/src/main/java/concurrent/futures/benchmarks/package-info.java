// SPDX-License-Identifier: Apache-2.0
/**
 * Measures this library and its peers side by side.
 *
 * <p>A {@link concurrent.futures.benchmarks.Case} is a benchmark. Who takes part is one of its parameters, so that
 * each JVM meets one contestant only: what the compiler learns about one does not help or harm another.
 */
@NullMarked
package concurrent.futures.benchmarks;

import org.jspecify.annotations.NullMarked;
