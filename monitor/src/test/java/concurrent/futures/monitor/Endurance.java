// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.ThreadExecutor;
import java.io.BufferedReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ten thousand tasks a second, with a page open, for so many minutes: the heap after a collection, each minute. Fails if
 * it has grown. Some tasks fail, some are cancelled, and new names come all the time.
 *
 * <p>After {@code ./build test-compile -pl core,monitor}, for an hour:
 *
 * <pre>{@code
 * java -Xmx512m -cp core/target/classes:monitor/target/classes:monitor/target/test-classes \
 *     concurrent.futures.monitor.Endurance 60
 * }</pre>
 */
final class Endurance {
    private static final int TASKS_A_SECOND = 10_000;
    private static final int BURSTS_A_SECOND = 100;
    private static final int NAMES_A_MINUTE = 50;

    /** The first minutes fill what is bounded. */
    private static final int WARM_UP_MINUTES = 5;

    private static final double MOST_GROWTH = 1.1;
    private static final long MEGABYTE = 1 << 20;

    private Endurance() {}

    public static void main(String[] arguments) throws Exception {
        int minutes = Integer.parseInt(arguments[0]);
        List<Long> heaps = new ArrayList<>();
        try (FutureExecutor executor = new ThreadExecutor(2);
                Monitor monitor = Monitor.start(executor);
                BufferedReader page = Browser.in(monitor).lines("GET /events")) {
            Thread.ofPlatform().daemon().start(() -> page.lines().forEach(line -> {}));
            for (int minute = 0; minute < minutes; minute++) {
                runAMinute(executor, minute);
                heaps.add(heapAfterCollection());
                System.out.printf(
                        "minute %d: heap %.1f MB, %s tasks completed%n",
                        minute + 1,
                        (double) heaps.getLast() / MEGABYTE,
                        executor.stats().completed());
            }
        }
        long early = most(heaps.subList(0, Math.min(WARM_UP_MINUTES, heaps.size())));
        long late = most(heaps.subList(Math.max(0, heaps.size() - WARM_UP_MINUTES), heaps.size()));
        System.out.printf("first minutes %,d bytes at most, last minutes %,d%n", early, late);
        if (late > early * MOST_GROWTH) {
            throw new AssertionError("the heap has grown");
        }
    }

    private static void runAMinute(FutureExecutor executor, int minute) {
        long begin = System.nanoTime();
        int bursts = (int) Duration.ofMinutes(1).toSeconds() * BURSTS_A_SECOND;
        for (int burst = 0; burst < bursts; burst++) {
            FutureExecutor named = executor.withName("task " + (minute * NAMES_A_MINUTE + burst % NAMES_A_MINUTE));
            for (int i = 0; i < TASKS_A_SECOND / BURSTS_A_SECOND; i++) {
                int number = i;
                Future<Integer> future = named.submit(() -> 100 / number); // one in a hundred fails
                var unused = future.exceptionally(thrown -> 0);
                if (i % 10 == 0) {
                    future.cancel();
                }
            }
            long next = begin + (burst + 1L) * TimeUnit.SECONDS.toNanos(1) / BURSTS_A_SECOND;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private static long heapAfterCollection() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100); // for cleaners
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long most(List<Long> heaps) {
        return heaps.stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
