// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static java.util.Objects.requireNonNull;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member of a cluster that runs the tasks of all {@link ClusterExecutor}s that connect to it. It needs no class but
 * those of this library: what tasks are made of comes with them.
 *
 * {@snippet file="concurrent/futures/snippets/ClusterSnippets.java" region="worker"}
 *
 * <p>Members run whatever they are sent. Therefore one that other machines can reach needs a key, which its drivers have
 * to know, and which should be kept as the keys to the machine itself are.
 */
public final class ClusterWorker implements AutoCloseable {
    private final HazelcastInstance instance;
    private final Node node;

    private ClusterWorker(HazelcastInstance instance, Node node) {
        this.instance = instance;
        this.node = node;
        Departures.tell(instance, node);
    }

    /**
     * Runs a worker, until it is told to end by SIGTERM or Ctrl-C. It says so when it is ready.
     *
     * @param arguments options, of which {@code --help} tells
     * @throws InterruptedException if the current thread is interrupted
     */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(WorkerCommand.run(System.out, System.err, arguments));
    }

    /** {@return a builder for a worker} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return where this worker is, as HOST:PORT for {@link ClusterExecutor#connect}} */
    public String address() {
        var address = instance.getCluster().getLocalMember().getAddress();
        return address.getHost() + ":" + address.getPort();
    }

    HazelcastInstance instance() {
        return instance;
    }

    /**
     * Gives back what has not begun, which runs elsewhere, interrupts what runs, which is lost, and leaves the cluster.
     * Drivers that do not answer hold that up for two seconds.
     */
    @Override
    public void close() {
        node.close();
        instance.shutdown();
    }

    /** Options for a {@link ClusterWorker}. Not for use by several threads. */
    public static final class Builder {
        private String bind = HazelcastSettings.LOOPBACK;
        private int port = HazelcastSettings.PORT;
        private final List<String> join = new ArrayList<>();
        private int threads = Runtime.getRuntime().availableProcessors();
        private String cluster = HazelcastSettings.CLUSTER;
        private byte @Nullable [] key;
        private @Nullable Config config;

        private Builder() {}

        /**
         * Sets the address of this machine at which others find the worker.
         *
         * @param address the address, or a pattern such as {@code 10.0.0.*}; 127.0.0.1 by default
         * @return this
         */
        public Builder bind(String address) {
            this.bind = requireNonNull(address, "address");
            return this;
        }

        /**
         * Sets the port.
         *
         * @param port the port; by default 5701, or the next one that is free
         * @return this
         */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Adds a member of the cluster that this one joins. Without any it is the first of a cluster.
         *
         * @param address its address as HOST:PORT
         * @return this
         */
        public Builder join(String address) {
            join.add(requireNonNull(address, "address"));
            return this;
        }

        /**
         * Sets how many tasks are run at the same time.
         *
         * @param threads the number; as many as there are processors by default
         * @return this
         * @throws IllegalArgumentException if the number is not positive, or is more than 65,536
         */
        public Builder threads(int threads) {
            this.threads = Security.checkedThreads(threads);
            return this;
        }

        /**
         * Sets the key that drivers have to know. Addresses that other machines can reach are refused without one.
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
         * Sets how Hazelcast finds members, and whatever else it can: in place of {@link #bind}, {@link #port} and {@link
         * #join}. Needs a key, because it may be reached from anywhere.
         *
         * @param config the configuration, with the name of the cluster. What it has for the class loader and the filter of
         *     serialization is replaced; classes that it names, and does not have objects of, are found only if they are
         *     Hazelcast's own
         * @return this
         */
        public Builder hazelcast(Config config) {
            this.config = requireNonNull(config, "config");
            return this;
        }

        /** Sets the name of the cluster, for one that only this library knows of. */
        Builder cluster(String cluster) {
            this.cluster = cluster;
            return this;
        }

        /**
         * Joins the cluster, or begins one.
         *
         * @return the worker
         * @throws IllegalArgumentException if other machines could reach the worker, and there is no key
         * @throws IllegalStateException if there is no such address or port here
         */
        public ClusterWorker start() {
            Config chosen = config;
            if (chosen == null) {
                Security.check(List.of(bind), key);
                Security.check(join, key);
                chosen = HazelcastSettings.member(cluster, Security.numeric(bind), port, join);
            } else {
                Security.checkUnbounded("a configuration of Hazelcast", key);
            }
            Node node = new Node(Seal.of(key), threads);
            ClusterWorker worker;
            try {
                HazelcastSettings.makeWorker(chosen, node);
                worker = new ClusterWorker(Hazelcast.newHazelcastInstance(chosen), node);
            } catch (RuntimeException e) {
                node.close();
                throw new IllegalStateException("the worker could not be started: " + e.getMessage(), e);
            }
            return checked(worker);
        }

        /** Ends a worker at once that turns out to be where it must not be; says so if it is alone, and should not be. */
        private ClusterWorker checked(ClusterWorker worker) {
            try {
                Security.check(
                        List.of(worker.instance
                                .getCluster()
                                .getLocalMember()
                                .getAddress()
                                .getHost()),
                        key);
            } catch (IllegalArgumentException e) {
                worker.close();
                throw e;
            }
            if (!join.isEmpty() && worker.instance.getCluster().getMembers().size() == 1) {
                System.getLogger("concurrent.futures")
                        .log(Level.WARNING, "none of {0} has answered; this worker is alone until it finds them", join);
            }
            return worker;
        }
    }
}
