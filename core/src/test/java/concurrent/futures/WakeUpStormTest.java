// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Workers that look for work, give up, park, expire and are woken, while submitters come at any moment of that.
 *
 * <p>Each round ends with all tasks done and all threads idle, so that a task that was left in the queue is not rescued
 * by the next one: it shows as a wait that does not end.
 */
class WakeUpStormTest {
    private static final long MILLIS_EACH = 500;

    @ParameterizedTest(name = "{0} submitters, {1} workers, keepAlive {2} µs")
    @CsvSource({
        "1, 1, 60000000",
        "1, 2, 60000000",
        "1, 4, 60000000",
        "2, 1, 60000000",
        "2, 2, 60000000",
        "2, 3, 60000000",
        "3, 1, 60000000",
        "3, 2, 60000000",
        "4, 2, 60000000",
        "4, 4, 60000000",
        "1, 2, 50",
        "2, 2, 20",
        "3, 4, 100"
    })
    void submit_amongIdleGaps_leavesNoTaskBehind(int submitters, int workers, long keepAliveMicros) throws Exception {
        long seed = System.nanoTime();
        System.out.println("storm " + submitters + "x" + workers + " with seed " + seed);
        try (ThreadExecutor executor = ThreadExecutor.builder()
                .maxWorkers(workers)
                .keepAlive(Duration.ofNanos(keepAliveMicros * 1_000))
                .build()) {
            SubmitContract.inParallel(submitters, number -> storm(executor, new Random(seed + number), seed));
        }
    }

    /** Here an item is added while the last slot is given back, and one of the two has to see the other. */
    @ParameterizedTest(name = "{0} submitters, {1} slots")
    @CsvSource({"1, 1", "2, 1", "3, 1", "2, 2", "4, 2"})
    void submit_whileTheLastSlotIsGivenBack_leavesNoTaskBehind(int submitters, int slots) throws Exception {
        long seed = System.nanoTime();
        System.out.println("storm of slots " + submitters + "x" + slots + " with seed " + seed);
        try (VirtualThreadExecutor executor = new VirtualThreadExecutor(slots)) {
            SubmitContract.inParallel(submitters, number -> storm(executor, new Random(seed + number), seed));
        }
    }

    private static void storm(FutureExecutor executor, Random random, long seed) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS_EACH);
        List<Future<?>> burst = new ArrayList<>();
        for (int round = 0; System.nanoTime() < end; round++) {
            for (int i = Math.max(0, random.nextInt(6) - 2); i >= 0; i--) {
                burst.add(executor.submit(() -> "done"));
            }
            // Whoever looks busily is back before the worker has taken its next step.
            long spinUntil = System.nanoTime() + random.nextInt(2) * 300_000L;
            for (Future<?> future : burst) {
                while (!future.isDone() && System.nanoTime() < spinUntil) {
                    Thread.onSpinWait();
                }
                awaitOrDump(future, executor, "round " + round + ", seed " + seed);
            }
            burst.clear();
            // Now while the worker is about to look again, now while it parks or sleeps.
            gap(random, random.nextBoolean() ? 2 : 80);
        }
    }

    /** Waits for a task that should be done soon; if it is not, shows what everybody is doing. */
    static void awaitOrDump(Future<?> future, FutureExecutor executor, String what) throws Exception {
        try {
            future.get(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(
                    what + ": " + future + " is left behind by " + executor + Stacks.ofAllThreads(), e);
        }
    }

    /** Does nothing for a random time, at most that many microseconds: busily or parked, as it comes. */
    static void gap(Random random, int mostMicros) {
        long nanos = random.nextInt(1 + mostMicros * 1_000);
        if (random.nextInt(4) == 0) {
            LockSupport.parkNanos(nanos);
            return;
        }
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
