// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waiting for what no latch tells. */
final class Eventually {
    private Eventually() {}

    /** A wait that looks at once and often, since most of what is waited for is a matter of microseconds. */
    static ConditionFactory await() {
        return Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(20));
    }
}
