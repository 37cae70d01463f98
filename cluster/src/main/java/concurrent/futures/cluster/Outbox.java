// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a worker has to tell a driver, until the driver asks. */
final class Outbox {
    /** Much more than that does not travel at once. */
    static final int MOST_BYTES = 4 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition awaited = lock.newCondition();

    /** Guarded by the lock. */
    private final Deque<Note> notes = new ArrayDeque<>();

    /** How many wait for notes. Guarded by the lock. */
    private int takers;

    /** Guarded by the lock. */
    private boolean closed;

    void add(Note note) {
        lock.lock();
        try {
            if (!closed) {
                notes.addLast(note);
                filled.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Some of the notes, of which there may be none after that time or when this is closed. */
    List<Note> take(long nanos) throws InterruptedException {
        List<Note> taken = new ArrayList<>();
        lock.lock();
        try {
            awaitNotes(nanos);
            int bytes = 0;
            for (Note next = notes.peekFirst(); next != null; next = notes.peekFirst()) {
                if (!taken.isEmpty() && next.size() > MOST_BYTES - bytes) {
                    break;
                }
                bytes += next.size();
                taken.add(notes.removeFirst());
            }
        } finally {
            lock.unlock();
        }
        return taken;
    }

    private void awaitNotes(long nanos) throws InterruptedException {
        takers++;
        awaited.signalAll();
        try {
            long left = nanos;
            while (notes.isEmpty() && !closed && left > 0) {
                left = filled.awaitNanos(left);
            }
        } finally {
            takers--;
        }
    }

    /** Waits until the driver has all notes, and so asks for others; not longer than that. */
    void awaitTold(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while ((takers == 0 || !notes.isEmpty()) && !closed && left > 0) {
                left = awaited.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            notes.clear();
            filled.signalAll();
            awaited.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
