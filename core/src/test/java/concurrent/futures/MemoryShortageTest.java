// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** There is no memory now and then, wherever the library needs some; when there is again, everything goes on. */
@Timeout(120)
class MemoryShortageTest {
    private static final int SECONDS = 3;

    @ParameterizedTest
    @ValueSource(strings = {"threads", "short-lived threads", "bounded threads"})
    void executor_survivesShortages(String kind) throws Exception {
        ChildJvm.Result result = ChildJvm.of(Squeezed.class)
                .with("-Xmx24m")
                .with("-Dkind=" + kind)
                .run();
        assertThat(result.output()).contains("all done").contains("ended true");
        assertThat(result.exit()).as(result.output()).isZero();
    }

    static final class Squeezed {
        private static volatile boolean over;

        private static FutureExecutor executor() {
            return switch (System.getProperty("kind")) {
                case "threads" -> new ThreadExecutor(2);
                case "short-lived threads" ->
                    ThreadExecutor.builder()
                            .maxWorkers(2)
                            .keepAlive(Duration.ofMillis(1))
                            .build();
                default ->
                    ThreadExecutor.builder()
                            .maxWorkers(2)
                            .queueCapacity(4)
                            .whenFull(WhenFull.REJECT)
                            .build();
            };
        }

        public static void main(String[] args) throws Exception {
            java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.OFF);
            FutureExecutor executor = executor();
            List<Future<?>> futures = new ArrayList<>(200_000);
            // What is needed is loaded while there is memory.
            submit(executor, futures, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500));
            Futures.await(List.copyOf(futures));
            Thread squeezer = new Thread(Squeezed::squeeze);
            squeezer.start();
            submit(executor, futures, System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS));
            over = true;
            squeezer.join();
            for (Future<?> future : futures) {
                if (Futures.await(List.of(future), Duration.ofSeconds(10), ReturnWhen.ALL_COMPLETED)
                        .done()
                        .isEmpty()) {
                    System.out.println("not done: " + future + " of " + futures.size() + " in " + executor);
                    Runtime.getRuntime().halt(1);
                }
            }
            System.out.println(
                    "all done " + executor.submit(() -> futures.size()).result(Duration.ofSeconds(10)));
            executor.shutdown();
            System.out.println("ended " + executor.awaitTermination(10, TimeUnit.SECONDS));
            Runtime.getRuntime().halt(0);
        }

        private static void submit(FutureExecutor executor, List<Future<?>> futures, long end) {
            int number = 0;
            while (System.nanoTime() < end && futures.size() < 100_000) {
                try {
                    int each = number++;
                    Future<?> future = executor.submit(() -> each % 3 == 0 ? fail() : each);
                    futures.add(future);
                    if (each % 5 == 0) {
                        future.addDoneCallback(done -> {});
                    }
                    if (each % 8 == 0) {
                        Thread.sleep(0, 200_000);
                    }
                } catch (Throwable refused) {
                    // For lack of memory or of room.
                }
            }
        }

        private static Object fail() {
            throw new IllegalStateException();
        }

        /** Fills the heap to the last bytes for a moment, again and again. */
        private static void squeeze() {
            while (!over) {
                try {
                    Object[] all = fill(fill(fill(null, 4_000), 64), 0);
                    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(3);
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                    Reference.reachabilityFence(all);
                    all = null;
                    Thread.sleep(2);
                } catch (Throwable e) {
                    // For lack of memory.
                }
            }
        }

        private static Object[] fill(Object[] before, int size) {
            Object[] all = before;
            try {
                while (true) {
                    all = new Object[] {all, new byte[size]};
                }
            } catch (OutOfMemoryError e) {
                return all;
            }
        }
    }
}
