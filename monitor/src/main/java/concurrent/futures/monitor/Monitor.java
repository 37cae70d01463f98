// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import static java.util.Objects.requireNonNull;

import concurrent.futures.FutureExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Watches executors: what they do now, in a page that a browser shows, and what they have done, as a file.
 *
 * {@snippet file="concurrent/futures/snippets/MonitorSnippets.java" region="monitor"}
 *
 * <p>Tasks that are submitted from then on are recorded, in memory that is bounded: their numbers exactly, but each of
 * them only if they are not more than some thousands a second. Of more, and of those long ago, the longer ones are kept.
 * Give tasks names with {@link FutureExecutor#withName}: by these they are colored and counted.
 *
 * <p>The page is served to this machine only, and only to whoever has the address with its token: whoever has it sees
 * names of tasks and messages of exceptions, and may cancel tasks. A monitor does not keep the JVM alive. It keeps its
 * executors reachable until it is closed.
 */
public final class Monitor implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("concurrent.futures");

    private final Recorder recorder;
    private final Feed feed;
    private final @Nullable Server server;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Monitor(boolean served, int port, FutureExecutor... executors) {
        List<FutureExecutor> watched = Arrays.stream(executors)
                .map(executor -> requireNonNull(executor, "executor"))
                .toList();
        if (watched.isEmpty()) {
            throw new IllegalArgumentException("there is no executor to watch");
        }
        String title = watched.stream().map(each -> each.stats().name()).collect(Collectors.joining(", "));
        recorder = new Recorder(title, watched);
        feed = new Feed(recorder);
        try {
            server = served ? new Server(feed, port) : null;
        } catch (RuntimeException | Error e) {
            recorder.close();
            throw e;
        }
        Thread ticker = new Thread(
                null, this::tickUntilClosed, "futures-monitor", 0, /* inheritInheritableThreadLocals= */ false);
        ticker.setDaemon(true);
        try {
            ticker.start();
        } catch (OutOfMemoryError e) {
            close();
            throw e;
        }
    }

    /**
     * {@return a monitor that records what the executors do from now on, and serves a page that shows it} Its
     * {@link #address} has to be told to whoever is to open it.
     *
     * @param executors the executors, at least one
     * @throws IllegalArgumentException if there is none
     * @throws UncheckedIOException if nothing can be served
     */
    public static Monitor start(FutureExecutor... executors) {
        return new Monitor(/* served= */ true, /* port= */ 0, executors);
    }

    /**
     * {@return a monitor as that of {@link #start(FutureExecutor...)}, on a port of one's choice}
     *
     * @param port the port; 0 for any that is free
     * @param executors the executors, at least one
     * @throws IllegalArgumentException if there is none, or the port is none
     * @throws UncheckedIOException if nothing can be served there
     */
    public static Monitor startOn(int port, FutureExecutor... executors) {
        return new Monitor(/* served= */ true, port, executors);
    }

    /**
     * {@return a monitor that only records, for {@link #save} and {@link #trace}}
     *
     * @param executors the executors, at least one
     * @throws IllegalArgumentException if there is none
     */
    public static Monitor record(FutureExecutor... executors) {
        return new Monitor(/* served= */ false, /* port= */ 0, executors);
    }

    /**
     * {@return the address of the page, with the token that lets a browser in}
     *
     * @throws IllegalStateException if this monitor only records
     */
    public URI address() {
        if (server == null) {
            throw new IllegalStateException("this monitor only records; start() serves a page");
        }
        return server.address();
    }

    /**
     * Saves the page, with what was recorded up to now, as a single HTML file, which any browser shows. Also after the
     * monitor is closed.
     *
     * @param file where to; replaced if it is there
     * @throws IOException if it cannot be written
     */
    public void save(Path file) throws IOException {
        recorder.tick(/* thorough= */ true, this::publish);
        Files.writeString(file, feed.report());
    }

    /**
     * Saves what was recorded up to now in the trace event format, which <a href="https://ui.perfetto.dev">Perfetto</a>
     * and {@code chrome://tracing} show. Also after the monitor is closed.
     *
     * @param file where to; replaced if it is there
     * @throws IOException if it cannot be written
     */
    public void trace(Path file) throws IOException {
        recorder.tick(/* thorough= */ true, this::publish);
        Files.writeString(file, feed.trace());
    }

    /** Stops listening and serving. What was recorded can still be saved. */
    @Override
    public void close() {
        closed.countDown();
        try {
            recorder.close();
        } finally {
            if (server != null) {
                server.publish(feed::last);
                server.close();
            }
        }
    }

    private void tickUntilClosed() {
        try {
            while (!closed.await(Recorder.TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    recorder.tick(this::publish);
                } catch (RuntimeException | Error e) {
                    LOG.log(System.Logger.Level.WARNING, "the monitor missed a moment", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody has this thread, so this is the end of it
        }
    }

    private void publish(Recorder.View view, Recorder.Tick tick) {
        if (server != null) {
            server.publish(() -> feed.update(view, tick));
        }
    }
}
