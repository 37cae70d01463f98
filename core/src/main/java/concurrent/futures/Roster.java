// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A list from which each element can be taken at once, because it knows its place in it. For one thread at a time.
 *
 * @param <E> the type of the elements
 */
final class Roster<E extends Roster.Member> implements Iterable<E> {
    /** A list that is shorter is not worth being made shorter. */
    private static final int MIN_COMPACTED = 64;

    /** The elements, in order; null where there was one. */
    private final List<@Nullable E> places;

    /** How many places are taken. */
    private int size;

    /** No place before this one is taken. */
    private int first;

    Roster(int expected) {
        places = new ArrayList<>(expected);
    }

    /** What can be in a roster, and only in one. */
    abstract static class Member extends Listener {
        /** The place in the roster. Used by that alone. */
        private int place;
    }

    void add(E element) {
        if (places.size() >= MIN_COMPACTED && size < places.size() / 2) {
            compact();
        }
        ((Member) element).place = places.size();
        places.add(element);
        size++;
    }

    private void compact() {
        places.removeIf(Objects::isNull);
        first = 0;
        for (int i = 0; i < places.size(); i++) {
            ((Member) requireNonNull(places.get(i))).place = i;
        }
    }

    /** Takes out an element that is in here. */
    void remove(E element) {
        places.set(((Member) element).place, null);
        size--;
    }

    /** Takes out all elements. */
    List<E> takeAll() {
        List<E> all = new ArrayList<>(size);
        forEach(all::add);
        places.clear();
        size = 0;
        first = 0;
        return all;
    }

    @Override
    public Iterator<E> iterator() {
        while (first < places.size() && places.get(first) == null) {
            first++;
        }
        return places.subList(first, places.size()).stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .iterator();
    }
}
