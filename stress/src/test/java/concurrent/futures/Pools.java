// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.time.Duration;

/** Executors for tests under chosen schedules. */
final class Pools {
    private Pools() {}

    /** An executor whose idle workers stay until they are told to go: one that nobody wakes hangs the test. */
    static ThreadExecutor of(int maxWorkers) {
        return builder(maxWorkers).build();
    }

    static ThreadExecutor.Builder builder(int maxWorkers) {
        return ThreadExecutor.builder().maxWorkers(maxWorkers).keepAlive(Duration.ofSeconds(Long.MAX_VALUE));
    }
}
