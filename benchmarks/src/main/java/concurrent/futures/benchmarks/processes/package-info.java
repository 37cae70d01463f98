// SPDX-License-Identifier: Apache-2.0
/**
 * Measures executors on processes: this library's, CPython's and PP4J's.
 *
 * <p>Each contestant is a program of its own, a {@link concurrent.futures.benchmarks.processes.Player}, that stays for
 * the whole contest with its executors open. They take turns, so that what disturbs the machine disturbs all of them.
 */
@NullMarked
package concurrent.futures.benchmarks.processes;

import org.jspecify.annotations.NullMarked;
