// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.util.List;

/**
 * What is sent to a worker at once.
 *
 * @param revocations how often what was sent before has been revoked since the last parcel
 * @param jobs the tasks, in their order
 */
record Parcel(int revocations, List<Job<?>> jobs) {}
