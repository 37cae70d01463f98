// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import org.openjdk.jmh.annotations.Param;

/** Very many items, for which there is little to do. */
public class MapMany extends MapCase {
    @Param("1000000")
    int n;

    @Param({"0", "1"})
    int work;

    @Override
    int n() {
        return n;
    }

    @Override
    int work() {
        return work;
    }
}
