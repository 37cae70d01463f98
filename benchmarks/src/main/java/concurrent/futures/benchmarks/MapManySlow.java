// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import org.openjdk.jmh.annotations.Param;

/** Many items, for each of which there is something to do. */
public class MapManySlow extends MapCase {
    @Param("100000")
    int n;

    @Param("100")
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
