// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import concurrent.futures.BrokenExecutorException;
import concurrent.futures.WorkItem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which workers an executor has, and which of them has which tasks. */
final class Crew {
    /*
     * Overview
     * --------
     * The queue is the executor's. What it hands out waits here until a worker has room: for as many tasks as it has
     * threads, and for some more if tasks are short (see Pace). So nearly all of what is queued can be cancelled, or go
     * to a worker that has just come, without asking anybody.
     *
     * What has been sent is pending until the worker tells that it has begun. If it is cancelled meanwhile, the future is
     * cancelled at once, and the worker is told: then the task does not begin, or, if it has begun at this very moment, is
     * interrupted, and nobody hears of it. The worker tells what has become of it in either case, and has room again.
     *
     * Decisions are made with the lock held; sending, and telling futures, is done after it has been given back.
     */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition resized = lock.newCondition();

    /** The tasks that have been handed out and have no worker, the one that waits longest first. Guarded by the lock. */
    private final Deque<Job<?>> waiting = new ArrayDeque<>();

    /** The workers that are used. Written with the lock held. */
    private volatile List<Remote> remotes = List.of();

    /** Why no task is run any more; null as long as they are. Guarded by the lock. */
    private @Nullable Throwable broken;

    /** Guarded by the lock. */
    private long lastNumber;

    /** How many threads the workers have. Written with the lock held. */
    private volatile int threads;

    private final Pace pace = new Pace();

    /** Sends what there is to be told, after the lock has been given back. */
    private final Runnable flush;

    /** Tells futures what has become of them, on this thread if it may wait. */
    private final Consumer<Runnable> teller;

    Crew(Runnable flush, Consumer<Runnable> teller) {
        this.flush = flush;
        this.teller = teller;
    }

    /** How many threads the workers have. */
    int threads() {
        return threads;
    }

    /** How many tasks are wanted beyond that. */
    int ahead() {
        return (int) Math.min(Integer.MAX_VALUE, (long) threads * pace.ahead());
    }

    /** How many threads of workers have nothing to do. */
    int idle() {
        lock.lock();
        try {
            int busy = 0;
            for (Remote remote : remotes) {
                busy += Math.min(remote.size(), remote.usableThreads());
            }
            return threads - busy;
        } finally {
            lock.unlock();
        }
    }

    List<Remote> remotes() {
        return remotes;
    }

    /** The worker that is used as that peer; null if it is not. */
    @Nullable
    Remote remote(Peer peer) {
        for (Remote remote : remotes) {
            if (remote.peer.equals(peer)) {
                return remote;
            }
        }
        return null;
    }

    /* ---------------- Tasks come ---------------- */

    /** Has a task run. */
    <T extends @Nullable Object> void dispatch(WorkItem<T> item) {
        Job<T> job;
        Throwable failure;
        lock.lock();
        try {
            job = new Job<>(this, item, ++lastNumber);
            failure = job.failure() == null && broken != null ? refusal(broken) : job.failure();
            if (failure == null) {
                waiting.addLast(job);
                feed();
            }
        } finally {
            lock.unlock();
        }
        if (failure == null) {
            job.listen();
            flush.run();
        } else {
            teller.accept(() -> job.fail(failure));
        }
    }

    /** An exception for one task that is not run. */
    static BrokenExecutorException refusal(Throwable cause) {
        return new BrokenExecutorException(String.valueOf(cause.getMessage()), cause);
    }

    /** Gives tasks that wait to workers that have room. With the lock held. */
    private void feed() {
        for (Job<?> job = waiting.peekFirst(); job != null; job = waiting.peekFirst()) {
            Remote remote = freest(job);
            if (remote == null) {
                return;
            }
            waiting.pollFirst();
            remote.add(job);
            String name = job.name();
            if (name != null) {
                remote.tell(Note.of(Note.Kind.NAME, job.id(), name.getBytes(StandardCharsets.UTF_8)));
            }
            remote.tell(Note.of(Note.Kind.TASK, job.id(), job.bytes()));
        }
    }

    private @Nullable Remote freest(Job<?> job) {
        Remote freest = null;
        for (Remote remote : remotes) {
            if (remote.hasRoom(job, pace.ahead()) && remote.isFreerThan(freest)) {
                freest = remote;
            }
        }
        return freest;
    }

    /** A task is not wanted any more, or not at its worker. */
    void cancel(Job<?> job) {
        boolean waits;
        lock.lock();
        try {
            Remote remote = job.remote();
            waits = remote == null && waiting.remove(job);
            if (remote != null) {
                remote.tell(Note.of(Note.Kind.CANCEL, job.id()));
            }
        } finally {
            lock.unlock();
        }
        flush.run();
        if (waits) {
            job.drop();
        }
    }

    /* ---------------- Workers tell ---------------- */

    /** A worker has told these notes: notes what that means for it, and returns what is to be told to futures. */
    List<Runnable> heard(Remote remote, List<Note> notes) {
        List<Runnable> tellings = new ArrayList<>();
        lock.lock();
        try {
            for (Note note : notes) {
                Runnable telling = heard(remote, note);
                if (telling != null) {
                    tellings.add(telling);
                }
            }
            feed();
        } finally {
            lock.unlock();
        }
        return tellings;
    }

    private @Nullable Runnable heard(Remote remote, Note note) {
        return switch (note.kind()) {
            case STARTED -> {
                Job<?> job = remote.job(note.id());
                yield job == null ? null : () -> job.start(remote.peer.address());
            }
            case RESULT, FAILURE -> {
                Job<?> job = remote.remove(note.id());
                pace.ended(note.nanos());
                yield job == null ? null : () -> job.end(note, remote);
            }
            case RETURNED -> {
                Job<?> job = remote.remove(note.id());
                yield job == null ? null : returned(job);
            }
            default -> throw new IllegalStateException("a worker does not say " + note.kind());
        };
    }

    /** A worker has not begun a task, and will not. With the lock held. */
    private @Nullable Runnable returned(Job<?> job) {
        if (job.isCancelled()) {
            return job::drop;
        }
        waiting.addFirst(job);
        return null;
    }

    /** Has workers give back what is behind tasks that take too long; whether any has so much to do. */
    boolean recall() {
        boolean any = false;
        lock.lock();
        try {
            long now = System.nanoTime();
            for (Remote remote : remotes) {
                if (remote.isStuck(now)) {
                    pace.stuck();
                    remote.recall();
                }
                any |= remote.size() > remote.threads;
            }
        } finally {
            lock.unlock();
        }
        return any;
    }

    /* ---------------- Workers come and go ---------------- */

    /** A worker has come. */
    void add(Remote remote) {
        lock.lock();
        try {
            List<Remote> more = new ArrayList<>(remotes);
            more.add(remote);
            use(more);
            feed();
        } finally {
            lock.unlock();
        }
    }

    private void use(List<Remote> those) {
        remotes = List.copyOf(those);
        threads = those.stream().mapToInt(Remote::usableThreads).sum();
        resized.signalAll();
    }

    /** Waits until the workers have that many threads; false if they have not in time. */
    boolean awaitThreads(int least, Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.NANOSECONDS.convert(timeout);
            while (threads < least && left > 0) {
                left = resized.awaitNanos(left);
            }
            return threads >= least;
        } finally {
            lock.unlock();
        }
    }

    /** A worker begins no more tasks. Those that it has begun are still its own. What is to be told to futures. */
    List<Runnable> leave(Remote remote) {
        List<Runnable> tellings = new ArrayList<>();
        lock.lock();
        try {
            List<Job<?>> unsent = remote.leave();
            for (int i = unsent.size() - 1; i >= 0; i--) {
                Runnable telling = returned(unsent.get(i));
                if (telling != null) {
                    tellings.add(telling);
                }
            }
            use(remotes);
            feed();
        } finally {
            lock.unlock();
        }
        return tellings;
    }

    /**
     * A worker is not used any more.
     *
     * @param again whether what it may have begun is run once more, unless that was the second time
     * @return what was sent to it, and so is lost unless it is run again; null if this was known
     */
    @Nullable
    List<Job<?>> lose(Remote remote, Throwable why, boolean again) {
        List<Job<?>> lost = new ArrayList<>();
        lock.lock();
        try {
            if (remote.lost() != null) {
                return null;
            }
            List<Remote> fewer = new ArrayList<>(remotes);
            fewer.remove(remote);
            use(fewer);
            List<Job<?>> left = remote.lose(why);
            for (int i = left.size() - 1; i >= 0; i--) {
                Job<?> job = left.get(i);
                if (job.isCancelled() || (job.isSent() && !(again && job.claimRerun()))) {
                    lost.add(job);
                } else {
                    waiting.addFirst(job);
                }
                job.assign(null);
            }
            feed();
        } finally {
            lock.unlock();
        }
        return lost;
    }

    /** No task is run any more: those that wait. */
    List<Job<?>> breakDown(Throwable cause) {
        lock.lock();
        try {
            broken = cause;
            List<Job<?>> left = List.copyOf(waiting);
            waiting.clear();
            return left;
        } finally {
            lock.unlock();
        }
    }

    /* ---------------- What is sent ---------------- */

    Remote.@Nullable Push beginToPush(Remote remote) {
        lock.lock();
        try {
            return remote.beginToPush();
        } finally {
            lock.unlock();
        }
    }

    /** A push could not be made: the tasks that were in it. */
    List<Job<?>> unsent(Remote remote, Remote.Push push) {
        lock.lock();
        try {
            return remote.unsent(push);
        } finally {
            lock.unlock();
        }
    }

    void pushed(Remote remote) {
        lock.lock();
        try {
            remote.pushed();
        } finally {
            lock.unlock();
        }
    }

    void tell(Remote remote, Note note) {
        lock.lock();
        try {
            remote.tell(note);
        } finally {
            lock.unlock();
        }
    }
}
