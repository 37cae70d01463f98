// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How {@link FutureExecutor#map} goes about it. Immutable: each method returns a new value.
 *
 * {@snippet file="concurrent/futures/snippets/ExecutorSnippets.java" region="mapOptions"}
 */
public final class MapOptions {
    /** The least default of the buffer size. */
    private static final int MIN_BUFFER = 64;

    /** The greatest default, for executors whose number of workers stands for no limit. */
    private static final int MAX_BUFFER = 1 << 20;

    /** The default of the buffer size for each worker. */
    private static final int BUFFER_PER_WORKER = 4;

    private static final MapOptions DEFAULTS = new MapOptions(0, 0, null, false);

    /** Zero for the default, which depends on the executor. */
    private final int bufferSize;

    /** Zero for the default, which depends on the executor. */
    private final int chunkSize;

    private final @Nullable Duration timeout;
    private final boolean unordered;

    private MapOptions(int bufferSize, int chunkSize, @Nullable Duration timeout, boolean unordered) {
        this.bufferSize = bufferSize;
        this.chunkSize = chunkSize;
        this.timeout = timeout;
        this.unordered = unordered;
    }

    /** {@return the options with which {@code map} works without any} */
    public static MapOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Limits how many items may be submitted ahead of the results that have been taken. By default these are
     * {@code max(64, 4 * maxWorkers)} items, or as many chunks if there is a {@linkplain #chunkSize chunk size}.
     *
     * @param bufferSize the number of items; a chunk size that is greater is reduced to it
     * @return these options with the change
     * @throws IllegalArgumentException if the number is not positive
     */
    public MapOptions bufferSize(int bufferSize) {
        return new MapOptions(Numbers.positive(bufferSize, "bufferSize"), chunkSize, timeout, unordered);
    }

    /**
     * Submits this many items as one task, which pays when the function is cheap compared with a task. Results and
     * exceptions stay those of the single items; only a task that is cancelled as a whole, by a shutdown, says so once.
     *
     * <p>By default a task has one item, but on an executor whose tasks are dear: on processes, a task has as many as
     * make four tasks for each worker if {@code items} is a collection, and a hundred at most.
     *
     * @param chunkSize the number of items in a task
     * @return these options with the change
     * @throws IllegalArgumentException if the number is not positive
     */
    public MapOptions chunkSize(int chunkSize) {
        return new MapOptions(bufferSize, Numbers.positive(chunkSize, "chunkSize"), timeout, unordered);
    }

    /**
     * Limits the time for the whole, beginning at the call of {@code map}. There is no limit by default.
     *
     * @param timeout the time; zero or less submits the first window and gives out only what is ready when it is asked
     *     for
     * @return these options with the change
     */
    public MapOptions timeout(Duration timeout) {
        return new MapOptions(bufferSize, chunkSize, requireNonNull(timeout, "timeout"), unordered);
    }

    /**
     * Gives out results in the order in which they are completed, instead of the order of the items.
     *
     * @return these options with the change
     */
    public MapOptions unordered() {
        return new MapOptions(bufferSize, chunkSize, timeout, true);
    }

    /** These options, with a chunk size if there is none. */
    MapOptions withDefaultChunkSize(int byDefault) {
        return chunkSize == 0 ? chunkSize(byDefault) : this;
    }

    /** How many items a task has. */
    int itemsPerTask() {
        int items = Math.max(1, chunkSize);
        return bufferSize == 0 ? items : Math.min(items, bufferSize);
    }

    /** How many tasks may be submitted ahead. */
    int tasksAhead(int maxWorkers) {
        if (bufferSize != 0) {
            return bufferSize / itemsPerTask();
        }
        return (int) Math.min(MAX_BUFFER, Math.max(MIN_BUFFER, (long) BUFFER_PER_WORKER * maxWorkers));
    }

    Deadline deadline() {
        return timeout == null ? Deadline.NEVER : Deadline.after(timeout);
    }

    boolean isUnordered() {
        return unordered;
    }

    @Override
    public String toString() {
        return "MapOptions[bufferSize=" + (bufferSize == 0 ? "default" : bufferSize) + ", chunkSize="
                + (chunkSize == 0 ? "default" : chunkSize) + ", timeout=" + timeout + ", unordered=" + unordered + "]";
    }
}
