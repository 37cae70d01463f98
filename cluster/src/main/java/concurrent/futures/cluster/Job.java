// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static java.util.Objects.requireNonNull;

import concurrent.futures.DoneCallback;
import concurrent.futures.Future;
import concurrent.futures.WorkItem;
import concurrent.futures.codec.Codec;
import concurrent.futures.codec.Encoded;
import concurrent.futures.codec.Wording;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A task on its way to a worker and back.
 *
 * @param <T> the type of its result
 */
final class Job<T extends @Nullable Object> implements WorkItem.OnCancel, DoneCallback<T> {
    /** Whether the item has been told that it runs. */
    private enum Phase {
        NOT_YET,
        /** It is being told. */
        STARTING,
        RUNS,
        /** It does not want to: it has been cancelled, or its time is over. */
        REFUSED
    }

    private final Crew crew;
    private final WorkItem<T> item;
    private final long id;
    private final Encoded<?> task;

    /*
     *   NOT_YET --> STARTING ----------------> RUNS or REFUSED
     *                   \----> its end ------/
     *
     * Whoever takes this to STARTING tells the item, which may call listeners, so that no lock is held. An end that
     * comes meanwhile, by another thread, is left here for the first thread, a Runnable. There is one end.
     */
    private final AtomicReference<Object> phase = new AtomicReference<>(Phase.NOT_YET);

    /* ---------------- Guarded by the crew's lock ---------------- */

    /** The worker that has this; null if none has. */
    private @Nullable Remote remote;

    /** Whether the worker has been sent this, and so may have begun it. */
    private boolean sent;

    /** Whether the worker has been asked to give this back. */
    private boolean recalled;

    /** Whether a worker has been lost that may have begun this. */
    private boolean rerun;

    Job(Crew crew, WorkItem<T> item, long id) {
        this.crew = crew;
        this.item = item;
        this.id = id;
        if (requireNonNull(item.task()) instanceof Encoded<?> encoded) {
            this.task = encoded;
        } else {
            throw new IllegalStateException("not the task of a cluster: " + item);
        }
    }

    long id() {
        return id;
    }

    byte[] bytes() {
        return task.bytes();
    }

    /** Why there are no bytes; null if there are. */
    @Nullable
    Throwable failure() {
        return task.failure();
    }

    @Nullable
    String name() {
        return item.taskName();
    }

    /** Whether it must not be sent before it can begin. */
    boolean isTimed() {
        return item.isTimed();
    }

    boolean isCancelled() {
        return item.isDone();
    }

    @Nullable
    Remote remote() {
        return remote;
    }

    void assign(@Nullable Remote to) {
        remote = to;
        sent = false;
        recalled = false;
    }

    /** Whether the worker is to be asked to give this back, which it is once. */
    boolean recall() {
        boolean first = sent && !recalled;
        recalled |= first;
        return first;
    }

    /** Takes the one rerun of this, which a lost worker may have begun, and may have died of; false if it was taken. */
    boolean claimRerun() {
        boolean first = !rerun;
        rerun = true;
        return first;
    }

    boolean isSent() {
        return sent;
    }

    void setSent() {
        sent = true;
    }

    /* ---------------- Nobody wants it any more ---------------- */

    /** Has the crew hear of a cancellation before this begins. */
    void listen() {
        item.addDoneCallback(this);
    }

    @Override
    public void done(Future<? extends T> future) {
        Object seen = phase.get();
        if (seen != Phase.RUNS && seen != Phase.REFUSED) {
            crew.cancel(this);
        }
    }

    @Override
    public void cancelled(boolean mayInterrupt) {
        if (mayInterrupt) {
            crew.cancel(this);
        }
    }

    /* ---------------- What becomes of it ---------------- */

    /** This has begun at that address. */
    void start(@Nullable String place) {
        startThen(place, /* end= */ null);
    }

    /** Has the item hear that this runs, unless it has, and then of its end; of nothing if it does not want to. */
    private void startThen(@Nullable String place, @Nullable Runnable end) {
        if (phase.compareAndSet(Phase.NOT_YET, Phase.STARTING)) {
            boolean runs = item.start(this, place);
            Object meanwhile = phase.getAndSet(runs ? Phase.RUNS : Phase.REFUSED);
            if (!runs) {
                // Whoever has cancelled this may be about to say so, and will find that it is not his to say any more.
                crew.cancel(this);
            } else if (meanwhile instanceof Runnable early) {
                early.run();
            }
        }
        if (end != null && !phase.compareAndSet(Phase.STARTING, end) && phase.get() == Phase.RUNS) {
            end.run();
        }
    }

    /** A worker tells what has become of this. */
    void end(Note note, Remote remote) {
        startThen(remote.peer.address(), () -> tellEnd(note, remote.source));
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // The task says what its result is, and whether it may be null.
    private void tellEnd(Note note, Codec.Source source) {
        Object decoded;
        try {
            decoded = Codec.decode(note.payload(), source);
        } catch (Throwable thrown) {
            item.fail(new IOException("the result cannot be read: " + Wording.message(thrown), thrown));
            return;
        }
        if (note.kind() == Note.Kind.RESULT) {
            item.complete((T) decoded);
        } else {
            item.fail(
                    decoded instanceof Throwable thrown
                            ? thrown
                            : new IllegalStateException("a worker failed with " + decoded));
        }
    }

    /** Ends this, whether it has begun or not. */
    void fail(Throwable exception) {
        startThen(/* place= */ null, () -> item.fail(exception));
    }

    /** Ends this, which has been cancelled and does not run anywhere. */
    void drop() {
        fail(new CancellationException("cancelled before it began"));
    }

    @Override
    public String toString() {
        return item.toString();
    }
}
