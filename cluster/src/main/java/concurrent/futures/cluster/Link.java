// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import concurrent.futures.codec.Loaders;
import concurrent.futures.codec.Wording;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The driver's side of all conversations: greets workers, sends what the crew has for them, and notices that they go. */
final class Link implements Carrier.Watcher {
    private static final Logger LOG = System.getLogger("concurrent.futures");

    /** So often it is looked whether this has been forgotten. */
    private static final long ABANDONED_MILLIS = 250;

    /** A worker that does not answer, or has been lost and is still a member, is greeted again after that time. */
    private static final long AGAIN_SECONDS = 1;

    /** A greeting that is not answered by then is lost: one that another member passes on to a new one may be. */
    private static final long GREETING_SECONDS = 10;

    /** The thread that tells futures of what it has heard, and so has its tasks sent later. */
    private static final ThreadLocal<Boolean> HOLDING_BACK = new ThreadLocal<>();

    /** Whoever has the executor. */
    interface Owner {
        /** The workers have that many threads now. */
        void resized(int threads);

        /** A worker at that address is used from now on. */
        void joined(String address);

        /** It is not used any more. */
        void left(String address);

        /** There will be no workers any more. */
        void cutOff(Throwable cause);

        /** Nobody is left who could use this. */
        void abandoned();
    }

    final Loaders loaders = new Loaders(Link.class.getPackageName());
    final Crew crew = new Crew(this::flush);

    private final Carrier carrier;
    private final Seal key;
    private final boolean rerunsLost;
    private final Owner owner;
    private final ScheduledExecutorService clock = Daemons.clock("concurrent-futures-driver");
    private final Map<Remote, Receiver> receivers = new ConcurrentHashMap<>();

    /** The workers of which the log knows that they do not answer. */
    private final Set<Peer> reported = ConcurrentHashMap.newKeySet();

    /** The greetings that have not been answered for the first time; whoever opens this waits for the first ones. */
    private final Phaser opened = new Phaser(1);

    private final Ticker ticker = new Ticker("concurrent-futures-watch", Receiver.MOMENT_NANOS, this::look);

    private final Leftover leftover;

    private volatile boolean closed;

    Link(Carrier carrier, Seal key, boolean rerunsLost, Owner owner) {
        this.carrier = carrier;
        this.key = key;
        this.rerunsLost = rerunsLost;
        this.owner = owner;
        this.leftover = new Leftover(carrier.threads());
    }

    /** Greets the workers that there are, and waits for a while until they have answered. */
    void open(long nanos) {
        ticker.start();
        carrier.watch(this);
        var unused = clock.scheduleWithFixedDelay(
                this::lookAround, ABANDONED_MILLIS, ABANDONED_MILLIS, TimeUnit.MILLISECONDS);
        opened.arriveAndDeregister();
        try {
            int unusedPhase = opened.awaitAdvanceInterruptibly(0, nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.log(Level.INFO, "some workers have not answered yet; they are used when they do");
        }
        warnIfDeserted();
    }

    /* ---------------- Workers come ---------------- */

    @Override
    public void joined(Peer peer) {
        var unused = opened.register();
        later(0, () -> greet(peer, opened::arriveAndDeregister));
    }

    /** Begins a conversation with a worker; when it has answered, or will not, something is done besides. */
    private void greet(Peer peer, Runnable then) {
        if (closed || crew.remote(peer) != null || !carrier.has(peer)) {
            then.run();
            return;
        }
        byte[] number = Conversation.newNonce();
        try {
            var unused = carrier.ask(peer, Conversation.hello(key, number, carrier.driver()))
                    .toCompletableFuture()
                    .orTimeout(GREETING_SECONDS, TimeUnit.SECONDS)
                    .whenCompleteAsync(
                            (answer, failure) -> {
                                greeted(peer, number, answer, failure);
                                then.run();
                            },
                            clock);
        } catch (RuntimeException e) {
            unanswered(peer, e);
            then.run();
        }
    }

    private void greeted(Peer peer, byte[] number, byte[] answer, @Nullable Throwable failure) {
        if (closed) {
            return;
        }
        try {
            if (failure != null) {
                throw failure;
            }
            Remote remote = new Remote(peer, Conversation.Welcome.of(key, number, answer), loaders);
            Receiver receiver = new Receiver(this, remote);
            receivers.put(remote, receiver);
            owner.joined(peer.address());
            crew.add(remote);
            receiver.start();
            reported.remove(peer);
            owner.resized(crew.threads());
            if (!carrier.has(peer)) {
                // It has left while it answered, and nobody will say so again.
                left(peer);
            }
            flush();
        } catch (Throwable thrown) {
            unanswered(peer, thrown);
        }
    }

    private void unanswered(Peer peer, Throwable why) {
        if (reported.add(peer)) {
            LOG.log(Level.WARNING, "the worker " + peer + " cannot be used: " + why, why);
        }
        greetAgain(peer);
    }

    private void greetAgain(Peer peer) {
        later(AGAIN_SECONDS, () -> greet(peer, () -> {}));
    }

    /* ---------------- Workers go ---------------- */

    @Override
    public void left(Peer peer) {
        reported.remove(peer);
        Remote remote = crew.remote(peer);
        if (remote != null) {
            lose(remote, new IllegalStateException("it has left the cluster"));
        }
    }

    @Override
    public void cutOff(Throwable cause) {
        if (!closed) {
            tell(() -> {
                owner.cutOff(cause);
                crew.remotes().forEach(remote -> lose(remote, cause));
                crew.breakDown(cause).forEach(job -> job.fail(Crew.refusal(cause)));
            });
        }
    }

    /** Tells futures something on a thread of its own: their callbacks may take long, or wait for what others hear. */
    private static void tell(Runnable telling) {
        Daemons.newThread("concurrent-futures-cluster-failures", telling).start();
    }

    /** As {@link #lose}, for a thread that must not wait. */
    void loseSoon(Remote remote, Throwable why) {
        later(0, () -> lose(remote, why));
    }

    /** A worker is not used any more. What was sent to it is lost. */
    void lose(Remote remote, Throwable why) {
        if (closed) {
            return;
        }
        List<Job<?>> lost = crew.lose(remote, why, rerunsLost);
        if (lost == null) {
            return;
        }
        Receiver receiver = receivers.remove(remote);
        if (receiver != null) {
            receiver.stop();
        }
        LOG.log(Level.WARNING, "lost the worker " + remote.peer + ": " + Wording.message(why));
        owner.resized(crew.threads());
        owner.left(remote.peer.address());
        warnIfDeserted();
        pushAll();
        String message = "the worker " + remote.peer + " was lost while it had this task: " + Wording.message(why);
        if (!lost.isEmpty()) {
            tell(() -> lost.forEach(job -> job.fail(new WorkerLostException(message, remote.peer.toString(), why))));
        }
        greetAgain(remote.peer);
    }

    private void lookAround() {
        if (leftover.isLeft()) {
            owner.abandoned();
        }
    }

    private void warnIfDeserted() {
        if (crew.threads() == 0) {
            LOG.log(Level.WARNING, "there is no worker in the cluster; what is submitted waits until one joins");
        }
    }

    /* ---------------- Sending ---------------- */

    /** Sends what there is, unless this thread will do that soon. */
    private void flush() {
        if (HOLDING_BACK.get() == null) {
            pushAll();
        }
    }

    void pushAll() {
        crew.remotes().forEach(this::push);
    }

    private void push(Remote remote) {
        Remote.Push push = crew.beginToPush(remote);
        if (push == null) {
            return;
        }
        try {
            if (push.isCall()) {
                call(remote, push.turn(), remote.conversation.call(push.turn(), push.notes()));
            } else {
                send(remote, remote.conversation.push(push.turn(), push.notes()));
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            unsent(remote, push, e);
        }
    }

    private void send(Remote remote, byte[] request) {
        try {
            var unused = carrier.ask(remote.peer, request)
                    .whenCompleteAsync((answer, failure) -> pushed(remote, failure), clock);
        } catch (RuntimeException | OutOfMemoryError e) {
            loseSoon(remote, e);
        }
        watch();
    }

    private void call(Remote remote, long turn, byte[] request) {
        Receiver receiver = receivers.get(remote);
        if (receiver != null) {
            await(remote, request, (answer, failure) -> receiver.called(turn, answer, failure));
        }
    }

    /** Fails what could not be made ready to be sent; the worker, which waits for that turn, gets an empty one. */
    private void unsent(Remote remote, Remote.Push push, Throwable why) {
        List<Job<?>> unsent = crew.unsent(remote, push);
        if (!unsent.isEmpty()) {
            tell(() -> unsent.forEach(job -> job.fail(new IOException("the task could not be sent: " + why, why))));
        }
        send(remote, remote.conversation.push(push.turn(), List.of()));
    }

    private void pushed(Remote remote, @Nullable Throwable failure) {
        if (failure != null) {
            lose(remote, failure);
        } else {
            crew.pushed(remote);
            push(remote);
        }
    }

    /* ---------------- Hearing ---------------- */

    /** Asks a worker something; the answer comes on any thread, which must not wait. */
    void await(Remote remote, byte[] request, BiConsumer<byte @Nullable [], @Nullable Throwable> then) {
        try {
            var unused = carrier.await(remote.peer, request).whenCompleteAsync(then, Runnable::run);
        } catch (RuntimeException | OutOfMemoryError e) {
            then.accept(null, e);
        }
    }

    List<Runnable> heard(Remote remote, List<Note> notes) {
        List<Note> about = new ArrayList<>();
        for (Note note : notes) {
            if (note.kind() == Note.Kind.CLASS_WANTED) {
                byte[] bytes = loaders.bytesOf(new String(note.payload(), StandardCharsets.UTF_8));
                crew.tell(remote, Note.of(Note.Kind.CLASS, note.id(), bytes));
            } else {
                about.add(note);
            }
        }
        List<Runnable> tellings = crew.heard(remote, about);
        pushAll();
        return tellings;
    }

    /** Tells a future something, and has what is submitted meanwhile by this thread sent later. */
    void holdBack(Runnable telling) {
        HOLDING_BACK.set(true);
        try {
            telling.run();
        } catch (Throwable thrown) {
            LOG.log(Level.ERROR, "failed to tell a future what has become of it", thrown);
        } finally {
            HOLDING_BACK.remove();
        }
    }

    /* ---------------- Watching ---------------- */

    /** Something may take too long. */
    void watch() {
        ticker.wake();
    }

    /** Has those who are held up relieved, and what is behind long tasks run elsewhere; whether to look again. */
    private boolean look() {
        long now = System.nanoTime();
        boolean again = crew.recall();
        for (Receiver receiver : receivers.values()) {
            receiver.relieve(now);
            again |= receiver.isTelling();
        }
        pushAll();
        return again;
    }

    private void later(long seconds, Runnable action) {
        Daemons.later(clock, seconds, action);
    }

    /* ---------------- The end ---------------- */

    /** Takes leave of the workers. */
    void close(long nanos) {
        closed = true;
        leftover.end();
        for (Map.Entry<Remote, Receiver> each : receivers.entrySet()) {
            each.getValue().stop();
            crew.tell(each.getKey(), Note.of(Note.Kind.BYE, 0));
            takeLeave(each.getKey(), each.getValue(), nanos);
            owner.left(each.getKey().peer.address());
        }
        receivers.clear();
        // In this order: this may be the clock's thread, which is interrupted then.
        carrier.close();
        ticker.close();
        clock.shutdownNow();
    }

    private void takeLeave(Remote remote, Receiver receiver, long nanos) {
        Remote.Push push = crew.beginToPush(remote);
        if (push == null) {
            return;
        }
        try {
            byte[] request = remote.conversation.push(push.turn(), push.notes());
            byte[] unused =
                    carrier.ask(remote.peer, request).toCompletableFuture().get(nanos, TimeUnit.NANOSECONDS);
            receiver.awaitAnswers(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // The worker notices by itself that this has gone.
        }
    }
}
