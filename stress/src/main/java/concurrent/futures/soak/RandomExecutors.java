// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.soak;

import concurrent.futures.FutureExecutor;
import concurrent.futures.ThreadExecutor;
import concurrent.futures.VirtualThreadExecutor;
import concurrent.futures.WhenFull;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** Executors of all kinds and with all options, some of which fail now and then. */
final class RandomExecutors {
    private static final int MOST_WORKERS = 8;
    private static final int MOST_QUEUED = 50;

    /** One of so many threads cannot be had, and one of so many initializers fails. */
    private static final int RARELY = 20;

    private RandomExecutors() {}

    static FutureExecutor open(RandomGenerator random, String prefix, Tally tally) {
        int workers = random.nextInt(1, MOST_WORKERS + 1);
        return switch (random.nextInt(5)) {
            case 0 -> new ThreadPerTask(prefix, workers);
            case 1, 2 -> virtual(random, prefix, workers);
            default -> threads(random, prefix, workers, tally);
        };
    }

    private static FutureExecutor virtual(RandomGenerator random, String prefix, int workers) {
        VirtualThreadExecutor.Builder builder =
                VirtualThreadExecutor.builder().maxWorkers(workers).threadNamePrefix(prefix);
        builder.helpWhileWaiting(random.nextBoolean());
        if (random.nextBoolean()) {
            builder.queueCapacity(random.nextInt(1, MOST_QUEUED)).whenFull(whenFull(random));
        }
        return builder.build();
    }

    private static FutureExecutor threads(RandomGenerator random, String prefix, int workers, Tally tally) {
        ThreadExecutor.Builder builder =
                ThreadExecutor.builder().maxWorkers(workers).threadNamePrefix(prefix);
        builder.helpWhileWaiting(random.nextInt(4) > 0);
        builder.keepAlive(random.nextBoolean() ? Duration.ofNanos(random.nextInt(200_000)) : Duration.ofMinutes(1));
        if (random.nextBoolean()) {
            builder.queueCapacity(random.nextInt(1, MOST_QUEUED)).whenFull(whenFull(random));
        }
        if (random.nextInt(4) == 0) {
            builder.threadFactory(failing(rarely(random), tally));
        }
        if (random.nextInt(4) == 0) {
            builder.initializer(initializer(rarely(random), tally));
        }
        return builder.build();
    }

    private static WhenFull whenFull(RandomGenerator random) {
        return List.of(WhenFull.values()).get(random.nextInt(WhenFull.values().length));
    }

    /** What is true now and then: for which of the calls depends on the seed alone. */
    private static BooleanSupplier rarely(RandomGenerator random) {
        long seed = random.nextLong();
        AtomicLong calls = new AtomicLong();
        return () -> new SplittableRandom(seed + calls.getAndIncrement()).nextInt(RARELY) == 0;
    }

    private static ThreadFactory failing(BooleanSupplier fails, Tally tally) {
        return task -> {
            if (fails.getAsBoolean()) {
                tally.faults.increment();
                throw new OutOfMemoryError("no more threads, on purpose");
            }
            return new Thread(task);
        };
    }

    private static Runnable initializer(BooleanSupplier fails, Tally tally) {
        return () -> {
            if (fails.getAsBoolean()) {
                tally.faults.increment();
                throw new IllegalStateException("an initializer that fails on purpose");
            }
        };
    }
}
