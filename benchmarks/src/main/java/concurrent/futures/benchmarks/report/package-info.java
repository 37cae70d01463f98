// SPDX-License-Identifier: Apache-2.0
/**
 * What becomes of the measurements: tables, figures and the page {@code docs/performance.md}.
 * {@link concurrent.futures.benchmarks.report.Report} is the program.
 */
@NullMarked
package concurrent.futures.benchmarks.report;

import org.jspecify.annotations.NullMarked;
