// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tasks that wait for each other at random, in all kinds of ways and on several executors: without rings none hears of
 * a deadlock, with rings all end. To run it for longer: {@code -Dstress.seconds=600}. The seed repeats the graphs, not
 * what the scheduler makes of them.
 */
@Timeout(3600)
class WaitGraphStressTest {
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("stress.seconds", 4));
    private static final long SEED = Long.getLong("stress.seed", System.nanoTime());
    private static final Duration MUCH = Duration.ofSeconds(60);

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

    @Test
    void graphsWithoutRings_endAndNobodyHearsOfADeadlock() throws Exception {
        forAWhile(this::runWithoutRings);
    }

    @Test
    void graphsWithRings_end() throws Exception {
        forAWhile(this::runWithRings);
    }

    private interface Round {
        void run(List<BaseExecutor> executors, int size) throws Exception;
    }

    private void forAWhile(Round round) throws Exception {
        System.out.println("stress.seed=" + SEED + " stress.seconds=" + TIME.toSeconds());
        Deadline end = Deadline.after(TIME);
        int rounds = 0;
        while (!end.isOver()) {
            List<BaseExecutor> executors = executors();
            try {
                round.run(executors, random.nextInt(2, 200));
            } catch (Throwable thrown) {
                throw new AssertionError("round " + rounds + " of seed " + SEED + " on " + executors, thrown);
            } finally {
                executors.forEach(BaseExecutor::shutdownNow);
            }
            rounds++;
        }
        System.out.println(rounds + " rounds");
    }

    private List<BaseExecutor> executors() {
        List<BaseExecutor> executors = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int workers = random.nextInt(1, 5);
            executors.add(
                    switch (random.nextInt(4)) {
                        case 0 -> new VirtualThreadExecutor(workers);
                        case 1 -> new FreshThreadExecutor(workers);
                        case 2 ->
                            ThreadExecutor.builder()
                                    .maxWorkers(workers)
                                    .helpWhileWaiting(false)
                                    .build();
                        default -> new ThreadExecutor(workers);
                    });
        }
        return executors;
    }

    /** Every task waits for tasks with a higher number, in any of the ways; they are submitted in any order. */
    private void runWithoutRings(List<BaseExecutor> executors, int size) throws Exception {
        List<Promise<Future<Object>>> tasks = promises(size);
        List<Integer> order = shuffled(size);
        List<Future<Object>> all = new ArrayList<>();
        for (int number : order) {
            List<Promise<Future<Object>>> needed = someOf(tasks.subList(number + 1, size));
            int way = random.nextInt(WAYS);
            Future<Object> future = any(executors).submit(() -> {
                wait(way, futuresOf(needed));
                return number;
            });
            tasks.get(number).setResult(future);
            all.add(future);
        }
        assertAllEnd(all);
        for (Future<Object> future : all) {
            assertThat(future.exception()).isNull();
        }
    }

    /** Every task waits for any others, itself included. */
    private void runWithRings(List<BaseExecutor> executors, int size) throws Exception {
        List<Promise<Future<Object>>> tasks = promises(size);
        List<Future<Object>> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<Promise<Future<Object>>> needed = someOf(tasks);
            int way = random.nextInt(WAYS);
            Future<Object> future = any(executors).submit(() -> {
                wait(way, futuresOf(needed));
                return 0;
            });
            tasks.get(i).setResult(future);
            all.add(future);
        }
        assertAllEnd(all);
        for (Future<Object> future : all) {
            Throwable thrown = future.exception();
            while (thrown instanceof ExecutionException || thrown instanceof CompletionException) {
                thrown = thrown.getCause();
            }
            assertThat(thrown == null || thrown instanceof DeadlockException)
                    .as(String.valueOf(thrown))
                    .isTrue();
        }
    }

    private static void assertAllEnd(List<Future<Object>> all) throws InterruptedException {
        assertThat(Futures.await(all, MUCH, ReturnWhen.ALL_COMPLETED).notDone())
                .as(() -> "what has not ended" + Stacks.ofAllThreads())
                .isEmpty();
    }

    private static final int WAYS = 6;

    private static void wait(int way, List<Future<Object>> futures) throws Exception {
        if (futures.isEmpty()) {
            return;
        }
        switch (way) {
            case 0 -> {
                for (Future<Object> future : futures) {
                    future.result();
                }
            }
            case 1 -> Futures.await(futures);
            case 2 -> Futures.await(futures, ReturnWhen.FIRST_COMPLETED);
            case 3 -> Futures.asCompleted(futures).forEach(Future::join);
            case 4 -> Futures.await(futures, ReturnWhen.FIRST_EXCEPTION);
            default -> {
                try {
                    futures.get(0).result(Duration.ofMillis(1));
                } catch (TimeoutException e) {
                    futures.get(0).result();
                }
            }
        }
    }

    private static List<Future<Object>> futuresOf(List<Promise<Future<Object>>> promises) throws Exception {
        List<Future<Object>> futures = new ArrayList<>();
        for (Promise<Future<Object>> promise : promises) {
            futures.add(promise.result());
        }
        return futures;
    }

    private BaseExecutor any(List<BaseExecutor> executors) {
        return executors.get(random.nextInt(executors.size()));
    }

    private <E> List<E> someOf(List<E> all) {
        List<E> some = new ArrayList<>();
        for (int i = all.isEmpty() ? 0 : random.nextInt(4); i > 0; i--) {
            some.add(all.get(random.nextInt(all.size())));
        }
        return some;
    }

    private List<Integer> shuffled(int size) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            order.add(random.nextInt(order.size() + 1), i);
        }
        return order;
    }

    private static List<Promise<Future<Object>>> promises(int size) {
        List<Promise<Future<Object>>> promises = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            promises.add(new Promise<>());
        }
        return promises;
    }
}
