// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import concurrent.futures.TaskEvent;
import concurrent.futures.WorkerEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of workers that run several tasks at the same time, such as the members of a cluster: each has as many as it
 * has run at once, and those of one that has gone are for whoever needs more.
 */
final class Members implements Seating {
    /** More than are drawn. */
    private static final int MOST = 1_024;

    /** A lane: whose it is, the how manieth of his, and whether a task is there. Guarded by the monitor of the members. */
    private static final class Chair {
        @Nullable
        String member;

        int ordinal;
        boolean taken;

        /** Whether its member has gone. */
        boolean left;

        boolean isFreeFor(@Nullable String member) {
            return !taken && !left && Objects.equals(this.member, member);
        }
    }

    private final List<Chair> chairs = new ArrayList<>(); // guarded by this, as the next

    /** The lanes of the tasks that run. */
    private final Map<Long, Integer> byTask = new HashMap<>();

    @Override
    public synchronized int begun(TaskEvent task) {
        int lane = lane(task.worker());
        if (lane < 0) {
            return lane;
        }
        chairs.get(lane).taken = true;
        byTask.put(task.id(), lane);
        return lane;
    }

    /** A lane that is free for a member; -1 if there are as many as can be. */
    private int lane(@Nullable String member) {
        int before = 0;
        int deserted = -1;
        for (int lane = 0; lane < chairs.size(); lane++) {
            Chair chair = chairs.get(lane);
            if (chair.isFreeFor(member)) {
                return lane;
            }
            before += !chair.left && Objects.equals(chair.member, member) ? 1 : 0;
            deserted = deserted < 0 && chair.left && !chair.taken ? lane : deserted;
        }
        if (deserted < 0 && chairs.size() == MOST) {
            return -1;
        }
        if (deserted < 0) {
            deserted = chairs.size();
            chairs.add(new Chair());
        }
        Chair chair = chairs.get(deserted);
        chair.member = member;
        chair.ordinal = before + 1;
        chair.left = false;
        return deserted;
    }

    @Override
    public synchronized int ended(TaskEvent task) {
        Integer lane = byTask.remove(task.id());
        if (lane == null) {
            return -1; // it began before anybody listened
        }
        chairs.get(lane).taken = false;
        return lane;
    }

    @Override
    public int come(WorkerEvent worker) {
        return -1;
    }

    @Override
    public synchronized List<Integer> gone(WorkerEvent worker) {
        List<Integer> gone = new ArrayList<>();
        for (int lane = 0; lane < chairs.size(); lane++) {
            Chair chair = chairs.get(lane);
            if (!chair.left && worker.worker().equals(chair.member)) {
                chair.left = true;
                gone.add(lane);
            }
        }
        return gone;
    }

    @Override
    public synchronized @Nullable String label(int lane) {
        Chair chair = lane < chairs.size() ? chairs.get(lane) : null;
        return chair == null || chair.member == null ? null : chair.member + " #" + chair.ordinal;
    }
}
