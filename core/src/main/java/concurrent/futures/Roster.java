// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A list from which each element can be removed in constant time, because it knows where it is. For one thread at a
 * time.
 *
 * @param <E> the type of the elements
 */
final class Roster<E extends Roster.Member> implements Iterable<E> {
    /** A list that is shorter is not worth being made shorter. */
    private static final int MIN_COMPACTED = 64;

    /** The elements, in order; null where there was one. */
    private final List<@Nullable E> entries;

    /** How many elements there are. */
    private int size;

    /** No entry before this one is an element. */
    private int first;

    Roster(int expected) {
        entries = new ArrayList<>(expected);
    }

    /** What can be in a roster, and only in one. */
    abstract static class Member extends Listener {
        /** Where it is in the roster. Used by that alone. */
        int index;
    }

    void add(E element) {
        compactIfSparse();
        element.index = entries.size();
        entries.add(element);
        size++;
    }

    private void compactIfSparse() {
        if (entries.size() < MIN_COMPACTED || size >= entries.size() / 2) {
            return;
        }
        entries.removeIf(Objects::isNull);
        first = 0;
        for (int i = 0; i < entries.size(); i++) {
            requireNonNull(entries.get(i)).index = i;
        }
    }

    /** Takes out an element that is in here. */
    void remove(E element) {
        entries.set(element.index, null);
        size--;
    }

    /** Takes out all elements. */
    List<E> takeAll() {
        List<E> all = new ArrayList<>(size);
        forEach(all::add);
        entries.clear();
        size = 0;
        first = 0;
        return all;
    }

    @Override
    public Iterator<E> iterator() {
        compactIfSparse();
        while (first < entries.size() && entries.get(first) == null) {
            first++;
        }
        // Asked twice whether they are null, for the checker of that.
        return entries.subList(first, entries.size()).stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .iterator();
    }
}
