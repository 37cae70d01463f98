// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Executors on processes for tests, and looking at processes. */
final class Processes {
    private Processes() {}

    /** An executor whose workers start quickly and are small. */
    static ProcessExecutor.Builder small(int maxWorkers) {
        return ProcessExecutor.builder()
                .maxWorkers(maxWorkers)
                .maxHeap(48L << 20)
                .jvmOptions("-XX:TieredStopAtLevel=1", "-Xss512k");
    }

    /** A wait for what no latch tells. */
    static ConditionFactory await() {
        return Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(20));
    }

    static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
}
