// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.io.StreamCorruptedException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Begins conversations with the workers that there are, and tries again with those that do not answer. */
final class Greeter {
    private static final Logger LOG = System.getLogger("concurrent.futures");

    /** A worker that does not answer, or has been lost and is still a member, is greeted again after that time. */
    private static final long AGAIN_SECONDS = 1;

    /** A greeting that is not answered by then is lost: one that another member passes on to a new one may be. */
    private static final long GREETING_SECONDS = 10;

    private final Link link;
    private final Carrier carrier;
    private final Seal key;

    /** Its thread is the only one that greets and hears of answers. */
    private final ScheduledExecutorService clock;

    /** The workers that there are. Used by any thread. */
    private final Set<Peer> peers = ConcurrentHashMap.newKeySet();

    /** The workers of which the log knows that they cannot be used, and why. Used by any thread. */
    private final Map<Peer, Throwable> unusable = new ConcurrentHashMap<>();

    /** The greetings that have not been answered for the first time; whoever opens the link waits for the first ones. */
    private final Phaser opened = new Phaser(1);

    Greeter(Link link, Carrier carrier, Seal key, ScheduledExecutorService clock) {
        this.link = link;
        this.carrier = carrier;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Waits for a while until the workers that there are have answered.
     *
     * @throws IllegalStateException if all of them have refused, and will again
     */
    void awaitFirst(long nanos) {
        opened.arriveAndDeregister();
        try {
            int unused = opened.awaitAdvanceInterruptibly(0, nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.log(Level.INFO, "some workers have not answered yet; they are used when they do");
        }
        failIfAllRefuse();
    }

    private void failIfAllRefuse() {
        IllegalStateException refusal = null;
        for (Peer peer : peers) {
            Throwable why = unusable.get(peer);
            if (why == null || !isRefusal(why)) {
                return;
            }
            refusal = new IllegalStateException(
                    "no worker can be used; the worker " + peer + ": " + why.getMessage()
                            + " (drivers have the key of their workers, key(byte[]) here and --key-file there, and the"
                            + " same version of concurrent-futures)",
                    why);
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    /** Whether a worker says so because of its key or its version. */
    private static boolean isRefusal(Throwable why) {
        return why instanceof SecurityException
                || why instanceof StreamCorruptedException
                || (why instanceof RefusedException refused
                        && (refused.isBecauseOf(SecurityException.class)
                                || refused.isBecauseOf(StreamCorruptedException.class)));
    }

    void joined(Peer peer) {
        peers.add(peer);
        var unused = opened.register();
        Daemons.later(clock, 0, () -> greet(peer, opened::arriveAndDeregister));
    }

    void left(Peer peer) {
        peers.remove(peer);
        unusable.remove(peer);
    }

    void greetAgain(Peer peer) {
        Daemons.later(clock, AGAIN_SECONDS, () -> greet(peer, () -> {}));
    }

    /** Begins a conversation with a worker; when it has answered, or will not, something is done besides. */
    private void greet(Peer peer, Runnable then) {
        if (!link.wants(peer) || !carrier.has(peer)) {
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
        // A worker that has gone and come back at once may have been greeted twice.
        if (!link.wants(peer)) {
            return;
        }
        Conversation.Welcome welcome;
        try {
            if (failure != null) {
                throw failure;
            }
            welcome = Conversation.Welcome.of(key, number, answer);
        } catch (Throwable thrown) {
            unanswered(peer, thrown);
            return;
        }
        unusable.remove(peer);
        link.begin(peer, welcome);
    }

    private void unanswered(Peer peer, Throwable why) {
        if (unusable.put(peer, why) == null) {
            LOG.log(Level.WARNING, "the worker " + peer + " cannot be used: " + why, why);
        }
        greetAgain(peer);
    }
}
