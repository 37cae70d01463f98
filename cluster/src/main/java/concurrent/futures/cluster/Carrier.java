// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.util.Collection;
import java.util.concurrent.CompletionStage;

/** Carries bytes to the workers of a cluster, and knows which there are. All that Hazelcast does for a driver. */
interface Carrier {
    /** Whoever hears of the workers. Called on threads that must not wait. */
    interface Watcher {
        void joined(Peer peer);

        void left(Peer peer);

        /** There is no way to the cluster any more, and there will be none. */
        void cutOff(Throwable cause);
    }

    /** Tells of the workers that there are, and later of those that come and go. */
    void watch(Watcher watcher);

    /** Whether there is that worker, as far as the cluster knows. */
    boolean has(Peer peer);

    /** Asks a worker something that it answers at once. */
    CompletionStage<byte[]> ask(Peer peer, byte[] request);

    /** Asks a worker something that it may answer later. */
    CompletionStage<byte[]> await(Peer peer, byte[] request);

    /** What the cluster calls this driver. */
    String driver();

    /** What the names of threads begin with that keep a JVM alive for this alone. */
    Collection<String> threads();

    /** Leaves the cluster. */
    void close();
}
