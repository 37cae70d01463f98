// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.processes;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** How many milliseconds things take. */
final class Times {
    private static final int ECHOES = 50;
    private static final int STARTS = 3;
    private static final int MEGABYTE = 1 << 20;
    private static final int INTS = 1000;

    private Times() {}

    static double millisSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    static List<Double> ofEchoedBytes(Pool pool) throws Exception {
        byte[] bytes = new byte[MEGABYTE];
        new Random(1).nextBytes(bytes);
        return ofEchoes(() -> pool.submit(() -> Tasks.echo(bytes)).get().length == MEGABYTE);
    }

    static List<Double> ofEchoedInts(Pool pool) throws Exception {
        List<Integer> ints = new ArrayList<>(IntStream.range(0, INTS).boxed().toList());
        return ofEchoes(() -> pool.submit(() -> Tasks.echo(ints)).get().size() == INTS);
    }

    private static List<Double> ofEchoes(Callable<Boolean> echo) throws Exception {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < ECHOES; i++) {
            long begin = System.nanoTime();
            if (!echo.call()) {
                throw new AssertionError("another echo");
            }
            times.add(millisSince(begin));
        }
        return times;
    }

    static List<Double> ofFirstResults(Callable<Pool> opening) throws Exception {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            long begin = System.nanoTime();
            try (Pool pool = opening.call()) {
                pool.submit(Tasks::one).get();
                times.add(millisSince(begin));
            }
        }
        return times;
    }
}
