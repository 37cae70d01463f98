// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.invoke.VarHandle;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A queue of items by priority, the highest first, and first in, first out within a priority. */
final class RankedQueue {
    /*
     * Overview
     * --------
     * The fences give the map the order that the other queues have: whoever adds an item and then looks whether
     * somebody is there, and whoever says that nobody is and then looks for items, do not miss each other.
     */

    private record Rank(int priority, long number) {}

    private final AtomicLong numbers = new AtomicLong();

    private final ConcurrentSkipListMap<Rank, WorkItem<?>> items = new ConcurrentSkipListMap<>(
            Comparator.comparingInt(Rank::priority).reversed().thenComparingLong(Rank::number));

    void add(WorkItem<?> item) {
        items.put(new Rank(item.priority(), numbers.getAndIncrement()), item);
        VarHandle.fullFence();
    }

    /** Takes the first item, which may not be pending any more; null if there is none. */
    @Nullable
    WorkItem<?> poll() {
        VarHandle.fullFence();
        Map.Entry<Rank, WorkItem<?>> first = items.pollFirstEntry();
        return first == null ? null : first.getValue();
    }

    boolean isEmpty() {
        VarHandle.fullFence();
        return items.isEmpty();
    }

    /** Counts the entries, pending or not, but not beyond a number. */
    long countEntries(int enough) {
        return items.values().stream().limit(enough).count();
    }

    long countPending() {
        return items.values().stream().filter(WorkItem::isPending).count();
    }

    /** Adds the first pending items to a list. */
    void addPending(int most, List<WorkItem<?>> found) {
        items.values().stream().filter(WorkItem::isPending).limit(most).forEach(found::add);
    }

    /** Drops cancelled items; returns how many items are left. */
    int sweep() {
        int left = 0;
        for (Map.Entry<Rank, WorkItem<?>> entry : items.entrySet()) {
            WorkItem<?> item = entry.getValue();
            if (item.isWithdrawn() && items.remove(entry.getKey(), item)) {
                item.drop();
            } else {
                left++;
            }
        }
        return left;
    }
}
