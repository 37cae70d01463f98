// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.FutureFixtures.awaitDeaf;
import static concurrent.futures.FutureFixtures.inBackground;
import static concurrent.futures.FutureFixtures.opens;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.FutureFixtures.Background;
import concurrent.futures.FutureFixtures.Shelf;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A thread that runs a second task inline: whose interrupt is whose. */
class FutureNestedFramesTest {
    private final ThreadExecutor outers = new ThreadExecutor(1);
    private final Shelf inners = new Shelf();
    private final CountDownLatch innerRuns = new CountDownLatch(1);
    private final CountDownLatch innerGate = new CountDownLatch(1);
    private final AtomicReference<String> innerSaw = new AtomicReference<>("nothing");
    private final AtomicReference<String> outerSaw = new AtomicReference<>("nothing");

    @AfterEach
    void close() {
        innerGate.countDown();
        Thread.interrupted();
        outers.close();
    }

    private static String status() {
        return Thread.currentThread().isInterrupted() ? "interrupted" : "calm";
    }

    /** Waits until the gate opens or an interrupt comes. */
    private static String wait(CountDownLatch gate) {
        try {
            gate.await();
            return status();
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }

    private WorkItem<Integer> inner() {
        return inners.item(() -> {
            innerRuns.countDown();
            innerSaw.set(wait(innerGate));
            return 1;
        });
    }

    private WorkItem<Integer> deafInner() {
        return inners.item(() -> {
            innerRuns.countDown();
            awaitDeaf(innerGate);
            innerSaw.set(status());
            return 1;
        });
    }

    /** A full executor, whose next task is run by whoever submits it. */
    private final class Full implements AutoCloseable {
        final CountDownLatch gate = new CountDownLatch(1);
        final ThreadExecutor executor = ThreadExecutor.builder()
                .maxWorkers(1)
                .queueCapacity(1)
                .whenFull(WhenFull.CALLER_RUNS)
                .build();

        Full() throws InterruptedException {
            CountDownLatch running = new CountDownLatch(1);
            executor.submit(() -> {
                running.countDown();
                awaitDeaf(gate);
            });
            opens(running);
            executor.submit(() -> {});
        }

        @Override
        public void close() {
            gate.countDown();
            executor.close();
        }
    }

    /* ---------------- A plain thread that runs a task ---------------- */

    @Test
    void callerRuns_runsOnTheCaller_andItsFutureIsDone() throws Exception {
        try (Full full = new Full()) {
            Future<Thread> future = full.executor.submit(Thread::currentThread);
            assertThat(future.isDone()).isTrue();
            assertThat(future.result()).isSameAs(Thread.currentThread());
        }
    }

    @Test
    void callerRuns_exceptionOfTheTask_goesToItsFutureAndNotToTheCaller() throws Exception {
        try (Full full = new Full()) {
            AssertionError error = new AssertionError("boom");
            Future<Object> future = full.executor.submit(() -> {
                throw error;
            });
            assertThat(future.exception()).isSameAs(error);
        }
    }

    @Test
    void callerRuns_interruptedCaller_comesOutInterrupted_andTheTaskDoesNotSeeIt() throws Exception {
        try (Full full = new Full()) {
            Thread.currentThread().interrupt();
            Future<String> future = full.executor.submit(FutureNestedFramesTest::status);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(future.result()).isEqualTo("calm");
        }
    }

    @Test
    void callerRuns_calmCaller_comesOutCalm() throws Exception {
        try (Full full = new Full()) {
            Future<String> future = full.executor.submit(FutureNestedFramesTest::status);
            assertThat(Thread.interrupted()).isFalse();
            assertThat(future.result()).isEqualTo("calm");
        }
    }

    @Test
    void callerRuns_failingTask_restoresTheStatusAsWell() throws Exception {
        try (Full full = new Full()) {
            Thread.currentThread().interrupt();
            full.executor.submit(() -> {
                throw new AssertionError("boom");
            });
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void callerRuns_taskThatSwallowsAnInterruptOfItsOwn_leavesTheCallersAlone() throws Exception {
        try (Full full = new Full()) {
            Thread.currentThread().interrupt();
            full.executor.submit(() -> {
                Thread.currentThread().interrupt();
                return Thread.interrupted();
            });
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void cancelTrue_ofATaskThatACallerRuns_interruptsTheTaskAndNotTheCaller() throws Exception {
        WorkItem<Integer> inner = inner();
        Background<String> caller = inBackground(() -> {
            inner.run();
            return status();
        });
        opens(innerRuns);
        assertThat(inner.cancel(true)).isTrue();

        assertThat(caller.get()).isEqualTo("calm");
        assertThat(innerSaw).hasValue("interrupted");
    }

    @Test
    void cancelTrue_ofATaskThatDoesNotListen_doesNotReachTheCallerEither() throws Exception {
        WorkItem<Integer> inner = inners.item(() -> {
            innerRuns.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return 1;
        });
        Background<String> caller = inBackground(() -> {
            inner.run();
            return status();
        });
        opens(innerRuns);
        inner.cancel(true);

        assertThat(caller.get()).isEqualTo("calm");
    }

    @Test
    void cancelTrue_ofATaskThatAnInterruptedCallerRuns_leavesTheCallerInterrupted() throws Exception {
        WorkItem<Integer> inner = inner();
        Background<String> caller = inBackground(() -> {
            Thread.currentThread().interrupt();
            inner.run();
            return status();
        });
        opens(innerRuns);
        inner.cancel(true);

        assertThat(caller.get()).isEqualTo("interrupted");
        assertThat(innerSaw).hasValue("interrupted");
    }

    @Test
    void interruptFromElsewhere_thatTheTaskDoesNotConsume_isKeptForTheCaller() throws Exception {
        WorkItem<Integer> inner = inners.item(() -> {
            innerRuns.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return 1;
        });
        Background<String> caller = inBackground(() -> {
            inner.run();
            return status();
        });
        opens(innerRuns);
        caller.thread.interrupt();

        assertThat(caller.get()).isEqualTo("interrupted");
        assertThat(inner.result()).isEqualTo(1);
    }

    /* ---------------- A worker of another executor that runs a task ---------------- */

    /** A task that runs the inner one, waits for nothing else, and says what it then sees. */
    private Future<String> outer(WorkItem<?> inner) {
        return outers.submit(() -> {
            inner.run();
            outerSaw.set(status());
            return "value";
        });
    }

    private void awaitNextTask() throws Exception {
        assertThat(outers.submit(FutureNestedFramesTest::status).result())
                .as("what the next task of the worker sees")
                .isEqualTo("calm");
    }

    @Test
    void cancelTrue_ofTheOuter_isDeliveredWhenTheInnerFrameIsLeft() throws Exception {
        WorkItem<Integer> inner = inner();
        Future<String> outer = outer(inner);
        opens(innerRuns);

        assertThat(outer.cancel(true)).isTrue();
        assertThat(outer.isDone()).isTrue();
        assertThatThrownBy(outer::result).isExactlyInstanceOf(CancellationException.class);
        assertThat(inner.isRunning()).isTrue();
        innerGate.countDown();

        assertThat(inner.result()).isEqualTo(1);
        awaitNextTask();
        assertThat(innerSaw).hasValue("calm");
        assertThat(outerSaw).hasValue("interrupted");
    }

    @Test
    void cancelTrue_ofTheOuter_endsItsNextWaitAfterTheInnerFrame() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        WorkItem<Integer> inner = inner();
        Future<?> outer = outers.submit(() -> {
            inner.run();
            outerSaw.set(wait(never));
        });
        opens(innerRuns);
        outer.cancel(true);
        innerGate.countDown();

        awaitNextTask();
        assertThat(outerSaw).hasValue("interrupted");
    }

    @Test
    void cancelFalse_ofTheOuter_interruptsNobody() throws Exception {
        WorkItem<Integer> inner = inner();
        Future<String> outer = outer(inner);
        opens(innerRuns);
        outer.cancel(false);
        innerGate.countDown();

        awaitNextTask();
        assertThat(innerSaw).hasValue("calm");
        assertThat(outerSaw).hasValue("calm");
    }

    @Test
    void cancelTrue_ofTheInner_interruptsTheInnerBodyOnly() throws Exception {
        WorkItem<Integer> inner = inner();
        Future<String> outer = outer(inner);
        opens(innerRuns);

        assertThat(inner.cancel(true)).isTrue();

        assertThat(outer.result()).isEqualTo("value");
        assertThat(innerSaw).hasValue("interrupted");
        assertThat(outerSaw).hasValue("calm");
        awaitNextTask();
    }

    @Test
    void cancelTrue_ofAnInnerThatLeavesItsInterruptBehind_doesNotReachTheOuter() throws Exception {
        WorkItem<Integer> inner = inners.item(() -> {
            innerRuns.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return 1;
        });
        Future<String> outer = outer(inner);
        opens(innerRuns);
        inner.cancel(true);

        assertThat(outer.result()).isEqualTo("value");
        assertThat(outerSaw).hasValue("calm");
    }

    @Test
    void cancelTrue_ofBoth_interruptsBothOnce() throws Exception {
        WorkItem<Integer> inner = inner();
        Future<String> outer = outer(inner);
        opens(innerRuns);
        outer.cancel(true);
        inner.cancel(true);

        awaitNextTask();
        assertThat(innerSaw).hasValue("interrupted");
        assertThat(outerSaw).hasValue("interrupted");
    }

    @Test
    void cancelTrue_ofTheOuterByTheInnerBody_isDeliveredToTheOuter() throws Exception {
        AtomicReference<Future<String>> outer = new AtomicReference<>();
        WorkItem<Integer> inner = inners.item(() -> {
            opens(innerGate);
            outer.get().cancel(true);
            innerSaw.set(status());
            return 1;
        });
        outer.set(outer(inner));
        innerGate.countDown();

        awaitNextTask();
        assertThat(inner.result()).isEqualTo(1);
        assertThat(innerSaw).hasValue("calm");
        assertThat(outerSaw).hasValue("interrupted");
    }

    @Test
    void outerInterruptedBeforeTheInnerFrame_isInterruptedAfterIt() throws Exception {
        AtomicReference<Future<?>> outer = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        innerGate.countDown();
        WorkItem<Integer> inner = inner();
        outer.set(outers.submit(() -> {
            opens(known);
            outer.get().cancel(true);
            inner.run();
            outerSaw.set(status());
        }));
        known.countDown();

        awaitNextTask();
        assertThat(innerSaw).hasValue("calm");
        assertThat(outerSaw).hasValue("interrupted");
    }

    @Test
    void secondInnerFrame_doesNotSeeWhatTheFirstOneOwed() throws Exception {
        AtomicReference<String> secondSaw = new AtomicReference<>("nothing");
        WorkItem<Integer> first = inner();
        WorkItem<Integer> second = inners.item(() -> {
            secondSaw.set(status());
            return 2;
        });
        Future<?> outer = outers.submit(() -> {
            first.run();
            second.run();
            outerSaw.set(status());
        });
        opens(innerRuns);
        outer.cancel(true);
        innerGate.countDown();

        awaitNextTask();
        assertThat(secondSaw).hasValue("calm");
        assertThat(outerSaw).hasValue("interrupted");
    }

    @Test
    void cancelTrue_inTheMiddleOfThreeFrames_isDeliveredThere() throws Exception {
        AtomicReference<String> middleSaw = new AtomicReference<>("nothing");
        WorkItem<Integer> inner = inner();
        WorkItem<Integer> middle = inners.item(() -> {
            inner.run();
            middleSaw.set(status());
            return 2;
        });
        Future<String> outer = outer(middle);
        opens(innerRuns);
        middle.cancel(true);
        innerGate.countDown();

        assertThat(outer.result()).isEqualTo("value");
        assertThat(innerSaw).hasValue("calm");
        assertThat(middleSaw).hasValue("interrupted");
        assertThat(outerSaw).hasValue("calm");
        awaitNextTask();
    }

    @Test
    void cancelTrue_ofTheOutermostOfThreeFrames_skipsTheMiddle() throws Exception {
        AtomicReference<String> middleSaw = new AtomicReference<>("nothing");
        WorkItem<Integer> inner = deafInner();
        WorkItem<Integer> middle = inners.item(() -> {
            inner.run();
            middleSaw.set(status());
            return 2;
        });
        Future<String> outer = outer(middle);
        opens(innerRuns);
        outer.cancel(true);
        innerGate.countDown();

        awaitNextTask();
        assertThat(innerSaw).hasValue("calm");
        assertThat(middleSaw).hasValue("calm");
        assertThat(outerSaw).hasValue("interrupted");
    }

    @Test
    void callerRunsInsideAWorker_cancelTrueOfTheOuter_isDeliveredWhenTheInnerFrameIsLeft() throws Exception {
        try (Full full = new Full()) {
            Future<?> outer = outers.submit(() -> {
                full.executor.submit(() -> {
                    innerRuns.countDown();
                    innerSaw.set(wait(innerGate));
                });
                outerSaw.set(status());
            });
            opens(innerRuns);
            outer.cancel(true);
            assertThat(outer.isDone()).isTrue();
            innerGate.countDown();

            awaitNextTask();
            assertThat(innerSaw).hasValue("calm");
            assertThat(outerSaw).hasValue("interrupted");
        }
    }

    @Test
    void callerRunsInsideAWorker_interruptedOuter_comesOutInterrupted() throws Exception {
        try (Full full = new Full()) {
            outers.submit(() -> {
                        Thread.currentThread().interrupt();
                        full.executor.submit(() -> innerSaw.set(status()));
                        outerSaw.set(status());
                    })
                    .result();
            assertThat(innerSaw).hasValue("calm");
            assertThat(outerSaw).hasValue("interrupted");
        }
    }

    @Test
    void shutdownNowOfTheOutersExecutor_isDeliveredToTheOuter() throws Exception {
        WorkItem<Integer> inner = inner();
        Future<String> outer = outer(inner);
        opens(innerRuns);
        outers.shutdownNow();
        innerGate.countDown();

        assertThat(outer.result()).isEqualTo("value");
        assertThat(innerSaw).hasValue("calm");
        assertThat(outerSaw).hasValue("interrupted");
    }

    @Test
    void virtualThread_cancelTrueOfTheOuter_isDeliveredWhenTheInnerFrameIsLeft() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (VirtualThreadExecutor virtual = new VirtualThreadExecutor()) {
            WorkItem<Integer> inner = inner();
            Future<?> outer = virtual.submit(() -> {
                inner.run();
                outerSaw.set(status());
                ended.countDown();
            });
            opens(innerRuns);
            outer.cancel(true);
            innerGate.countDown();
            assertThat(opens(ended)).isTrue();
            assertThat(innerSaw).hasValue("calm");
            assertThat(outerSaw).hasValue("interrupted");
        }
    }

    /* ---------------- Races ---------------- */

    /** The interrupt of the outer task comes before, while, or after the inner one runs, and never to the inner one. */
    @Test
    void cancelTrue_ofTheOuter_atAnyMoment_isHeardByTheOuterAndNobodyElse() throws Exception {
        long seed = System.nanoTime();
        System.out.println("cancelTrue_ofTheOuter_atAnyMoment_isHeardByTheOuterAndNobodyElse: seed " + seed);
        Random random = new Random(seed);
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger stray = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + SECONDS.toNanos(2);
        for (int round = 1; round <= 10_000 && System.nanoTime() < end; round++) {
            int number = round;
            int before = random.nextInt(20);
            int inside = random.nextInt(20);
            WorkItem<Integer> inner = inners.item(() -> {
                stray.addAndGet(interruptsWithin(inside));
                return 1;
            });
            Future<?> outer = outers.submit(() -> {
                begun.set(number);
                spin(before);
                inner.run();
                try {
                    never.await(10, SECONDS);
                    lost.incrementAndGet();
                } catch (InterruptedException e) {
                    // As it should be.
                }
            });
            Future<?> next = outers.submit(() -> {
                stray.addAndGet(interruptsWithin(20));
            });
            awaitNumber(begun, number);
            spin(random.nextInt(60));
            assertThat(outer.cancel(true)).isTrue();
            next.result();
            assertThat(lost).hasValue(0);
        }
        assertThat(stray).hasValue(0);
    }

    /** The interrupt of the inner task comes while it runs or is too late, and never to the outer one. */
    @Test
    void cancelTrue_ofTheInner_atAnyMoment_isHeardByNobodyElse() throws Exception {
        long seed = System.nanoTime();
        System.out.println("cancelTrue_ofTheInner_atAnyMoment_isHeardByNobodyElse: seed " + seed);
        Random random = new Random(seed);
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger stray = new AtomicInteger();
        long end = System.nanoTime() + SECONDS.toNanos(2);
        for (int round = 1; round <= 10_000 && System.nanoTime() < end; round++) {
            int number = round;
            int inside = random.nextInt(30);
            WorkItem<Integer> inner = inners.item(() -> {
                spin(inside);
                return 1;
            });
            Future<?> outer = outers.submit(() -> {
                begun.set(number);
                inner.run();
                stray.addAndGet(interruptsWithin(30));
            });
            awaitNumber(begun, number);
            spin(random.nextInt(40));
            inner.cancel(true);
            outer.result();
        }
        assertThat(stray).hasValue(0);
    }

    /** A thread whose interrupts take their time to arrive. */
    private static final class SlowlyInterrupted extends Thread {
        final CountDownLatch underWay = new CountDownLatch(1);
        final CountDownLatch letGo = new CountDownLatch(1);
        final AtomicReference<String> leftEarly = new AtomicReference<>();
        volatile String at = "";

        SlowlyInterrupted(Runnable body) {
            super(body);
        }

        @Override
        public void interrupt() {
            if (Thread.currentThread() != this) {
                String before = at;
                underWay.countDown();
                awaitDeaf(letGo);
                leftEarly.set(at.equals(before) ? null : at);
            }
            super.interrupt();
        }

        /** Sets the interrupt free, after a while in which the thread might go on by mistake. */
        void arrive() throws InterruptedException {
            join(50);
            letGo.countDown();
        }

        static void at(String place) {
            if (Thread.currentThread() instanceof SlowlyInterrupted thread) {
                thread.at = place;
            }
        }
    }

    private interface Interruption {
        void start(WorkItem<?> item, Shelf executor);
    }

    static Stream<Arguments> interruptions() {
        Interruption cancel = (item, executor) -> item.cancel(true);
        Interruption shutdownNow = (item, executor) -> executor.shutdownNow();
        return Stream.of(
                Arguments.of(Named.of("cancel(true)", cancel)), Arguments.of(Named.of("shutdownNow", shutdownNow)));
    }

    @ParameterizedTest
    @MethodSource("interruptions")
    void interruptUnderWay_isWaitedForBeforeTheFrameIsLeft(Interruption interruption) throws Exception {
        WorkItem<Integer> inner = inners.item(() -> {
            innerRuns.countDown();
            opens(innerGate);
            return 1;
        });
        SlowlyInterrupted thread = new SlowlyInterrupted(() -> {
            inner.run();
            SlowlyInterrupted.at("left");
            outerSaw.set(status());
        });
        thread.start();
        opens(innerRuns);
        Background<Object> interrupter = inBackground(() -> {
            interruption.start(inner, inners);
            return null;
        });
        opens(thread.underWay);
        innerGate.countDown();
        thread.arrive();
        interrupter.get();
        thread.join();

        assertThat(thread.leftEarly).hasValue(null);
        assertThat(outerSaw).hasValue("calm");
    }

    @ParameterizedTest
    @MethodSource("interruptions")
    void interruptUnderWay_isWaitedForBeforeAnInnerFrameIsEntered(Interruption interruption) throws Exception {
        Shelf outerShelf = new Shelf();
        CountDownLatch outerGate = new CountDownLatch(1);
        CountDownLatch outerRuns = new CountDownLatch(1);
        WorkItem<Integer> inner = inners.item(() -> {
            SlowlyInterrupted.at("inner");
            innerSaw.set(status());
            return 1;
        });
        WorkItem<Integer> outer = outerShelf.item(() -> {
            outerRuns.countDown();
            opens(outerGate);
            inner.run();
            outerSaw.set(status());
            return 2;
        });
        SlowlyInterrupted thread = new SlowlyInterrupted(outer);
        thread.start();
        opens(outerRuns);
        Background<Object> interrupter = inBackground(() -> {
            interruption.start(outer, outerShelf);
            return null;
        });
        opens(thread.underWay);
        outerGate.countDown();
        thread.arrive();
        interrupter.get();
        thread.join();

        assertThat(thread.leftEarly).hasValue(null);
        assertThat(innerSaw).hasValue("calm");
        assertThat(outerSaw).hasValue("interrupted");
    }

    private static int interruptsWithin(int spins) {
        int interrupts = 0;
        for (int i = 0; i < spins; i++) {
            interrupts += Thread.currentThread().isInterrupted() ? 1 : 0;
            Thread.onSpinWait();
        }
        return interrupts;
    }

    /** Spins, because whoever is woken is late; but not for long, in case there is no processor for the other. */
    private static void awaitNumber(AtomicInteger begun, int number) {
        for (int spins = 0; begun.get() != number; spins++) {
            if (spins < 1_000) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }
}
