// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lanes of workers that have no numbers, which are processes. Each gets a lane by its name, and that of one that has
 * ended goes to the next that comes.
 */
final class Seats {
    private final ConcurrentHashMap<String, Integer> byWorker = new ConcurrentHashMap<>();
    private final List<String> owners = new ArrayList<>(); // guarded by this
    private final List<Integer> free = new ArrayList<>(); // guarded by this

    int of(String worker) {
        Integer known = byWorker.get(worker);
        return known != null ? known : take(worker);
    }

    /** The lane of a worker that has had one; -1 if another one has it by now. */
    int ofFormer(String worker) {
        return byWorker.getOrDefault(worker, -1);
    }

    private synchronized int take(String worker) {
        Integer known = byWorker.get(worker);
        if (known != null) {
            return known;
        }
        int lane = free.isEmpty() ? owners.size() : free.removeFirst();
        if (lane == owners.size()) {
            owners.add(worker);
        } else {
            byWorker.remove(owners.set(lane, worker));
        }
        byWorker.put(worker, lane);
        return lane;
    }

    /** A worker has ended. Its lane is still its own, for the end of its task, until another one takes it. */
    synchronized void leave(String worker) {
        Integer lane = byWorker.get(worker);
        if (lane != null && !free.contains(lane)) {
            free.add(lane);
        }
    }
}
