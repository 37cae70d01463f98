// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import concurrent.futures.AbstractFutureExecutor;
import concurrent.futures.FutureExecutor;
import concurrent.futures.TaskEvent;
import concurrent.futures.WorkerEvent;
import concurrent.futures.process.ProcessExecutor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which lane a worker or a task of an executor has; -1 if none. Asked by the executor's threads. */
interface Seating {
    /**
     * The one for an executor that is no view: by the names of its workers if those are elsewhere. Threads have numbers,
     * and perhaps a new name for each task.
     */
    static Seating of(FutureExecutor executor) {
        return switch (executor) {
            case ProcessExecutor processes -> new Seats();
            case AbstractFutureExecutor elsewhere -> new Members();
            default -> new Slots();
        };
    }

    /** The lane of a task that begins. */
    int begun(TaskEvent task);

    /** The lane of a task that had begun and has ended. */
    int ended(TaskEvent task);

    /** The lane of a worker that has come; -1 also if it gets lanes when it gets tasks. */
    int come(WorkerEvent worker);

    /** The lanes of a worker that has gone. */
    List<Integer> gone(WorkerEvent worker);

    /** What a lane is called; null if as whoever works there. */
    default @Nullable String label(int lane) {
        return null;
    }

    /** Executors that number their workers, or what runs at the same time. */
    record Slots() implements Seating {
        @Override
        public int begun(TaskEvent task) {
            return task.slot();
        }

        @Override
        public int ended(TaskEvent task) {
            return task.slot();
        }

        @Override
        public int come(WorkerEvent worker) {
            return worker.slot();
        }

        @Override
        public List<Integer> gone(WorkerEvent worker) {
            return List.of(worker.slot());
        }
    }
}
