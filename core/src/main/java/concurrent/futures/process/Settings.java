// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static java.util.Objects.requireNonNull;

import concurrent.futures.Action;
import concurrent.futures.WhenFull;
import concurrent.futures.codec.Codec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a pool was asked for.
 *
 * @param name of the pool
 * @param maxWorkers how many workers there are at most
 * @param queueCapacity how many tasks may wait; {@link Integer#MAX_VALUE} for any number
 * @param whenFull what happens when so many do
 * @param initializer the serialized action that each worker performs first; empty for none
 * @param maxTasksPerWorker after how many tasks a worker is replaced; {@link Integer#MAX_VALUE} for never
 * @param maxHeap the bytes that a worker's heap may have
 * @param jvmOptions further options of the workers' JVMs
 * @param environment variables that workers have beside those of this process
 * @param workingDirectory where workers run; null for where this process runs
 * @param keepAliveNanos how long an idle worker stays
 * @param breaks whether the death of a worker breaks the pool
 * @param startNanos how long a worker may take to start
 * @param graceNanos how long a task may take to end after it has been interrupted, or a worker to exit
 * @param maxMessage the bytes that a task or a result may have
 * @param startUpCache what workers start faster with; null for nothing
 * @param silent whether what workers print is thrown away
 */
@SuppressWarnings("ArrayRecordComponent") // Is never compared.
record Settings(
        String name,
        int maxWorkers,
        int queueCapacity,
        WhenFull whenFull,
        byte[] initializer,
        int maxTasksPerWorker,
        long maxHeap,
        List<String> jvmOptions,
        Map<String, String> environment,
        @Nullable Path workingDirectory,
        long keepAliveNanos,
        boolean breaks,
        long startNanos,
        long graceNanos,
        int maxMessage,
        @Nullable StartUpCache startUpCache,
        boolean silent) {
    /** The bytes of heap with which a JVM starts. */
    static final long LEAST_HEAP = 2L << 20;

    /** The bytes that a message may always have, so that a failure can be told. */
    static final int LEAST_MESSAGE = 1 << 10;

    /** The bytes that a message may have if nothing else is asked for. */
    static final int LARGEST_MESSAGE = 1 << 30;

    /** So many tasks for each worker does a map of known size make. */
    private static final int CHUNKS_PER_WORKER = 4;

    /** Greater chunks pay only for items that take less than a microsecond, and lose more with a worker. */
    private static final int LARGEST_CHUNK = 100;

    private static final long LEAST_HEAP_BY_DEFAULT = 64L << 20;
    private static final long FOR_EVER = Long.MAX_VALUE / 2;
    private static final long TIME_TO_WRITE = TimeUnit.MINUTES.toNanos(1);

    /** What a builder was asked for. */
    static Settings of(ProcessExecutor.Builder options, String name) {
        long share = Runtime.getRuntime().maxMemory() / options.maxWorkers;
        return new Settings(
                options.name == null ? name : options.name,
                options.maxWorkers,
                options.queueCapacity,
                options.whenFull,
                encoded(options.initializer, "initializer", options.maxMessage),
                options.maxTasksPerWorker,
                options.maxHeap == 0 ? Math.max(LEAST_HEAP_BY_DEFAULT, share) : options.maxHeap,
                new ArrayList<>(options.jvmOptions),
                Map.copyOf(options.environment),
                options.workingDirectory,
                nanos(options.keepAlive),
                options.onWorkerDeath == OnWorkerDeath.BREAK,
                nanos(options.startTimeout),
                nanos(options.grace),
                options.maxMessage,
                startUpCache(options),
                /* silent= */ false);
    }

    private static @Nullable StartUpCache startUpCache(ProcessExecutor.Builder options) {
        Path directory = options.cacheDirectory;
        Action training = options.cacheTraining;
        return directory == null
                ? null
                : new StartUpCache(directory, training, encoded(training, "training", options.maxMessage), options.aot);
    }

    private static byte[] encoded(@Nullable Action action, String name, int maxMessage) {
        try {
            return action == null ? Frame.EMPTY : Codec.encodeTask(action, maxMessage, loader -> {});
        } catch (IOException e) {
            throw new IllegalArgumentException("the " + name + " cannot be serialized", e);
        }
    }

    /** A number that is positive. */
    static long positive(long number, String name) {
        if (number <= 0) {
            throw new IllegalArgumentException(
                    name + " must be greater than 0" + (name.equals("max_workers") ? "" : ": " + number));
        }
        return number;
    }

    /** A number of bytes that is not too small. */
    static long atLeast(long least, long number, String name) {
        if (number < least) {
            throw new IllegalArgumentException(name + " is in bytes, and must be at least " + least + ": " + number);
        }
        return number;
    }

    /** A time that is positive. */
    static Duration positive(Duration time, String name) {
        if (notNegative(time, name).isZero()) {
            throw new IllegalArgumentException(name + " must not be zero");
        }
        return time;
    }

    /** A time that is not negative. */
    static Duration notNegative(Duration time, String name) {
        if (requireNonNull(time, name).isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative: " + time);
        }
        return time;
    }

    /** A time in nanoseconds; longer ones than there are are for ever. */
    static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(FOR_EVER)) < 0 ? duration.toNanos() : FOR_EVER;
    }

    /** How many of so many items make a task. */
    int itemsPerTask(int items) {
        long tasks = (long) CHUNKS_PER_WORKER * maxWorkers;
        return Math.clamp((items + tasks - 1) / tasks, 1, LARGEST_CHUNK);
    }

    /** The same for the only worker of a pool that does not initialize it, with options that have it write a file. */
    Settings trainee(List<String> more) {
        List<String> options = new ArrayList<>(jvmOptions);
        options.addAll(more);
        return new Settings(
                name + "-training",
                /* maxWorkers= */ 1,
                /* queueCapacity= */ Integer.MAX_VALUE,
                WhenFull.BLOCK,
                Frame.EMPTY,
                Integer.MAX_VALUE,
                maxHeap,
                options,
                environment,
                workingDirectory,
                FOR_EVER,
                /* breaks= */ true,
                startNanos,
                TIME_TO_WRITE,
                maxMessage,
                /* startUpCache= */ null,
                /* silent= */ true);
    }
}
