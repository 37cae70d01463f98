// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tasks that a worker has, and what of them is still to be sent. Guarded by the crew's lock. */
final class Window {
    private final Worker worker;

    /** The oldest is the one that the worker runs, or is about to. */
    private final Deque<Job<?>> jobs = new ArrayDeque<>();

    /** Those that nobody has begun to send. */
    private final List<Job<?>> outbox = new ArrayList<>();

    /** How many revocations the worker has not been told of. */
    private int revocations;

    /** Whether a thread is sending; it also sends what is added meanwhile. */
    private boolean sending;

    /** The number of the task that was added last. */
    private long lastNumber;

    Window(Worker worker) {
        this.worker = worker;
    }

    int size() {
        return jobs.size();
    }

    boolean isEmpty() {
        return jobs.isEmpty();
    }

    @Nullable
    Job<?> first() {
        return jobs.peekFirst();
    }

    /** Adds a task, which is to be sent. */
    void add(Job<?> job) {
        job.assign(worker, ++lastNumber);
        jobs.addLast(job);
        outbox.add(job);
    }

    void remove(Job<?> job) {
        jobs.remove(job);
        outbox.remove(job);
        job.unassign();
    }

    /** Whether the worker has something to do before it needs what is still to be sent. */
    boolean hasSent() {
        return jobs.size() > outbox.size();
    }

    boolean isSending() {
        return sending;
    }

    /** What else is to be sent, by the calling thread, which is the one that sends; null if that is all. */
    @Nullable
    Parcel nextParcel() {
        sending = revocations > 0 || !outbox.isEmpty();
        if (!sending) {
            return null;
        }
        Parcel parcel = new Parcel(revocations, List.copyOf(outbox));
        revocations = 0;
        outbox.clear();
        return parcel;
    }

    /** Removes and returns the tasks that nobody has begun to send, the last one first. */
    List<Job<?>> takeUnsent() {
        List<Job<?>> unsent = new ArrayList<>(outbox);
        Collections.reverse(unsent);
        unsent.forEach(this::remove);
        return unsent;
    }

    /** The worker begins none of its tasks that are later than one: removes and returns them, the last one first. */
    List<Job<?>> revokeAfter(long begun) {
        revocations++;
        List<Job<?>> revoked = new ArrayList<>();
        for (Job<?> last = jobs.peekLast(); last != null && last.id() > begun; last = jobs.peekLast()) {
            remove(last);
            revoked.add(last);
        }
        return revoked;
    }

    /** The worker is dead: removes and returns the tasks that nobody is sending. */
    List<Job<?>> takeOrphans() {
        List<Job<?>> orphans = new ArrayList<>();
        for (Job<?> each : jobs) {
            if (each.isSent() || outbox.contains(each)) {
                orphans.add(each);
            }
        }
        orphans.forEach(this::remove);
        return orphans;
    }
}
