// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** Executors on the machines of a cluster. */
@NullMarked
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Hazelcast is no module of its own yet.
module concurrent.futures.cluster {
    requires static org.jspecify;
    requires transitive concurrent.futures;
    requires transitive com.hazelcast.core;
    requires java.logging;

    exports concurrent.futures.cluster;
}
