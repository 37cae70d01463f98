// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static java.util.Objects.requireNonNull;

import com.hazelcast.core.HazelcastInstance;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What a worker does for all its drivers: it answers their requests, and has threads for their tasks. */
final class Node implements Closeable {
    /** A member of Hazelcast knows its node by that name. */
    static final String NAME = "concurrent.futures.node";

    /** A request waits for so long for something to be told. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** A driver that has not been heard of for that long is taken for gone. */
    private static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Drivers have so long, all together, to hear what they have to when a worker leaves. */
    private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** A begin that long ago is told; a task that ends sooner costs one note only. */
    private static final long TOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final Logger LOG = System.getLogger("concurrent.futures");

    private final Seal key;
    private final int threads;
    private final TaskThreads tasks;
    private final ScheduledExecutorService clock = Daemons.clock("concurrent-futures-node");

    /** The drivers by the numbers of their conversations. */
    private final Map<ByteBuffer, Session> sessions = new ConcurrentHashMap<>();

    /** The tasks that have begun, which their drivers do not know, and when. Used by their threads and the announcer. */
    private final Map<Errand, Long> unannounced = new ConcurrentHashMap<>();

    /** Whether no driver is welcome any more. Set once. */
    private volatile boolean closed;

    private final Ticker announcer = new Ticker("concurrent-futures-announcer", TOLD_NANOS, this::announce);

    Node(Seal key, int threads) {
        this.key = key;
        this.threads = threads;
        this.tasks = new TaskThreads(threads);
        announcer.start();
        var unused = clock.scheduleWithFixedDelay(this::expire, LEASE_NANOS, LEASE_NANOS / 2, TimeUnit.NANOSECONDS);
    }

    /** The node of a member. */
    static Node of(HazelcastInstance instance) {
        return (Node) requireNonNull(instance.getUserContext().get(NAME), "this member runs no tasks");
    }

    /** Answers a request, once it is known to come from somebody who has the key. */
    byte[] answer(byte[] bytes) throws IOException, InterruptedException {
        Request request = Request.decode(bytes);
        if (request.kind() == Request.Kind.HELLO) {
            return welcome(request);
        }
        Session session = sessions.get(ByteBuffer.wrap(request.conversation()));
        if (session == null) {
            throw new IllegalStateException("there is no such conversation, or no more");
        }
        Conversation.Said said = session.conversation().said(request);
        if (request.kind() == Request.Kind.PUSH) {
            session.take(said.turn(), Note.decode(said.content()));
            return Note.EMPTY;
        }
        if (request.kind() == Request.Kind.CALL) {
            List<Note> notes = session.call(said.turn(), Note.decode(said.content()));
            return encoded(notes, some -> session.conversation().answerToCall(said.turn(), some));
        }
        List<Note> notes = session.give(said.turn(), PATIENCE_NANOS);
        return encoded(notes, some -> session.conversation().answerToPull(said.turn(), some));
    }

    /** An answer that has these notes; if there is no memory for that, the largest tells that instead of its result. */
    static byte[] encoded(List<Note> notes, Function<List<Note>, byte[]> encoder) {
        try {
            return encoder.apply(notes);
        } catch (OutOfMemoryError e) {
            Note largest =
                    notes.stream().max(Comparator.comparingInt(Note::size)).orElseThrow(() -> e);
            if (largest.kind() != Note.Kind.RESULT && largest.kind() != Note.Kind.FAILURE) {
                throw e;
            }
            Note instead = Errand.untold(largest, e);
            return encoder.apply(
                    notes.stream().map(note -> note == largest ? instead : note).toList());
        }
    }

    private byte[] welcome(Request request) throws IOException {
        String driver = Conversation.driverOf(key, request);
        byte[] number = request.conversation();
        byte[] nonce = Conversation.newNonce();
        Session session = new Session(this, driver, Conversation.with(key, number, nonce));
        if (sessions.putIfAbsent(ByteBuffer.wrap(number), session) != null) {
            throw new IllegalStateException("this conversation has begun before");
        }
        // After that, so that either this or whoever closes the node finds the session.
        if (closed) {
            forget(session);
            throw new IllegalStateException("this worker is about to end");
        }
        return Conversation.welcome(key, number, nonce, threads);
    }

    TaskThreads tasks() {
        return tasks;
    }

    /* ---------------- Tasks begin and end ---------------- */

    /** A task has begun, which its driver is told unless it ends soon. */
    void began(Errand errand) {
        unannounced.put(errand, System.nanoTime());
        announcer.wake();
    }

    void ended(Errand errand) {
        unannounced.remove(errand);
    }

    /** Tells drivers of tasks that have run for a moment; whether there are others. */
    private boolean announce() {
        long now = System.nanoTime();
        unannounced.forEach((errand, begin) -> {
            if (now - begin >= TOLD_NANOS && unannounced.remove(errand, begin)) {
                errand.announce();
            }
        });
        return !unannounced.isEmpty();
    }

    /* ---------------- Drivers go ---------------- */

    /** A driver is gone: what it has left here is of use to nobody. */
    void forget(String driver) {
        sessions.values().removeIf(session -> session.driver().equals(driver) && end(session));
    }

    /** A conversation is over. */
    void forget(Session gone) {
        sessions.values().removeIf(session -> session == gone && end(session));
    }

    private void expire() {
        long now = System.nanoTime();
        sessions.values().removeIf(session -> session.isSilentFor(LEASE_NANOS, now) && end(session));
    }

    private void leave() {
        long end = System.nanoTime() + FAREWELL_NANOS;
        List<Session> all = List.copyOf(sessions.values());
        all.forEach(Session::beginToLeave);
        try {
            for (Session each : all) {
                each.awaitLeft(end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean end(Session session) {
        try {
            session.close();
            tasks.renew();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "failed to let go of what a driver has left", e);
        }
        return true;
    }

    /** Gives back what has not begun, tells what has ended, and interrupts what runs. */
    @Override
    public void close() {
        closed = true;
        leave();
        sessions.values().removeIf(this::end);
        tasks.shutdownNow();
        announcer.close();
        clock.shutdownNow();
    }
}
