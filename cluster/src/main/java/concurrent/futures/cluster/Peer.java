// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.util.UUID;

/**
 * A worker of the cluster.
 *
 * @param id its number, which no other one has or will have
 * @param address where it is
 */
record Peer(UUID id, String address) {
    @Override
    public String toString() {
        return address + " (" + id + ")";
    }
}
