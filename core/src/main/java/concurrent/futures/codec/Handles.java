// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Objects that have been met, told apart by identity, and numbered in the order in which they ended. */
final class Handles {
    /** Fewer are found faster by looking at each: asking an object for its identity for the first time is dear. */
    private static final int FEW = 8;

    /** The number of an object that has begun and not ended. */
    static final int OPEN = -1;

    /** The objects, as they were met. */
    private @Nullable Object[] objects = new @Nullable Object[FEW];

    private int[] numbers = new int[FEW];
    private int count;
    private int ended;

    /** Places of objects plus one, by their hashes; 0 for none. Empty while there are few. */
    private int[] table = {};

    /** The place of an object; negative if it has not been met. */
    int find(Object object) {
        if (table.length == 0) {
            for (int i = 0; i < count; i++) {
                if (objects[i] == object) {
                    return i;
                }
            }
            return -1;
        }
        return table[slot(object)] - 1;
    }

    /** The slot of the table that has an object, or else the one for it. */
    private int slot(Object object) {
        int mask = table.length - 1;
        int slot = System.identityHashCode(object) & mask;
        while (table[slot] != 0 && objects[table[slot] - 1] != object) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    int number(int place) {
        return numbers[place];
    }

    /** An object begins that has not been met; the place that it gets. */
    int begin(Object object) {
        if (count == objects.length) {
            grow();
        }
        objects[count] = object;
        numbers[count] = OPEN;
        if (table.length > 0) {
            table[slot(object)] = count + 1;
        }
        return count++;
    }

    void end(int place) {
        numbers[place] = ended++;
    }

    private void grow() {
        objects = Arrays.copyOf(objects, 2 * count);
        numbers = Arrays.copyOf(numbers, 2 * count);
        // At most half of it is ever used.
        table = new int[4 * count];
        for (int i = 0; i < count; i++) {
            Object object = objects[i];
            if (object != null) {
                table[slot(object)] = i + 1;
            }
        }
    }
}
