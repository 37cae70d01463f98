// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static java.util.Objects.requireNonNull;

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
    private static final long FOR_EVER = Long.MAX_VALUE / 2;
    private static final long TIME_TO_WRITE = TimeUnit.MINUTES.toNanos(1);

    /** A number that is positive. */
    static long positive(long number, String name) {
        if (number <= 0) {
            throw new IllegalArgumentException(
                    name + " must be greater than 0" + (name.equals("max_workers") ? "" : ": " + number));
        }
        return number;
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

    /** The same for the only worker of a pool that does not initialize it, with options that have it write a file. */
    Settings trainee(List<String> more) {
        List<String> options = new ArrayList<>(jvmOptions);
        options.addAll(more);
        return new Settings(
                name + "-training",
                /* maxWorkers= */ 1,
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
