// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.FutureFixtures.inBackground;
import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.FutureFixtures.Background;
import concurrent.futures.FutureFixtures.Lockstep;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Plain fields, written before a step that publishes and read after one that sees it. What the memory model allows
 * beyond that shows on some processors only, what a compiler makes of it on all.
 */
class FutureMemoryModelTest {
    private static final int ROUNDS = 20_000;

    /** Two plain fields. */
    private static final class Plain {
        int first;
        int second;

        void write(int value) {
            first = value;
            second = value;
        }

        void expect(int value) {
            if (second != value || first != value) {
                throw new AssertionError("expected " + value + ", saw " + first + " and " + second);
            }
        }
    }

    private static final class Round {
        final Promise<Integer> promise = new Promise<>();
        final Plain plain = new Plain();
    }

    private interface Seeing {
        void see(Promise<Integer> promise) throws Exception;
    }

    /** One thread writes and completes, the other sees that and reads. */
    private static void handOver(Seeing seeing) throws Exception {
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            rounds.add(new Round());
        }
        Lockstep lockstep = new Lockstep(2);
        lockstep.run(
                () -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        Round round = rounds.get(i);
                        lockstep.await(i + 1);
                        round.plain.write(i + 1);
                        round.promise.setResult(i);
                    }
                },
                () -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        Round round = rounds.get(i);
                        lockstep.await(i + 1);
                        seeing.see(round.promise);
                        round.plain.expect(i + 1);
                    }
                });
    }

    @Test
    void beforeSetResult_happensBeforeWhoeverSeesTheResult() throws Exception {
        handOver(Promise::result);
    }

    @Test
    void beforeSetResult_happensBeforeWhoeverSeesIsDone() throws Exception {
        handOver(promise -> {
            while (!promise.isDone()) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void beforeSetResult_happensBeforeWhoeverSeesTheStatus() throws Exception {
        handOver(promise -> {
            while (promise.status() != Future.Status.FINISHED) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void beforeSetResult_happensBeforeACallback() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        handOver(promise -> {
            promise.addDoneCallback(done -> calls.incrementAndGet());
            promise.result();
        });
        FutureFixtures.soon().until(() -> calls.get() == ROUNDS);
    }

    @Test
    void beforeSetResult_happensBeforeWhoeverSeesTheBridgeDone() throws Exception {
        handOver(promise -> promise.toCompletableFuture().get());
    }

    @Test
    void beforeSubmit_happensBeforeTheTask_andTheTaskBeforeWhoeverSeesItDone() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            for (int i = 1; i <= ROUNDS; i++) {
                int number = i;
                Plain given = new Plain();
                Plain returned = new Plain();
                given.write(number);
                Future<?> future = executor.submit(() -> {
                    given.expect(number);
                    returned.write(number);
                });
                while (!future.isDone()) {
                    Thread.onSpinWait();
                }
                future.result();
                returned.expect(number);
            }
        }
    }

    /** Long enough for the compiler to take an interest in the loops. */
    @Test
    void queriesThatArePolledForLong_seeTheEnd() throws Exception {
        Promise<Integer> promise = new Promise<>();
        List<Background<Long>> pollers = new ArrayList<>();
        pollers.add(inBackground(() -> {
            long polls = 0;
            while (!promise.isDone()) {
                polls++;
            }
            return polls;
        }));
        pollers.add(inBackground(() -> {
            long polls = 0;
            while (promise.status() == Future.Status.PENDING) {
                polls++;
            }
            return polls;
        }));
        pollers.get(0).thread.join(150);
        promise.setResult(1);
        for (Background<Long> poller : pollers) {
            assertThat(poller.get()).isNotNegative();
        }
    }

    /** A future that is handed on through a plain field shows no state that it never had. */
    @Test
    void futureHandedOnThroughADataRace_isPendingOrLater() throws Exception {
        Promise<?>[] shared = new Promise<?>[1];
        Lockstep lockstep = new Lockstep(2);
        lockstep.run(
                () -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        lockstep.await(i + 1);
                        Promise<Integer> promise = new Promise<>();
                        shared[0] = promise;
                        promise.setResult(i);
                    }
                },
                () -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        lockstep.await(i + 1);
                        Promise<?> promise = shared[0];
                        if (promise != null && promise.status() != Future.Status.PENDING) {
                            assertThat(promise.isDone()).isTrue();
                        }
                    }
                });
    }
}
