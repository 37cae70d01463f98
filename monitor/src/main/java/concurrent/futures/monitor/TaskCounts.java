// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The counts of each name of a task. Names may be many, as those with a number in them are, so only the first two hundred
 * are told apart.
 */
final class TaskCounts {
    static final int MOST_NAMES = 200;
    private static final int LONGEST_NAME = 200;

    private final ConcurrentHashMap<String, TaskCount> byName = new ConcurrentHashMap<>();
    private final List<TaskCount> inOrder = new CopyOnWriteArrayList<>();
    private final TaskCount unnamed = add("(unnamed)");
    private final TaskCount others = add("(others)");

    TaskCount of(@Nullable String name) {
        if (name == null) {
            return unnamed;
        }
        TaskCount known = byName.get(name);
        return known != null ? known : firstOf(name);
    }

    List<TaskCount> all() {
        return inOrder;
    }

    private TaskCount firstOf(String name) {
        if (inOrder.size() >= MOST_NAMES + 2) {
            return others;
        }
        return byName.computeIfAbsent(name, key -> add(key));
    }

    private synchronized TaskCount add(String name) {
        String shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
        TaskCount count = new TaskCount(inOrder.size(), shown);
        inOrder.add(count);
        return count;
    }
}
