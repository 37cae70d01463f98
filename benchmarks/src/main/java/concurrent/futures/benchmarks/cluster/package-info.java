// SPDX-License-Identifier: Apache-2.0
/** Executors on clusters, measured beside what they are built on. */
@NullMarked
package concurrent.futures.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
