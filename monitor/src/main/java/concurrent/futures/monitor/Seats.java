// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import concurrent.futures.TaskEvent;
import concurrent.futures.WorkerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lanes of processes, which run one task at a time. Each gets a lane by its name, and that of one that has ended goes
 * to the next that comes.
 */
final class Seats implements Seating {
    private final ConcurrentHashMap<String, Integer> byWorker = new ConcurrentHashMap<>();
    private final List<String> owners = new ArrayList<>(); // guarded by this
    private final List<Integer> free = new ArrayList<>(); // guarded by this

    @Override
    public int begun(TaskEvent task) {
        String worker = task.worker();
        return worker == null ? -1 : of(worker);
    }

    @Override
    public int ended(TaskEvent task) {
        String worker = task.worker();
        return worker == null ? -1 : ofFormer(worker);
    }

    @Override
    public int come(WorkerEvent worker) {
        return of(worker.worker());
    }

    @Override
    public List<Integer> gone(WorkerEvent worker) {
        int lane = ofFormer(worker.worker());
        leave(worker.worker());
        return lane < 0 ? List.of() : List.of(lane);
    }

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
