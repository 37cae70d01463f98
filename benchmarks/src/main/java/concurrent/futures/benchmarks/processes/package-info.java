// SPDX-License-Identifier: Apache-2.0
/** Tasks in other processes, beside CPython's {@code ProcessPoolExecutor}. */
@org.jspecify.annotations.NullMarked
package concurrent.futures.benchmarks.processes;
