// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Futures;
import concurrent.futures.ThreadExecutor;
import concurrent.futures.VirtualThreadExecutor;
import java.io.FileNotFoundException;
import java.util.Random;

/** Something to look at: a crawler that goes wrong now and then. Its argument is a number of seconds. */
final class Demo {
    private static final long SEED = 7;
    private static final long HOSTILE_AFTER = 40_000_000_000L; // when the pictures have been taken
    private static final String[] NAMES = {"fetch page", "parse links", "resize image", "build index", "write report"};
    private static final int[] MILLIS = {60, 18, 110, 260, 500};
    private static final int[] CHANCES = {46, 30, 16, 6, 2}; // of a hundred

    private final Random random = new Random(SEED);

    private Demo() {}

    public static void main(String[] arguments) throws Exception {
        Futures.onUnseenFailure((message, exception) -> {}); // they are what is to be seen
        long end = System.nanoTime() + Long.parseLong(arguments[0]) * 1_000_000_000L;
        try (FutureExecutor threads = ThreadExecutor.builder()
                        .maxWorkers(8)
                        .threadNamePrefix("crawler")
                        .build();
                FutureExecutor virtual = VirtualThreadExecutor.builder()
                        .maxWorkers(12)
                        .threadNamePrefix("lookup")
                        .build();
                Monitor monitor = Monitor.start(threads, virtual)) {
            System.out.println(monitor.address());
            Demo demo = new Demo();
            threads.withName("upload backup").submit(() -> Thread.sleep(Long.MAX_VALUE));
            long later = System.nanoTime() + HOSTILE_AFTER;
            while (System.nanoTime() < end) {
                demo.submit(threads);
                if (later != 0 && System.nanoTime() > later) {
                    later = 0;
                    threads.withName("<img src=x onerror=alert(1)>").submit(() -> Thread.sleep(40));
                }
                if (demo.random.nextInt(3) == 0) {
                    int millis = 5 + demo.random.nextInt(90);
                    virtual.withName("look up name").submit(() -> Thread.sleep(millis));
                }
                double load = 1 + 0.7 * Math.sin(System.nanoTime() / 4e9);
                Thread.sleep(Math.max(1, (long) (9 / load)));
            }
            threads.shutdownNow();
            virtual.shutdownNow();
        }
    }

    private void submit(FutureExecutor executor) {
        int lot = random.nextInt(100);
        int kind = 0;
        for (int sum = CHANCES[0]; sum <= lot; sum += CHANCES[kind]) {
            kind++;
        }
        long millis = (long) (MILLIS[kind] * (0.4 + random.nextDouble() * 1.2));
        boolean fails = random.nextInt(40) == 0;
        int page = random.nextInt(1000);
        Future<?> future = executor.withName(NAMES[kind]).submit(() -> {
            Thread.sleep(millis);
            if (fails) {
                throw new FileNotFoundException("https://example.org/page/" + page + " has moved");
            }
        });
        if (random.nextInt(60) == 0) {
            executor.withName("give up").submit(() -> {
                Thread.sleep(25);
                return future.cancel(true);
            });
        }
    }
}
