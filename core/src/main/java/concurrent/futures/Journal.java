// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What is known of the watched tasks of an executor: who runs, and for how long they waited and ran. */
final class Journal {
    /** The watched tasks that run. Added to and taken from by whoever runs them. */
    final Set<Watch> running = ConcurrentHashMap.newKeySet();

    final Lanes lanes = new Lanes();

    final LongAdder timed = new LongAdder();
    final LongAdder queueNanos = new LongAdder();
    final LongAdder runNanos = new LongAdder();
    final LongAccumulator maxQueueNanos = new LongAccumulator(Math::max, 0);
    final LongAccumulator maxRunNanos = new LongAccumulator(Math::max, 0);

    private final AtomicLong ids = new AtomicLong();

    long nextId() {
        return ids.incrementAndGet();
    }

    /** A task has been run. */
    void add(long queued, long ran) {
        timed.increment();
        queueNanos.add(queued);
        runNanos.add(ran);
        maxQueueNanos.accumulate(queued);
        maxRunNanos.accumulate(ran);
    }
}
