// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static java.util.Objects.requireNonNull;

import concurrent.futures.Future;
import concurrent.futures.codec.Appearance;
import concurrent.futures.codec.Codec;
import concurrent.futures.codec.Wording;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A task of a driver on a worker. */
final class Errand implements Runnable {
    private final Session session;
    private final long id;
    private final @Nullable String name;
    private final byte[] task;

    /** Set by the thread that submits this; a cancellation may come before that. */
    private volatile @Nullable Future<?> future;

    /** Whether the driver does not want this. Set before {@link #future} is read, which is set before this is. */
    private volatile boolean unwanted;

    /** Whether this is to be given back if it has not begun. Set and read as {@link #unwanted} is. */
    private volatile boolean recalled;

    /** Whether the end is told by whoever runs this. Used by the thread that submits this, which is the one that runs it then. */
    private boolean here;

    /** What has become of this, if it is told by whoever runs this. */
    private @Nullable Note end;

    Errand(Session session, long id, @Nullable String name, byte[] task) {
        this.session = session;
        this.id = id;
        this.name = name;
        this.task = task;
    }

    long id() {
        return id;
    }

    /** Has this run by a thread of the node. */
    void submit() {
        try {
            submitted(session.node().tasks().submit(this, name));
        } catch (RejectedExecutionException e) {
            // The node is ending, which the driver is about to notice.
            giveBack();
        }
    }

    /** Has this run by this thread if one more task may run; what has become of it, nothing if that is told later. */
    List<Note> submitHere() {
        try {
            session.node().tasks().submitHere(this, name, this::submitted, () -> here = true);
        } catch (RejectedExecutionException e) {
            giveBack();
        }
        Note told = here ? end : null;
        return told == null ? List.of() : List.of(told);
    }

    private void submitted(Future<?> submitted) {
        future = submitted;
        if (unwanted) {
            cancel();
        } else if (recalled) {
            boolean unused = recall();
        }
    }

    /** Is not wanted: does not begin, or is interrupted. */
    void cancel() {
        unwanted = true;
        Future<?> submitted = future;
        if (submitted != null && !recall()) {
            submitted.cancel(/* mayInterruptIfRunning= */ true);
        }
    }

    /** Gives this back to the driver if it has not begun. */
    boolean recall() {
        recalled = true;
        Future<?> submitted = future;
        boolean returned = submitted != null && submitted.cancel();
        if (returned) {
            giveBack();
        }
        return returned;
    }

    /** Tells the driver that this will not begin. */
    void giveBack() {
        ended(Note.of(Note.Kind.RETURNED, id));
    }

    private void ended(Note note) {
        if (session.ended(this)) {
            if (here && note.kind() != Note.Kind.RETURNED) {
                end = note;
            } else {
                session.tell(note);
            }
        }
    }

    @Override
    public void run() {
        Thread thread = Thread.currentThread();
        Appearance before = Appearance.of(thread);
        thread.setContextClassLoader(session.classes());
        session.node().began(this);
        Note outcome;
        try {
            outcome = outcome();
        } finally {
            session.node().ended(this);
            before.giveTo(thread);
        }
        ended(outcome);
    }

    /** Tells the driver that this has begun. */
    void announce() {
        session.tell(Note.of(Note.Kind.STARTED, id));
    }

    private Note outcome() {
        long begin = System.nanoTime();
        try {
            Object decoded;
            try {
                decoded = Codec.decode(task, session.source());
            } catch (IOException e) {
                throw new IOException("the task cannot be read by its worker: " + Wording.message(e), e);
            }
            byte[] result = Codec.encodeResult(((Callable<?>) requireNonNull(decoded)).call(), Note.MOST_BYTES);
            return new Note(Note.Kind.RESULT, id, System.nanoTime() - begin, result);
        } catch (Throwable thrown) {
            return new Note(Note.Kind.FAILURE, id, System.nanoTime() - begin, failure(thrown));
        }
    }

    /** What tells a driver that the end of a task cannot be told. */
    static Note untold(Note end, Throwable why) {
        String what = "the result, of " + end.payload().length + " bytes, could not be sent: " + why;
        return new Note(Note.Kind.FAILURE, end.id(), end.nanos(), failure(new IOException(what)));
    }

    private static byte[] failure(Throwable thrown) {
        try {
            return Codec.encodeResult(thrown, Note.MOST_BYTES);
        } catch (Throwable failing) {
            // There may be no memory, or the copy may be too large as well.
            String what = thrown.getClass().getName() + ", which cannot be told because of "
                    + failing.getClass().getName();
            try {
                return Codec.encodeResult(new IllegalStateException(what), Note.MOST_BYTES);
            } catch (IOException e) {
                throw new IllegalStateException(what, e);
            }
        }
    }
}
