// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.ManyFutures.promises;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.ManyFutures.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Several threads take from one {@code AsCompleted}. */
class AsCompletedConsumersTest {
    private static final int THREADS = 4;

    private static List<Background<Void>> completers(List<Promise<Integer>> promises) {
        List<Background<Void>> completers = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int begin = t;
            completers.add(Background.start(() -> {
                for (int i = begin; i < promises.size(); i += THREADS) {
                    promises.get(i).setResult(i);
                }
                return null;
            }));
        }
        return completers;
    }

    private static void assertEachOnce(
            Iterable<? extends Future<Integer>> given, List<? extends Future<Integer>> expected) {
        Set<Future<Integer>> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        int count = 0;
        for (Future<Integer> future : given) {
            distinct.add(future);
            count++;
        }
        assertThat(count).isEqualTo(expected.size());
        assertThat(distinct).hasSize(expected.size());
    }

    @Test
    void asCompleted_aHundredThousandFuturesCompletedByFourThreads_givesOutEachOnce() throws Exception {
        List<Promise<Integer>> promises = promises(100_000);
        AsCompleted<Integer> completed = Futures.asCompleted(promises);
        List<Background<Void>> completers = completers(promises);
        List<Future<Integer>> given = new ArrayList<>();
        for (Future<Integer> future : completed) {
            given.add(future);
        }
        assertEachOnce(given, promises);
        int[] lastOfThread = {-1, -1, -1, -1};
        for (Future<Integer> future : given) {
            int value = future.resultNow();
            assertThat(value).as("in completion order").isGreaterThan(lastOfThread[value % THREADS]);
            lastOfThread[value % THREADS] = value;
        }
        for (Background<Void> completer : completers) {
            completer.get();
        }
    }

    @Test
    void asCompleted_severalConsumers_giveOutEachFutureOnceAndNoneHangs() throws Exception {
        for (int round = 0; round < 20; round++) {
            List<Promise<Integer>> promises = promises(2_000);
            AsCompleted<Integer> completed = Futures.asCompleted(promises);
            ConcurrentLinkedQueue<Future<Integer>> given = new ConcurrentLinkedQueue<>();
            List<Background<Void>> consumers = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                boolean polls = t % 2 == 0;
                consumers.add(Background.start(() -> consume(completed, polls, given)));
            }
            List<Background<Void>> completers = completers(promises);
            for (Background<Void> each : completers) {
                each.get();
            }
            for (Background<Void> each : consumers) {
                each.get();
            }
            assertEachOnce(given, promises);
        }
    }

    private static Void consume(
            AsCompleted<Integer> completed, boolean polls, ConcurrentLinkedQueue<Future<Integer>> given)
            throws Exception {
        try {
            while (true) {
                Future<Integer> future = polls ? completed.poll(Duration.ofNanos(50_000)) : completed.take();
                if (future != null) {
                    given.add(future);
                } else if (!completed.hasMore()) {
                    return null;
                }
            }
        } catch (NoSuchElementException exhausted) {
            return null;
        }
    }

    @Test
    void asCompleted_moreConsumersThanFutures_releasesThoseThatGetNone() throws Exception {
        Promise<Integer> promise = new Promise<>();
        AsCompleted<Integer> completed = Futures.asCompleted(List.of(promise));
        List<Background<Future<Integer>>> polling = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            polling.add(Background.start(() -> completed.poll(ManyFutures.LONG)));
        }
        for (Background<Future<Integer>> each : polling) {
            each.awaitParked();
        }
        promise.setResult(1);
        List<Future<Integer>> given = new ArrayList<>();
        for (Background<Future<Integer>> each : polling) {
            given.add(each.get());
        }
        assertThat(given).containsExactlyInAnyOrder(promise, null, null, null);
    }

    @Test
    void take_moreConsumersThanFutures_throwsForThoseThatGetNone() throws Exception {
        Promise<Integer> promise = new Promise<>();
        AsCompleted<Integer> completed = Futures.asCompleted(List.of(promise));
        Background<Boolean> one = Background.start(() -> takesOne(completed));
        Background<Boolean> other = Background.start(() -> takesOne(completed));
        one.awaitParked();
        other.awaitParked();
        promise.setResult(1);
        assertThat(one.get()).isNotEqualTo(other.get());
    }

    private static boolean takesOne(AsCompleted<Integer> completed) throws Exception {
        try {
            completed.take();
            return true;
        } catch (NoSuchElementException exhausted) {
            return false;
        }
    }

    /** The interrupt and the wake-up race for one consumer; the other must hear of the future if the first does not. */
    @Test
    void take_consumerInterruptedWhileItIsWoken_passesTheWakeUpOn() throws Exception {
        for (int round = 0; round < 700; round++) {
            List<Promise<Integer>> promises = promises(2);
            AsCompleted<Integer> completed = Futures.asCompleted(promises);
            AtomicBoolean interrupted = new AtomicBoolean();
            CyclicBarrier barrier = new CyclicBarrier(2);
            Background<Future<Integer>> first = Background.start(() -> {
                try {
                    return completed.take();
                } catch (InterruptedException e) {
                    interrupted.set(true);
                    return null;
                }
            });
            first.awaitParked();
            Background<Future<Integer>> second = Background.start(completed::take);
            second.awaitParked();
            Background<Void> completing = Background.start(() -> {
                barrier.await();
                promises.get(0).setResult(1);
                return null;
            });
            barrier.await();
            first.thread.interrupt();
            Future<Integer> taken = first.get();
            completing.get();
            if (interrupted.get()) {
                assertThat(second.get()).isSameAs(promises.get(0));
                promises.get(1).setResult(2);
                assertThat(completed.take()).isSameAs(promises.get(1));
            } else {
                assertThat(taken).isSameAs(promises.get(0));
                promises.get(1).setResult(2);
                assertThat(second.get()).isSameAs(promises.get(1));
            }
        }
    }

    /** The future is completed between the consumer's last look and the moment at which others see that it waits. */
    @Test
    void take_completedWhileTheConsumerGoesToSleep_isNotMissed() throws Exception {
        long seed = System.nanoTime();
        AsCompleted<Integer> completed = Futures.asCompleted(List.of());
        AtomicReference<Promise<Integer>> next = new AtomicReference<>();
        AtomicBoolean ended = new AtomicBoolean();
        Background<Void> completing = Background.start(() -> completeSoon(next, ended, new Random(seed)));
        long end = System.nanoTime() + Duration.ofMillis(1_500).toNanos();
        while (System.nanoTime() - end < 0) {
            Promise<Integer> promise = new Promise<>();
            completed.add(promise);
            next.set(promise);
            assertThat(completed.take()).as("seed %s", seed).isSameAs(promise);
        }
        ended.set(true);
        completing.get();
    }

    /** Completes each promise some microseconds after it is there, when its consumer has looked for a while. */
    private static Void completeSoon(AtomicReference<Promise<Integer>> next, AtomicBoolean ended, Random random) {
        while (!ended.get()) {
            Promise<Integer> promise = next.getAndSet(null);
            if (promise == null) {
                Thread.yield();
                continue;
            }
            long end = System.nanoTime() + random.nextInt(30_000);
            while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
            promise.setResult(1);
        }
        return null;
    }

    @Test
    void poll_consumerTimesOutWhileItIsWoken_losesNoFuture() throws Exception {
        int futures = 3_000;
        List<Promise<Integer>> promises = promises(futures);
        AsCompleted<Integer> completed = Futures.asCompleted(promises);
        ConcurrentLinkedQueue<Future<Integer>> given = new ConcurrentLinkedQueue<>();
        Background<Void> polling = Background.start(() -> {
            while (completed.hasMore()) {
                Future<Integer> future = completed.poll(Duration.ofNanos(1_000));
                if (future != null) {
                    given.add(future);
                }
            }
            return null;
        });
        Background<Void> taking = Background.start(() -> consume(completed, false, given));
        for (Promise<Integer> promise : promises) {
            promise.setResult(1);
            Thread.yield();
        }
        polling.get();
        taking.get();
        assertEachOnce(given, promises);
    }

    @Test
    void add_severalThreadsAddWhileOthersTake_givesOutEachOnce() throws Exception {
        int perThread = 5_000;
        AsCompleted<Integer> completed = Futures.asCompleted(List.of());
        Promise<Integer> last = new Promise<>();
        completed.add(last);
        ConcurrentLinkedQueue<Future<Integer>> given = new ConcurrentLinkedQueue<>();
        List<Promise<Integer>> all = promises(2 * perThread);
        List<Background<Void>> consumers = List.of(
                Background.start(() -> consume(completed, false, given)),
                Background.start(() -> consume(completed, true, given)));
        List<Background<Void>> adders = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
            List<Promise<Integer>> mine = all.subList(t * perThread, (t + 1) * perThread);
            adders.add(Background.start(() -> {
                for (int i = 0; i < mine.size(); i++) {
                    Promise<Integer> promise = mine.get(i);
                    if (i % 2 == 0) {
                        promise.setResult(i);
                    }
                    completed.add(promise);
                    promise.trySetResult(i);
                }
                return null;
            }));
        }
        for (Background<Void> adder : adders) {
            adder.get();
        }
        last.setResult(0);
        for (Background<Void> consumer : consumers) {
            consumer.get();
        }
        List<Promise<Integer>> expected = new ArrayList<>(all);
        expected.add(last);
        assertEachOnce(given, expected);
    }

    @Test
    void next_anotherConsumerHasTakenTheLast_throwsNoSuchElement() throws Exception {
        AsCompleted<Integer> completed = Futures.asCompleted(List.of(Futures.completed(1)));
        var futures = completed.iterator();
        assertThat(futures.hasNext()).isTrue();
        completed.take();
        assertThatThrownBy(futures::next).isInstanceOf(NoSuchElementException.class);
    }

    /** A stream cannot take back that there are more: it has to end when another consumer was faster. */
    @Test
    void stream_anotherConsumerTakesTheLast_endsWithoutAnException() throws Exception {
        List<Promise<Integer>> promises = promises(2);
        AsCompleted<Integer> completed = Futures.asCompleted(promises);
        Background<List<Future<Integer>>> one =
                Background.start(() -> completed.stream().toList());
        Background<List<Future<Integer>>> other =
                Background.start(() -> completed.stream().toList());
        one.awaitParked();
        other.awaitParked();
        promises.get(0).setResult(0);
        promises.get(1).setResult(1);
        List<Future<Integer>> given = new ArrayList<>(one.get());
        given.addAll(other.get());
        assertThat(given).containsExactlyInAnyOrderElementsOf(promises);
    }
}
