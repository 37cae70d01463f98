// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The workers of a pool that have been started and have not left. Changed with the pool's lock held, read by all. */
final class Crew {
    /*
     * Overview
     * --------
     * A worker has a slot, and leaves an empty one behind. So leaving needs no memory, which matters when there is
     * none, and whoever goes through the slots meanwhile misses nobody who stays.
     */
    private static final int FIRST_SIZE = 4;

    /** Some of the slots are empty. Replaced by a longer array when none is. */
    private volatile @Nullable Worker[] slots = new Worker[FIRST_SIZE];

    /** How many slots are not empty. Written after the slot, so that whoever has read this sees that. */
    private volatile int size;

    int size() {
        return size;
    }

    void forEach(Consumer<? super Worker> action) {
        if (size == 0) {
            return;
        }
        for (Worker worker : slots) {
            if (worker != null) {
                action.accept(worker);
            }
        }
    }

    int count(Predicate<? super Worker> condition) {
        int count = 0;
        if (size > 0) {
            for (Worker worker : slots) {
                count += worker != null && condition.test(worker) ? 1 : 0;
            }
        }
        return count;
    }

    long sum(ToLongFunction<? super Worker> number) {
        long sum = 0;
        if (size > 0) {
            for (Worker worker : slots) {
                sum += worker == null ? 0 : number.applyAsLong(worker);
            }
        }
        return sum;
    }

    boolean anyMatch(Predicate<? super Worker> condition) {
        if (size > 0) {
            for (Worker worker : slots) {
                if (worker != null && condition.test(worker)) {
                    return true;
                }
            }
        }
        return false;
    }

    void add(Worker worker) {
        int free = indexOf(null);
        if (free < 0) {
            free = slots.length;
            slots = Arrays.copyOf(slots, 2 * free);
        }
        slots[free] = worker;
        worker.slot = free;
        resize(1);
    }

    /** Removes a worker, without any memory; false if it is not there. */
    boolean remove(Worker worker) {
        int index = indexOf(worker);
        if (index < 0) {
            return false;
        }
        slots[index] = null;
        resize(-1);
        return true;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // The lock is held.
    private void resize(int change) {
        size += change;
    }

    private int indexOf(@Nullable Worker worker) {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] == worker) {
                return i;
            }
        }
        return -1;
    }
}
