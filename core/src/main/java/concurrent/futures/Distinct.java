// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Futures in the order in which they are given, each once.
 *
 * @param <T> the type of the results
 */
final class Distinct<T extends @Nullable Object> {
    /*
     * Overview
     * --------
     * A hash table with open addressing beside the list, in which futures are told apart by identity. A set of the JDK
     * would do the same, but with a million futures it takes two to three times as long.
     */
    private static final int MIN_SIZE = 16;

    /** What a collection says of its size is taken on trust up to here. */
    private static final int MAX_EXPECTED = 1 << 24;

    /** A multiplier that spreads the bits of a hash code: 2^32 divided by the golden ratio. */
    private static final int SPREAD = 0x9E3779B9;

    private final List<Future<T>> futures;

    /** At most half full; the size is a power of two. */
    private @Nullable Future<?>[] table;

    private Distinct(int expected) {
        futures = new ArrayList<>(expected);
        table = new Future<?>[tableSize(expected)];
    }

    /** The least power of two that is at least twice that. */
    private static int tableSize(int expected) {
        return Math.max(MIN_SIZE, 2 * Integer.highestOneBit(Math.max(1, 2 * expected - 1)));
    }

    /** All of those futures, none of which may be null. */
    static <T extends @Nullable Object> List<Future<T>> of(Iterable<? extends Future<? extends T>> fs) {
        Distinct<T> distinct = new Distinct<>(fs instanceof Collection<?> all ? Math.min(all.size(), MAX_EXPECTED) : 0);
        for (Future<? extends T> future : fs) {
            distinct.add(Await.covariant(requireNonNull(future, "a future in fs")));
        }
        distinct.clearTable();
        return distinct.futures;
    }

    /**
     * Refers to nothing any more. A large table is not collected soon, and what a collector of the young generation
     * finds in it is copied again and again until then.
     */
    private void clearTable() {
        Arrays.fill(table, null);
    }

    private void add(Future<T> future) {
        if (insert(future)) {
            futures.add(future);
            if (futures.size() > table.length / 2) {
                grow();
            }
        }
    }

    /** Puts a future into the table; false if it is there. */
    private boolean insert(Future<?> future) {
        int shift = Integer.numberOfLeadingZeros(table.length - 1);
        int place = (System.identityHashCode(future) * SPREAD) >>> shift;
        while (table[place] != null) {
            if (table[place] == future) {
                return false;
            }
            place = (place + 1) & (table.length - 1);
        }
        table[place] = future;
        return true;
    }

    private void grow() {
        table = new Future<?>[Math.multiplyExact(2, table.length)];
        futures.forEach(this::insert);
    }
}
