// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import concurrent.futures.codec.Codec;
import concurrent.futures.codec.RemoteClasses;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a worker has for one driver: its classes, its tasks, and what is to be told to it. */
final class Session {
    /** So many pushes may overtake one that is still on its way. */
    private static final int MOST_EARLY = 1_000;

    private final Node node;
    private final String driver;
    private final Conversation conversation;
    private final Outbox outbox = new Outbox();
    private final RemoteClasses classes;
    private final Codec.Source source;

    /** The tasks that have not ended. Added with the lock held; removed by the threads that end them as well. */
    private final Map<Long, Errand> errands = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();

    /** The turn of the push that is awaited next. Guarded by the lock. */
    private long nextPush;

    /** The pushes that have come before their turn. Guarded by the lock. */
    private final Map<Long, List<Note>> early = new HashMap<>();

    /** The turn of the pull that is awaited next. Guarded by the lock. */
    private long nextPull;

    /** How many pulls are waiting. Guarded by the lock. */
    private int pulls;

    /** When the driver was heard last, by {@link System#nanoTime()}. Guarded by the lock. */
    private long heard = System.nanoTime();

    /** Whether no task begins any more. Guarded by the lock. */
    private boolean leaving;

    /** Is down when the driver knows of that, and no task is on its way here, or when this is closed. */
    private final CountDownLatch left = new CountDownLatch(1);

    /** Guarded by the lock. */
    private boolean closed;

    Session(Node node, String driver, Conversation conversation) {
        this.node = node;
        this.driver = driver;
        this.conversation = conversation;
        this.classes = new RemoteClasses(
                Session.class.getPackageName(),
                Session.class.getClassLoader(),
                (question, name) ->
                        outbox.add(Note.of(Note.Kind.CLASS_WANTED, question, name.getBytes(StandardCharsets.UTF_8))));
        this.source = new Codec.Source(classes, /* lambdas= */ true, /* origin= */ null);
    }

    Node node() {
        return node;
    }

    String driver() {
        return driver;
    }

    Conversation conversation() {
        return conversation;
    }

    ClassLoader classes() {
        return classes;
    }

    Codec.Source source() {
        return source;
    }

    /* ---------------- The driver speaks ---------------- */

    /** Does what a push says, when all that was sent before has been done. */
    void take(long turn, List<Note> notes) throws StreamCorruptedException {
        lock.lock();
        try {
            ensureOpen();
            heard = System.nanoTime();
            if (turn < nextPush || turn > nextPush + MOST_EARLY || early.putIfAbsent(turn, notes) != null) {
                throw new StreamCorruptedException("a push that has come before, or is from nowhere");
            }
            takeWhatIsDue();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does what a call says, the last note of which is a task, and runs that on this thread if it can.
     *
     * @return what has become of the task; nothing if that is told later
     */
    List<Note> call(long turn, List<Note> notes) throws StreamCorruptedException {
        int last = notes.size() - 1;
        if (last < 0 || notes.get(last).kind() != Note.Kind.TASK) {
            throw new StreamCorruptedException("a call without a task");
        }
        Errand errand;
        lock.lock();
        try {
            ensureOpen();
            if (turn != nextPush) {
                // What comes before it is still on its way.
                take(turn, notes);
                return List.of();
            }
            heard = System.nanoTime();
            nextPush++;
            errand = newErrand(notes.get(last), takeAll(notes.subList(0, last)));
            takeWhatIsDue();
            if (leaving) {
                errand.giveBack();
                return List.of();
            }
        } finally {
            lock.unlock();
        }
        List<Note> told = errand.submitHere();
        // What ends when the driver has been given up for gone has been interrupted for that, which is no outcome.
        ensureOpen();
        return told;
    }

    private void ensureOpen() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("there is no such conversation any more");
            }
        } finally {
            lock.unlock();
        }
    }

    private void takeWhatIsDue() throws StreamCorruptedException {
        for (List<Note> next = early.remove(nextPush); next != null; next = early.remove(nextPush)) {
            nextPush++;
            String unused = takeAll(next);
        }
    }

    /** Does what notes say; the name for a task that follows, null if there is none. */
    private @Nullable String takeAll(List<Note> notes) throws StreamCorruptedException {
        String name = null;
        for (Note note : notes) {
            switch (note.kind()) {
                case NAME -> name = new String(note.payload(), StandardCharsets.UTF_8);
                case TASK -> {
                    take(newErrand(note, name));
                    name = null;
                }
                case CANCEL -> cancel(note.id());
                case RECALL -> recall(note.id());
                case CLASS -> classes.answered(note.id(), note.payload());
                case BYE -> node.forget(this);
                case LEFT -> left.countDown();
                default -> throw new StreamCorruptedException("a driver does not say " + note.kind());
            }
        }
        return name;
    }

    private void take(Errand errand) {
        if (leaving) {
            errand.giveBack();
        } else {
            errand.submit();
        }
    }

    private Errand newErrand(Note note, @Nullable String name) {
        Errand errand = new Errand(this, note.id(), name, note.payload());
        errands.put(note.id(), errand);
        return errand;
    }

    private void cancel(long id) {
        Errand errand = errands.get(id);
        if (errand != null) {
            errand.cancel();
        }
    }

    private void recall(long id) {
        Errand errand = errands.get(id);
        if (errand != null) {
            errand.recall();
        }
    }

    /* ---------------- The driver listens ---------------- */

    void tell(Note note) {
        outbox.add(note);
    }

    /** A task has ended here, or will not begin: whether the driver is to be told. */
    boolean ended(Errand errand) {
        return errands.remove(errand.id(), errand);
    }

    /** What is to be told, after some time at the latest. */
    List<Note> give(long turn, long nanos) throws StreamCorruptedException, InterruptedException {
        enter(turn);
        try {
            return outbox.take(nanos);
        } finally {
            leave();
        }
    }

    private void enter(long turn) throws StreamCorruptedException {
        lock.lock();
        try {
            if (turn != nextPull) {
                throw new StreamCorruptedException("a pull that has come before, or is from nowhere");
            }
            nextPull++;
            pulls++;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            pulls--;
            heard = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    /* ---------------- The worker goes ---------------- */

    /** Has no task begin any more, and gives back those that have not. */
    void beginToLeave() {
        lock.lock();
        try {
            leaving = true;
        } finally {
            lock.unlock();
        }
        outbox.add(Note.of(Note.Kind.LEAVING, 0));
        errands.values().forEach(Errand::recall);
    }

    /** Waits until the driver knows of that, and of the tasks that have ended; not longer than that. */
    void awaitLeft(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        if (left.await(nanos, TimeUnit.NANOSECONDS)) {
            outbox.awaitTold(end - System.nanoTime());
        }
    }

    /* ---------------- The driver is gone ---------------- */

    boolean isSilentFor(long nanos, long now) {
        lock.lock();
        try {
            return pulls == 0 && now - heard > nanos;
        } finally {
            lock.unlock();
        }
    }

    /** Cancels what is left, and lets go of the classes. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        left.countDown();
        outbox.close();
        classes.close();
        errands.values().forEach(Errand::cancel);
    }
}
