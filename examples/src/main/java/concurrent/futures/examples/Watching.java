// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import concurrent.futures.FutureExecutor;
import concurrent.futures.monitor.Monitor;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that show what the executor does: live, or in a file when all is done. */
final class Watching {
    @Option(names = "--monitor", description = "Serve a page that shows what goes on, and print its address.")
    private boolean live;

    @Option(names = "--report", paramLabel = "FILE", description = "Save that page in the end, as an HTML file.")
    private @Nullable Path report;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Save when each task ran, as JSON for ui.perfetto.dev.")
    private @Nullable Path trace;

    /** Watches an executor that is closed before this is. */
    Watch watch(FutureExecutor executor, Console console) {
        if (!live && report == null && trace == null) {
            return () -> {};
        }
        Monitor monitor = live ? Monitor.start(executor) : Monitor.record(executor);
        if (live) {
            console.problem("monitor: " + monitor.address());
        }
        return () -> {
            try (monitor) {
                save(monitor);
            } catch (IOException e) {
                console.problem("futures: cannot write what was recorded: " + e);
            }
        };
    }

    private void save(Monitor monitor) throws IOException {
        if (report != null) {
            monitor.save(report);
        }
        if (trace != null) {
            monitor.trace(trace);
        }
    }

    /** The time for which an executor is watched. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
