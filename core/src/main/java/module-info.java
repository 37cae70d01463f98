// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** Futures and the executors that complete them: on threads, on virtual threads, and in processes. */
@NullMarked
@SuppressWarnings("module") // What this exports to need not be there.
module concurrent.futures {
    requires static java.management;
    requires static jdk.jfr;
    requires static org.jspecify;

    exports concurrent.futures;
    exports concurrent.futures.process;
    exports concurrent.futures.codec to
            concurrent.futures.cluster;
}
