// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** Watching executors. */
@NullMarked
@SuppressWarnings("requires-automatic") // Micrometer is no module of its own yet.
module concurrent.futures.monitor {
    requires static org.jspecify;
    requires transitive concurrent.futures;
    requires jdk.httpserver;
    requires static micrometer.core;
    requires me.tongfei.progressbar;

    exports concurrent.futures.monitor;
}
