// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.FutureFixtures.listeners;
import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.FutureFixtures.Lockstep;
import concurrent.futures.FutureFixtures.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Listeners that come and go while the future changes its state: none is lost, none is told twice. */
class FutureListenersRaceTest {
    /** The rounds of each race go through arrays of this size, so that what is checked does not slow down the race. */
    private static final int BATCH = 1_000;

    private static final int BATCHES = 200;

    private interface Move {
        void make(Promise<String> promise, int round);
    }

    private interface Verdict {
        void check(Promise<String> promise, int round);
    }

    private static void race(int batches, Verdict verdict, Move... moves) throws Exception {
        List<Promise<String>> promises = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            promises.add(null);
        }
        Lockstep lockstep = new Lockstep(moves.length);
        FutureFixtures.Body[] bodies = new FutureFixtures.Body[moves.length];
        for (int party = 0; party < moves.length; party++) {
            int number = party;
            bodies[party] = () -> {
                int turn = 0;
                for (int batch = 0; batch < batches; batch++) {
                    if (number == 0) {
                        promises.replaceAll(old -> new Promise<>());
                    }
                    lockstep.await(++turn);
                    for (int round = 0; round < BATCH; round++) {
                        lockstep.await(++turn);
                        moves[number].make(promises.get(round), round);
                    }
                    lockstep.await(++turn);
                    if (number == 0) {
                        for (int round = 0; round < BATCH; round++) {
                            verdict.check(promises.get(round), round);
                        }
                    }
                }
            };
        }
        lockstep.run(bodies);
    }

    private static Probe[] fresh() {
        Probe[] probes = new Probe[BATCH];
        for (int i = 0; i < BATCH; i++) {
            probes[i] = new Probe();
        }
        return probes;
    }

    private static void expect(Probe probe, int times, int round) {
        // Not assertThat for each of some hundred thousand rounds.
        if (probe.told.getAndSet(0) != times) {
            throw new AssertionError("round " + round + ": told not " + times + " times");
        }
    }

    /** One adds a listener at the moment at which another completes the future. */
    @Test
    void adding_racingWithCompleting() throws Exception {
        Probe[] probes = fresh();
        race(
                BATCHES + 50,
                (promise, round) -> expect(probes[round], 1, round),
                (promise, round) -> promise.listen(probes[round]),
                (promise, round) -> promise.setResult("value"));
    }

    /** The same with a future that has listeners and is being run. */
    @Test
    void adding_racingWithCompleting_onTopOfOthers() throws Exception {
        Probe[] below = fresh();
        Probe[] probes = fresh();
        race(
                50,
                (promise, round) -> {
                    expect(below[round], 1, round);
                    expect(probes[round], 1, round);
                },
                (promise, round) -> {
                    promise.listen(below[round]);
                    promise.listen(probes[round]);
                },
                (promise, round) -> {
                    promise.setRunningOrNotifyCancel();
                    promise.setResult("value");
                });
    }

    /** One adds a listener at the moment at which another says that the work begins, and cancels it. */
    @Test
    void adding_racingWithRunningAndCancelling() throws Exception {
        Probe[] probes = fresh();
        race(
                50,
                (promise, round) -> expect(probes[round], 1, round),
                (promise, round) -> promise.listen(probes[round]),
                (promise, round) -> {
                    promise.setRunningOrNotifyCancel();
                    promise.cancel(round % 2 == 0);
                });
    }

    /** Two add a listener each at the same moment. */
    @Test
    void adding_racingWithAdding() throws Exception {
        Probe[] left = fresh();
        Probe[] right = fresh();
        race(
                100,
                (promise, round) -> {
                    promise.setResult("value");
                    expect(left[round], 1, round);
                    expect(right[round], 1, round);
                },
                (promise, round) -> promise.listen(left[round]),
                (promise, round) -> promise.listen(right[round]));
    }

    /** One removes its listener at the moment at which another adds one; only that one is left. */
    @Test
    void removing_racingWithAdding() throws Exception {
        Probe[] right = fresh();
        AtomicInteger told = new AtomicInteger();
        race(
                100,
                (promise, round) -> {
                    promise.setResult("value");
                    expect(right[round], 1, round);
                },
                (promise, round) -> {
                    Probe passing = new Probe() {
                        @Override
                        void done(Future<?> future) {
                            told.incrementAndGet();
                        }
                    };
                    promise.listen(passing);
                    promise.unlisten(passing);
                },
                (promise, round) -> promise.listen(right[round]));
        assertThat(told).hasValue(0);
    }

    /** Two remove their listeners at the same moment; nothing may be left. */
    @Test
    void removing_racingWithRemoving() throws Exception {
        race(
                100,
                (promise, round) -> {
                    if (promise.word() != Pending.PENDING) {
                        throw new AssertionError("round " + round + ": " + listeners(promise) + " left");
                    }
                },
                (promise, round) -> passThrough(promise),
                (promise, round) -> passThrough(promise));
    }

    private static void passThrough(Promise<String> promise) {
        Probe probe = new Probe();
        promise.listen(probe);
        promise.unlisten(probe);
    }

    /** One removes its listener at the moment at which another completes the future: it is told once or not at all. */
    @Test
    void removing_racingWithCompleting() throws Exception {
        Probe[] staying = fresh();
        Probe[] told = new Probe[BATCH];
        race(
                100,
                (promise, round) -> {
                    expect(staying[round], 1, round);
                    if (told[round].told.get() > 1) {
                        throw new AssertionError("round " + round + ": told twice");
                    }
                },
                (promise, round) -> {
                    Probe passing = told[round] = new Probe();
                    promise.listen(staying[round]);
                    promise.listen(passing);
                    promise.unlisten(passing);
                },
                (promise, round) -> promise.setResult("value"));
    }

    /**
     * Two threads add more listeners than a sweep waits for, and remove most of them again in any order: those that
     * stay are told once, in the order of the thread that added them.
     */
    @Test
    void sweeping_racingWithEverything() throws Exception {
        long seed = System.nanoTime();
        System.out.println("sweeping_racingWithEverything: seed " + seed);
        int rounds = 1_500;
        int each = 150;
        Lockstep lockstep = new Lockstep(2);
        List<Promise<String>> promises = new ArrayList<>();
        List<List<Integer>> told = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            promises.add(new Promise<>());
            told.add(Collections.synchronizedList(new ArrayList<>()));
        }
        List<List<Integer>> left = new ArrayList<>();
        List<List<Integer>> right = new ArrayList<>();
        lockstep.run(
                () -> {
                    Random random = new Random(seed);
                    for (int i = 0; i < rounds; i++) {
                        lockstep.await(i + 1);
                        left.add(comeAndGo(promises.get(i), told.get(i), 1, each, random));
                    }
                },
                () -> {
                    Random random = new Random(seed + 1);
                    for (int i = 0; i < rounds; i++) {
                        lockstep.await(i + 1);
                        right.add(comeAndGo(promises.get(i), told.get(i), -1, each, random));
                    }
                });
        for (int i = 0; i < rounds; i++) {
            assertThat(told.get(i)).isEmpty();
            promises.get(i).setResult("value");
            List<Integer> heard = told.get(i);
            assertThat(heard.stream().filter(number -> number > 0).toList()).isEqualTo(left.get(i));
            assertThat(heard.stream().filter(number -> number < 0).toList()).isEqualTo(right.get(i));
        }
    }

    /** Adds numbered listeners, removes many, and says which have stayed. */
    private static List<Integer> comeAndGo(
            Promise<String> promise, List<Integer> heard, int sign, int count, Random random) {
        List<Integer> staying = new ArrayList<>();
        List<Probe> passing = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            int number = sign * i;
            Probe probe = new Probe() {
                @Override
                void done(Future<?> future) {
                    heard.add(number);
                }
            };
            promise.listen(probe);
            if (random.nextInt(8) == 0) {
                staying.add(number);
            } else {
                passing.add(probe);
            }
            if (passing.size() > 20) {
                Collections.shuffle(passing, random);
                List<Probe> some = passing.subList(0, 15);
                some.forEach(promise::unlisten);
                some.clear();
            }
        }
        passing.forEach(promise::unlisten);
        return staying;
    }

    /** Listeners come and go on one never-ending future from two threads for a long time: a handful is all there is. */
    @Test
    void comingAndGoing_fromTwoThreads_keepsTheStackSmall() throws Exception {
        Promise<String> promise = new Promise<>();
        Lockstep lockstep = new Lockstep(2);
        FutureFixtures.Body body = () -> {
            lockstep.await(1);
            Probe previous = new Probe();
            promise.listen(previous);
            for (int i = 0; i < 200_000; i++) {
                Probe next = new Probe();
                promise.listen(next);
                promise.unlisten(previous);
                previous = next;
                if (i % 100 == 0) {
                    assertThat(listeners(promise)).isLessThanOrEqualTo(64);
                }
            }
            promise.unlisten(previous);
        };
        lockstep.run(body, body);

        assertThat(promise.word()).isSameAs(Pending.PENDING);
    }

    /** A wait whose time is over at about the moment at which the future is done ends in one way or the other. */
    @Test
    void timedResult_racingWithCompleting_returnsOrTimesOut() throws Exception {
        long seed = System.nanoTime();
        System.out.println("timedResult_racingWithCompleting_returnsOrTimesOut: seed " + seed);
        int rounds = 5_000;
        AtomicInteger returned = new AtomicInteger();
        AtomicInteger timedOut = new AtomicInteger();
        List<Promise<Integer>> promises = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            promises.add(new Promise<>());
        }
        Lockstep lockstep = new Lockstep(2);
        lockstep.run(
                () -> {
                    Random random = new Random(seed);
                    for (int i = 0; i < rounds; i++) {
                        lockstep.await(i + 1);
                        try {
                            int value = promises.get(i).result(Duration.ofNanos(random.nextInt(100_000)));
                            assertThat(value).isEqualTo(i);
                            returned.incrementAndGet();
                        } catch (TimeoutException e) {
                            timedOut.incrementAndGet();
                        }
                    }
                },
                () -> {
                    Random random = new Random(seed + 1);
                    for (int i = 0; i < rounds; i++) {
                        lockstep.await(i + 1);
                        for (int spins = random.nextInt(2_000); spins > 0; spins--) {
                            Thread.onSpinWait();
                        }
                        promises.get(i).setResult(i);
                    }
                });
        assertThat(returned.get() + timedOut.get()).isEqualTo(rounds);
        assertThat(returned.get()).isPositive();
    }

    /** A wait without end that begins at about the moment at which the future is done always ends. */
    @Test
    void result_racingWithCompleting_alwaysReturns() throws Exception {
        int rounds = 20_000;
        List<Promise<Integer>> promises = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            promises.add(new Promise<>());
        }
        Lockstep lockstep = new Lockstep(2);
        lockstep.run(
                () -> {
                    for (int i = 0; i < rounds; i++) {
                        lockstep.await(i + 1);
                        assertThat(promises.get(i).result() == i).isTrue();
                    }
                },
                () -> {
                    for (int i = 0; i < rounds; i++) {
                        lockstep.await(i + 1);
                        promises.get(i).setResult(i);
                    }
                });
    }
}
