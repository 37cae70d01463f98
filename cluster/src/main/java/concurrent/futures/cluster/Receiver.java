// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Hears what a worker tells, and passes it on to futures, whose callbacks may do what they like. */
final class Receiver {
    /*
     * Overview
     * --------
     * One pull is always with the worker, which answers as soon as there is something to tell; meanwhile more comes
     * together there, and travels at once. A call is answered by itself. Answers are put down here by threads of the
     * engine, which must not wait; the thread whose turn it is reads them, asks again, and tells futures. What callbacks
     * submit meanwhile is sent when all has been told.
     *
     * A callback may take long, or wait for something that this very worker has to tell. After a moment another thread
     * takes over, and the one that is held up ends when it comes back. So there are as many threads as there are callbacks
     * that take long at the same time, which only the user can bound: any of them may be what another one waits for.
     */
    /** What is told should take less. */
    static final long MOMENT_NANOS = Pace.AHEAD_NANOS / 4;

    private final Link link;
    private final Remote remote;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();

    /** Answers that have not been read, and what is to be told to futures. Guarded by the lock. */
    private final Deque<Step> inbox = new ArrayDeque<>();

    /** The thread whose turn it is; null before the first one, and when all is over. Guarded by the lock. */
    private @Nullable Turn turn;

    /** Since when that thread tells a future, by {@link System#nanoTime()}; 0 if it does not. Guarded by the lock. */
    private long telling;

    /** How many answers are awaited. Guarded by the lock. */
    private int asked;

    /** The turn of the next pull. Used by the thread that asks, of which there is one at a time. */
    private long pulls;

    Receiver(Link link, Remote remote) {
        this.link = link;
        this.remote = remote;
    }

    /** Something for the thread whose turn it is. */
    private sealed interface Step {}

    /** An answer to be read. */
    @SuppressWarnings("ArrayRecordComponent") // Is never compared.
    private record Answer(boolean isToPull, long turn, byte[] bytes) implements Step {}

    /** A future to be told. */
    private record Telling(Runnable run) implements Step {}

    /** A thread that hears what the worker tells. */
    private final class Turn implements Runnable {
        @Override
        public void run() {
            try {
                for (Step step = next(this); step != null; step = next(this)) {
                    if (step instanceof Telling each) {
                        link.watch();
                        link.holdBack(each.run(), () -> isTurnOf(this));
                    } else if (step instanceof Answer answer) {
                        hear(answer);
                    }
                }
            } catch (Throwable thrown) {
                link.lose(remote, thrown);
            }
        }
    }

    /** Begins to listen. */
    void start() {
        ask();
        lock.lock();
        try {
            begin();
        } finally {
            lock.unlock();
        }
    }

    /** Gives the turn to a new thread, unless none can be had. With the lock held, for which the thread waits. */
    private void begin() {
        Turn next = new Turn();
        Daemons.newThread("concurrent-futures-cluster-" + remote.peer.address(), next)
                .start();
        turn = next;
    }

    private boolean isTurnOf(Turn other) {
        lock.lock();
        try {
            return turn == other;
        } finally {
            lock.unlock();
        }
    }

    /** What is next for a thread, which waits for it; null when it is not its turn any more. */
    private @Nullable Step next(Turn mine) throws InterruptedException {
        boolean hasTold = true;
        while (true) {
            lock.lock();
            try {
                if (turn != mine) {
                    return null;
                }
                telling = 0;
                while (inbox.isEmpty() && !hasTold && turn == mine) {
                    filled.await();
                }
                Step next = turn == mine ? inbox.pollFirst() : null;
                if (next instanceof Telling) {
                    telling = Math.max(1, System.nanoTime());
                }
                if (next != null || turn != mine) {
                    return next;
                }
            } finally {
                lock.unlock();
            }
            link.pushAll();
            hasTold = false;
        }
    }

    /* ---------------- Answers ---------------- */

    private void ask() {
        long number = pulls++;
        noteAsked(1);
        link.await(
                remote,
                remote.conversation.pull(number),
                (bytes, failure) -> answered(/* isToPull= */ true, number, bytes, failure));
    }

    /** A call has been answered, or has failed. Called on any thread, which must not wait. */
    void called(long number, byte @Nullable [] bytes, @Nullable Throwable failure) {
        answered(/* isToPull= */ false, number, bytes, failure);
    }

    private void answered(boolean isToPull, long number, byte @Nullable [] bytes, @Nullable Throwable failure) {
        if (isToPull) {
            noteAsked(-1);
        }
        if (bytes == null || failure != null) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            link.loseSoon(remote, cause == null ? new IllegalStateException("it has answered nothing") : cause);
            return;
        }
        lock.lock();
        try {
            inbox.addLast(new Answer(isToPull, number, bytes));
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    private void noteAsked(int more) {
        lock.lock();
        try {
            asked += more;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a while until the worker has answered all that it was asked, as it does when it is told to forget this. */
    void awaitAnswers(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (asked > 0 && left > 0) {
                left = filled.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void hear(Answer answer) throws Exception {
        List<Note> notes = answer.isToPull()
                ? remote.conversation.pulled(answer.turn(), answer.bytes())
                : remote.conversation.called(answer.turn(), answer.bytes());
        if (answer.isToPull()) {
            ask();
        }
        List<Runnable> tellings = link.heard(remote, notes);
        lock.lock();
        try {
            for (int i = tellings.size() - 1; i >= 0; i--) {
                inbox.addFirst(new Telling(tellings.get(i)));
            }
        } finally {
            lock.unlock();
        }
    }

    /* ---------------- Watched ---------------- */

    /** Has another thread take over if the one whose turn it is has been telling a future for too long. */
    void relieve(long now) {
        lock.lock();
        try {
            if (telling != 0 && now - telling >= MOMENT_NANOS) {
                begin();
                telling = 0;
            }
        } catch (OutOfMemoryError e) {
            // No thread can be had now. The next look tries again.
        } finally {
            lock.unlock();
        }
    }

    boolean isTelling() {
        lock.lock();
        try {
            return telling != 0;
        } finally {
            lock.unlock();
        }
    }

    /** Listens no more. */
    void stop() {
        lock.lock();
        try {
            turn = null;
            telling = 0;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
