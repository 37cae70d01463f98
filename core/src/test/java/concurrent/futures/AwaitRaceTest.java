// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.ManyFutures.promises;
import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.ManyFutures.Background;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Completion against registration. The interleavings wanted: a future is completed between the look at its state and
 * the registration of the waiter, between two registrations, and between the wake-up and the removal of the rest.
 */
class AwaitRaceTest {
    private static final int ROUNDS = 4_000;

    @ParameterizedTest
    @EnumSource
    void await_completedWhileRegistering_isNeverMissed(ReturnWhen returnWhen) throws Exception {
        long seed = System.nanoTime();
        List<List<Promise<Integer>>> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            rounds.add(promises(4));
        }
        CyclicBarrier barrier = new CyclicBarrier(3);
        Background<Void> first = Background.start(() -> complete(rounds, 0, barrier, new Random(seed)));
        Background<Void> second = Background.start(() -> complete(rounds, 2, barrier, new Random(seed + 1)));
        for (List<Promise<Integer>> promises : rounds) {
            barrier.await();
            DoneAndNotDone<Integer> split = Futures.await(promises, returnWhen);
            boolean failed = split.done().stream().anyMatch(done -> done.word() instanceof Failed);
            boolean enough = switch (returnWhen) {
                case FIRST_COMPLETED -> !split.done().isEmpty();
                case FIRST_EXCEPTION -> failed || split.notDone().isEmpty();
                case ALL_COMPLETED -> split.notDone().isEmpty();
            };
            assertThat(enough).as("%s, seed %s", returnWhen, seed).isTrue();
            assertThat(split.done().size() + split.notDone().size()).isEqualTo(4);
        }
        first.get();
        second.get();
        rounds.forEach(ManyFutures::assertBare);
    }

    private static Void complete(List<List<Promise<Integer>>> rounds, int from, CyclicBarrier barrier, Random random)
            throws Exception {
        for (List<Promise<Integer>> promises : rounds) {
            boolean backwards = random.nextBoolean();
            boolean fail = random.nextInt(4) == 0;
            barrier.await();
            for (int i = 0; i < 2; i++) {
                Promise<Integer> promise = promises.get(backwards ? from + 1 - i : from + i);
                if (fail && i == 1) {
                    promise.setException(new IllegalStateException());
                } else {
                    promise.setResult(1);
                }
            }
        }
        return null;
    }

    /** bpo-14406: two futures completed at the same moment must both count. */
    @Test
    void allCompleted_completedByManyThreadsAtTheSameTime_countsEach() throws Exception {
        int threads = 4;
        for (int round = 0; round < 20; round++) {
            List<Promise<Integer>> promises = promises(20_000);
            Background<DoneAndNotDone<Integer>> waiting = Background.start(() -> Futures.<Integer>await(promises));
            waiting.awaitParked();
            CyclicBarrier barrier = new CyclicBarrier(threads);
            List<Background<Void>> completers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int begin = t;
                completers.add(Background.start(() -> {
                    barrier.await();
                    for (int i = begin; i < promises.size(); i += threads) {
                        promises.get(i).setResult(i);
                    }
                    return null;
                }));
            }
            for (Background<Void> completer : completers) {
                completer.get();
            }
            assertThat(waiting.get().notDone()).isEmpty();
        }
    }

    @Test
    void listeners_registeredByManyThreadsAtTheSameTime_areAllTold() throws Exception {
        int threads = 4;
        int perThread = 50_000;
        Promise<Integer> promise = new Promise<>();
        LongAdder told = new LongAdder();
        CyclicBarrier barrier = new CyclicBarrier(threads);
        List<Background<Void>> registering = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            registering.add(Background.start(() -> {
                barrier.await();
                for (int i = 0; i < perThread; i++) {
                    promise.listen(new Counting(told));
                }
                return null;
            }));
        }
        // Somewhere in the middle of it: those that come later are told at once.
        ManyFutures.eventually().until(() -> promise.word() instanceof Listening);
        promise.setResult(1);
        for (Background<Void> each : registering) {
            each.get();
        }
        assertThat(told.sum()).isEqualTo((long) threads * perThread);
    }

    private static final class Counting extends Listener {
        private final LongAdder told;

        Counting(LongAdder told) {
            this.told = told;
        }

        @Override
        void done(Future<?> future) {
            told.increment();
        }
    }

    @Test
    void await_interruptedAndCompletedAtTheSameTime_doesOneOrTheOther() throws Exception {
        for (int round = 0; round < 1_000; round++) {
            Promise<Integer> promise = new Promise<>();
            Promise<Integer> never = new Promise<>();
            CyclicBarrier barrier = new CyclicBarrier(2);
            Background<Boolean> waiting = Background.start(() -> {
                try {
                    barrier.await();
                    return Futures.await(List.of(never, promise), ReturnWhen.FIRST_COMPLETED)
                            .done()
                            .contains(promise);
                } catch (InterruptedException e) {
                    return true;
                }
            });
            barrier.await();
            waiting.thread.interrupt();
            promise.setResult(1);
            assertThat(waiting.get()).isTrue();
            assertThat(ManyFutures.isBare(never)).isTrue();
        }
    }
}
