// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import concurrent.futures.codec.Codec;
import concurrent.futures.codec.Loaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A worker as its driver sees it: the tasks that it has, and what is to be told to it. Guarded by the crew's lock. */
final class Remote {
    final Peer peer;
    final Conversation conversation;

    /** How many tasks it runs at the same time. */
    final int threads;

    /** Reads its results. */
    final Codec.Source source;

    /** The tasks that it has, or is about to have, by their numbers. */
    private final Map<Long, Job<?>> window = new LinkedHashMap<>();

    /** What nobody has begun to send. */
    private final List<Note> outbox = new ArrayList<>();

    /** Whether something is being sent; what is added meanwhile is sent when that has arrived. */
    private boolean pushing;

    /** The turn of the next push. */
    private long pushes;

    /** When it ended a task last, or got one while it had none, by {@link System#nanoTime()}. */
    private long since;

    /** Whether it gets no more tasks. */
    private boolean leaving;

    /** Why it is not used any more; null as long as it is. */
    private @Nullable Throwable lost;

    Remote(Peer peer, Conversation.Welcome welcome, Loaders loaders) {
        this.peer = peer;
        this.conversation = welcome.conversation();
        this.threads = welcome.threads();
        this.source = new Codec.Source(
                loaders,
                /* lambdas= */ false,
                new StackTraceElement("cluster", "worker", peer.address(), /* lineNumber= */ -1));
    }

    /* ---------------- Tasks ---------------- */

    int size() {
        return window.size();
    }

    /** Whether it may have one more task. */
    boolean hasRoom(Job<?> job, int ahead) {
        long most = job.isTimed() ? threads : (long) threads * (1 + ahead);
        return window.size() < most && !leaving;
    }

    /** Whether this has less to do than another one. */
    boolean isFreerThan(@Nullable Remote other) {
        return other == null || (long) window.size() * other.threads < (long) other.window.size() * threads;
    }

    void add(Job<?> job) {
        if (window.isEmpty()) {
            since = System.nanoTime();
        }
        window.put(job.id(), job);
        job.assign(this);
    }

    @Nullable
    Job<?> job(long id) {
        return window.get(id);
    }

    @Nullable
    Job<?> remove(long id) {
        Job<?> job = window.remove(id);
        if (job != null) {
            job.assign(null);
            since = System.nanoTime();
        }
        return job;
    }

    /** Whether it has tasks at hand that could be run elsewhere meanwhile. */
    boolean isStuck(long now) {
        return window.size() > threads && now - since >= Pace.AHEAD_NANOS;
    }

    /** Asks for the tasks that it may not have begun, because it has got others before. */
    void recall() {
        List<Job<?>> jobs = new ArrayList<>(window.values());
        for (Job<?> job : jobs.subList(Math.min(threads, jobs.size()), jobs.size())) {
            if (job.recall()) {
                tell(Note.of(Note.Kind.RECALL, job.id()));
            }
        }
    }

    /* ---------------- Notes ---------------- */

    void tell(Note note) {
        outbox.add(note);
    }

    /** The notes that fit into a push; a task and its name are not parted. */
    private List<Note> takeSome() {
        List<Note> some = new ArrayList<>();
        long bytes = 0;
        for (Note note : outbox) {
            boolean isFirst = some.isEmpty() || some.get(some.size() - 1).kind() == Note.Kind.NAME;
            if (!isFirst && bytes + note.size() > Outbox.MOST_BYTES) {
                break;
            }
            some.add(note);
            bytes += note.size();
        }
        outbox.subList(0, some.size()).clear();
        return some;
    }

    /** Notes to be sent; as a call if the answer is to tell what has become of the task in them. */
    record Push(long turn, List<Note> notes, boolean isCall) {
        /** Whether there is nothing else in it, but their names. */
        boolean hasTasksAlone() {
            return notes.stream().allMatch(note -> note.kind() == Note.Kind.TASK || note.kind() == Note.Kind.NAME);
        }
    }

    /** What the caller is to send; null if there is nothing, or somebody else is sending. */
    @Nullable
    Push beginToPush() {
        if (pushing || outbox.isEmpty() || lost != null) {
            return null;
        }
        List<Note> some = takeSome();
        // A worker that has nothing else to do runs it at once, on the thread that has heard of it.
        boolean isCall = window.size() == 1
                && outbox.isEmpty()
                && some.get(some.size() - 1).kind() == Note.Kind.TASK;
        pushing = !isCall;
        Push push = new Push(pushes++, some, isCall);
        for (Note note : push.notes()) {
            Job<?> job = note.kind() == Note.Kind.TASK ? window.get(note.id()) : null;
            if (job != null) {
                job.setSent();
            }
        }
        return push;
    }

    /** What could not be sent goes on without: the tasks that were in it, which this has no more. */
    List<Job<?>> unsent(Push push) {
        List<Job<?>> unsent = new ArrayList<>();
        for (Note note : push.notes()) {
            Job<?> job = note.kind() == Note.Kind.TASK ? remove(note.id()) : null;
            if (job != null) {
                unsent.add(job);
            }
        }
        return unsent;
    }

    /** What was sent last has arrived. */
    void pushed() {
        pushing = false;
    }

    /* ---------------- The end ---------------- */

    /** How many tasks it can run at a time from now on. */
    int usableThreads() {
        return leaving ? 0 : threads;
    }

    /** Gets no more tasks, and is told so: those that it has not been sent. */
    List<Job<?>> leave() {
        leaving = true;
        List<Job<?>> unsent = new ArrayList<>();
        for (Note note : outbox) {
            Job<?> job = note.kind() == Note.Kind.TASK ? remove(note.id()) : null;
            if (job != null) {
                unsent.add(job);
            }
        }
        outbox.removeIf(note -> note.kind() == Note.Kind.TASK || note.kind() == Note.Kind.NAME);
        tell(Note.of(Note.Kind.LEFT, 0));
        return unsent;
    }

    @Nullable
    Throwable lost() {
        return lost;
    }

    /** Is not used any more: the tasks that it had. */
    List<Job<?>> lose(Throwable why) {
        lost = why;
        List<Job<?>> left = List.copyOf(window.values());
        window.clear();
        outbox.clear();
        return left;
    }
}
