// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waiting for what no latch tells, because another process does it. */
final class Eventually {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private Eventually() {}

    static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE);
    }
}
