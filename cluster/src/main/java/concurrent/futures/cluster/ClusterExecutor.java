// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static java.util.Objects.requireNonNull;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import concurrent.futures.AbstractFutureExecutor;
import concurrent.futures.WhenFull;
import concurrent.futures.WorkItem;
import concurrent.futures.codec.Encoded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls on the workers of a cluster, on this machine or on others.
 *
 * <p>The queue is here; a worker is sent as many calls as it has threads, and some more if they are short. Workers that
 * join take part at once. If one is lost, what it had fails with a {@link WorkerLostException}, and all else goes on
 * elsewhere. A call that is cancelled with an interrupt, or whose time is over, is interrupted where it runs.
 *
 * {@snippet file="concurrent/futures/snippets/ClusterSnippets.java" region="clusterExecutor"}
 *
 * <p>A call, what it captures, and its result are serialized, and copied thereby: a lambda given to {@code submit} can
 * be, if what it captures can. Workers need none of its classes, for which they ask as they go.
 *
 * <p>A call that is cancelled at the very moment when its worker begins it is interrupted there, although its future tells
 * that it has not run.
 */
public final class ClusterExecutor extends AbstractFutureExecutor {
    private static final AtomicInteger EXECUTORS = new AtomicInteger();

    /** So many tasks for each thread does a map of known size make. */
    private static final int CHUNKS_PER_THREAD = 4;

    private static final int LARGEST_CHUNK = 1_000;

    private static final long GREETING_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LEAVE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** How many bytes the key of a cluster in this JVM has. */
    private static final int OWN_KEY = 32;

    private final Link link;

    private ClusterExecutor(Builder options, Carrier carrier, byte @Nullable [] key) {
        super("ClusterExecutor-" + EXECUTORS.getAndIncrement(), 1, options.queueCapacity, options.whenFull);
        this.link = new Link(carrier, Seal.of(key), options.rerunsLost, new Link.Owner() {
            @Override
            public void resized(int threads) {
                setMaxWorkers(Math.max(1, threads));
            }

            @Override
            public void joined(String address) {
                workerStarted(address);
            }

            @Override
            public void left(String address) {
                workerEnded(address);
            }

            @Override
            public void cutOff(Throwable cause) {
                breakDown(String.valueOf(cause.getMessage()), cause);
            }

            @Override
            public void abandoned() {
                shutdown();
            }
        });
        try {
            link.open(GREETING_NANOS);
        } catch (RuntimeException e) {
            shutdownNow();
            throw e;
        }
    }

    /**
     * Creates an executor with a worker of its own in this JVM, with as many threads as there are processors: what needs
     * nothing else, and behaves as a cluster does.
     *
     * @return the executor
     */
    public static ClusterExecutor embedded() {
        return builder().build();
    }

    /**
     * Connects to a cluster.
     *
     * @param members the addresses of some of its members, as HOST:PORT
     * @return the executor
     * @throws IllegalArgumentException if there is no address, or if one is not of this machine alone; then a
     *     {@linkplain Builder#key key} is needed
     * @throws IllegalStateException if none of them can be reached
     */
    public static ClusterExecutor connect(String... members) {
        if (members.length == 0) {
            throw new IllegalArgumentException(
                    "connect needs the address of a member; see embedded() for a cluster here");
        }
        Builder builder = builder();
        for (String member : members) {
            builder.connect(member);
        }
        return builder.build();
    }

    /** {@return a builder for an executor with more options} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Waits until the workers have that many threads.
     *
     * @param threads how many
     * @param timeout for how long to wait
     * @return whether they have; they may have fewer again soon
     * @throws InterruptedException if the current thread is interrupted
     */
    public boolean awaitThreads(int threads, Duration timeout) throws InterruptedException {
        return link.crew.awaitThreads(threads, timeout);
    }

    @Override
    protected <T extends @Nullable Object> Callable<T> prepare(Callable<T> task) {
        return new Encoded<>(task, Note.MOST_BYTES, link.loaders);
    }

    @Override
    protected <T extends @Nullable Object> void dispatch(WorkItem<T> item) {
        link.crew.dispatch(item);
    }

    @Override
    protected int itemsPerTask(int items) {
        long tasks = (long) CHUNKS_PER_THREAD * Math.max(1, link.crew.threads());
        return Math.clamp((items + tasks - 1) / tasks, 1, LARGEST_CHUNK);
    }

    @Override
    protected int ahead() {
        return link.crew.ahead();
    }

    @Override
    protected int idleNow() {
        return isTerminated() ? 0 : link.crew.idle();
    }

    @Override
    protected void terminated() {
        link.close(LEAVE_NANOS);
    }

    /** Options for a {@link ClusterExecutor}. Not for use by several threads. */
    public static final class Builder {
        private final List<String> members = new ArrayList<>();
        private int embedded = 1;
        private boolean isEmbedded;
        private int threads = Runtime.getRuntime().availableProcessors();
        private byte @Nullable [] key;
        private boolean rerunsLost;
        private int queueCapacity = Integer.MAX_VALUE;
        private WhenFull whenFull = WhenFull.BLOCK;
        private @Nullable ClientConfig config;
        private Duration connectTimeout = Duration.ofSeconds(30);

        private Builder() {}

        /**
         * Adds a member of the cluster to connect to. Without any, there is a cluster in this JVM.
         *
         * @param member its address as HOST:PORT
         * @return this
         */
        public Builder connect(String member) {
            members.add(requireNonNull(member, "member"));
            return this;
        }

        /**
         * Sets the cluster in this JVM, for executors that connect to none.
         *
         * @param workers how many workers it has; 1 by default
         * @param threads how many threads each of them has; as many as there are processors by default
         * @return this
         * @throws IllegalArgumentException if one of the numbers is not positive
         */
        public Builder embedded(int workers, int threads) {
            if (workers <= 0) {
                throw new IllegalArgumentException("workers must be greater than 0");
            }
            this.isEmbedded = true;
            this.embedded = workers;
            this.threads = Security.checkedThreads(threads);
            return this;
        }

        /**
         * Sets the key that the workers have. Addresses of other machines are refused without one.
         *
         * @param key the key, of 16 bytes at least, which are copied
         * @return this
         * @throws IllegalArgumentException if the key is too short
         */
        public Builder key(byte[] key) {
            this.key = Security.checkedKey(key);
            return this;
        }

        /**
         * Has calls that were sent to a worker that is lost run once more elsewhere, and not fail; if that one is lost as
         * well, they fail. Only for calls that do no harm if they are run twice, since the first time may have come to its
         * end, or still be going on.
         *
         * @return this
         */
        public Builder rerunLost() {
            this.rerunsLost = true;
            return this;
        }

        /**
         * Bounds the queue, and so the memory that a million calls need before they are run.
         *
         * @param capacity how many calls may wait here beside those that workers run; any number by default
         * @param whenFull what {@code submit} does when that many wait: it blocks, or refuses the call
         * @return this
         * @throws IllegalArgumentException if the capacity is not positive, or callers were to run calls themselves
         */
        public Builder queueCapacity(int capacity, WhenFull whenFull) {
            if (capacity <= 0) {
                throw new IllegalArgumentException("queueCapacity must be greater than 0");
            }
            if (whenFull == WhenFull.CALLER_RUNS) {
                throw new IllegalArgumentException("the calls of a cluster are run by its workers, and not by callers");
            }
            this.queueCapacity = capacity;
            this.whenFull = requireNonNull(whenFull, "whenFull");
            return this;
        }

        /**
         * Sets how long to try to connect. After that {@code build} fails; and when a connection is lost for that long,
         * the executor is broken.
         *
         * @param timeout the time; 30 seconds by default
         * @return this
         * @throws IllegalArgumentException if the time is negative
         */
        public Builder connectTimeout(Duration timeout) {
            if (requireNonNull(timeout, "timeout").isNegative()) {
                throw new IllegalArgumentException("connectTimeout must not be negative: " + timeout);
            }
            this.connectTimeout = timeout;
            return this;
        }

        /**
         * Sets how the client of Hazelcast finds members, and whatever else it can, in place of {@link #connect}. Needs a
         * key.
         *
         * @param config the configuration, with the name of the cluster, which is {@code concurrent-futures} unless its
         *     workers are configured as well. What it has for the class loader, the filter of serialization and the time to
         *     connect is replaced; classes that it names, and does not have objects of, are found only if they are
         *     Hazelcast's own
         * @return this
         */
        public Builder hazelcast(ClientConfig config) {
            this.config = requireNonNull(config, "config");
            return this;
        }

        /**
         * Connects.
         *
         * @return the executor, which may have to wait for its first worker
         * @throws IllegalArgumentException if other machines were reached without a key, or two of {@link #connect}, {@link
         *     #embedded} and {@link #hazelcast} were chosen
         * @throws IllegalStateException if the cluster cannot be reached, or all its workers have another key or version
         */
        public ClusterExecutor build() {
            if (config != null && !members.isEmpty()) {
                throw new IllegalArgumentException("connect has no place beside a configuration of Hazelcast");
            }
            if (!members.isEmpty() || config != null) {
                if (isEmbedded) {
                    throw new IllegalArgumentException("embedded is for executors that connect to no other cluster");
                }
                return new ClusterExecutor(this, client(), key);
            }
            byte[] own = key;
            if (own == null) {
                // Nobody else on this machine is to have this JVM run what he likes.
                own = new byte[OWN_KEY];
                Conversation.RANDOM.nextBytes(own);
            }
            return new ClusterExecutor(this, embeddedCluster(own), own);
        }

        private Carrier client() {
            ClientConfig chosen = clientConfig();
            String where = config == null
                    ? "the cluster at " + members
                    : "the cluster " + chosen.getClusterName() + " of the configuration of Hazelcast";
            HazelcastInstance client;
            try {
                client = HazelcastClient.newHazelcastClient(chosen);
            } catch (RuntimeException e) {
                String why = Thread.currentThread().isInterrupted()
                        ? "this thread was interrupted"
                        : "none of its workers has answered for " + connectTimeout
                                + "; is one running, and is that its address?";
                throw new IllegalStateException(where + " cannot be reached: " + why, e);
            }
            String gone = where + " has not been reached any more for " + connectTimeout;
            return new HazelcastCarrier(List.of(client), gone, client::shutdown);
        }

        private ClientConfig clientConfig() {
            ClientConfig chosen = config;
            if (chosen == null) {
                Security.check(members, key);
                chosen = HazelcastSettings.client(members);
            } else {
                Security.checkUnbounded("a configuration of Hazelcast", key);
            }
            HazelcastSettings.makeDriver(chosen);
            chosen.getConnectionStrategyConfig()
                    .getConnectionRetryConfig()
                    .setClusterConnectTimeoutMillis(connectTimeout.toMillis());
            return chosen;
        }

        private Carrier embeddedCluster(byte[] own) {
            // A name that nobody else has keeps workers out that are started on this machine for something else.
            String name = HazelcastSettings.CLUSTER + "-" + UUID.randomUUID();
            List<ClusterWorker> workers = new ArrayList<>();
            try {
                for (int i = 0; i < embedded; i++) {
                    ClusterWorker.Builder worker = ClusterWorker.builder()
                            .threads(threads)
                            .cluster(name)
                            .port(0)
                            .key(own);
                    if (i > 0) {
                        worker.join(workers.get(0).address());
                    }
                    workers.add(worker.start());
                }
            } catch (RuntimeException e) {
                workers.forEach(ClusterWorker::close);
                throw e;
            }
            return new HazelcastCarrier(
                    workers.stream().map(ClusterWorker::instance).toList(),
                    "the cluster in this JVM has ended",
                    () -> workers.reversed().forEach(ClusterWorker::close));
        }
    }
}
