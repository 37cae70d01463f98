// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.processes;

import concurrent.futures.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** How many tasks, or items, are done in a second. */
final class Rates {
    /** The time of a turn. */
    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int BURST = 10_000;

    private Rates() {}

    private interface Once {
        /** Does something, and tells how many tasks or items that were. */
        int run() throws Exception;
    }

    private static List<Double> again(Once once) throws Exception {
        long done = 0;
        long begin = System.nanoTime();
        long now = begin;
        while (now - begin < TURN) {
            done += once.run();
            now = System.nanoTime();
        }
        return List.of(done * (double) TimeUnit.SECONDS.toNanos(1) / (now - begin));
    }

    static List<Double> ofRoundTrips(Pool pool, IntFunction<Task<Integer>> tasks) throws Exception {
        return again(() -> {
            // No number that is always the same object.
            pool.submit(tasks.apply(BURST)).get();
            return 1;
        });
    }

    static List<Double> ofBursts(Pool pool) throws Exception {
        return again(() -> {
            List<Future<Integer>> futures = new ArrayList<>(BURST);
            for (int i = 0; i < BURST; i++) {
                Integer number = i;
                futures.add(pool.submit(() -> Tasks.increment(number)));
            }
            for (Future<Integer> future : futures) {
                future.get();
            }
            return BURST;
        });
    }

    static List<Double> ofMaps(Pool pool, int chunk) throws Exception {
        int items = chunk == 1 ? BURST : chunk * BURST / 10;
        List<Integer> numbers = IntStream.range(0, items).boxed().toList();
        long expected = (long) items * (items + 1) / 2;
        return again(() -> {
            if (pool.sumOfIncremented(numbers, chunk) != expected) {
                throw new AssertionError("the sum is another one");
            }
            return items;
        });
    }
}
