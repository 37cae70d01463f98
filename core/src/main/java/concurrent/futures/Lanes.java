// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.BitSet;
import java.util.concurrent.locks.ReentrantLock;

/** Numbers for what goes on at the same time, as low as they can be. */
final class Lanes {
    private final ReentrantLock lock = new ReentrantLock();

    /** The numbers that are taken; guarded by the lock. */
    private final BitSet taken = new BitSet();

    /** No lower number is free; guarded by the lock. */
    private int lowest;

    /** The lowest number that nobody has. */
    int take() {
        lock.lock();
        try {
            int lane = taken.nextClearBit(lowest);
            taken.set(lane);
            lowest = lane + 1;
            return lane;
        } finally {
            lock.unlock();
        }
    }

    void giveBack(int lane) {
        lock.lock();
        try {
            taken.clear(lane);
            lowest = Math.min(lowest, lane);
        } finally {
            lock.unlock();
        }
    }
}
