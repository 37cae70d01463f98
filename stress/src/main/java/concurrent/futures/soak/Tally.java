// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.soak;

import java.util.concurrent.atomic.LongAdder;

/** What has become of the tasks of all rounds, and what was done to them. */
final class Tally {
    final LongAdder succeeded = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder cancelled = new LongAdder();
    final LongAdder refused = new LongAdder();

    /** Threads that were asked for and were not made, initializers and callbacks that threw, and interrupts. */
    final LongAdder faults = new LongAdder();

    @Override
    public String toString() {
        long tasks = succeeded.sum() + failed.sum() + cancelled.sum();
        return tasks + " tasks (" + succeeded + " succeeded, " + failed + " failed, " + cancelled + " cancelled), "
                + refused + " refused, " + faults + " faults";
    }
}
