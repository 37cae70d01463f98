// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.FutureFixtures.inBackground;
import static concurrent.futures.FutureFixtures.opens;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.FutureFixtures.Background;
import concurrent.futures.FutureFixtures.Lockstep;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An interrupt that is meant for one task never reaches the next task of that worker. */
class FutureInterruptIsolationTest {
    /** A thread whose interrupts are held up on the way, once it is told so. */
    private static final class SlowlyInterrupted extends Thread {
        final CountDownLatch underWay = new CountDownLatch(1);
        final CountDownLatch gate = new CountDownLatch(1);
        volatile boolean slow;

        SlowlyInterrupted(Runnable task) {
            super(task);
        }

        @Override
        public void interrupt() {
            if (slow) {
                slow = false;
                underWay.countDown();
                FutureFixtures.awaitDeaf(gate);
            }
            super.interrupt();
        }
    }

    @Test
    void nextTask_doesNotBeginBeforeAnInterruptOnItsWayHasArrived() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch nextBegan = new CountDownLatch(1);
        List<SlowlyInterrupted> threads = new ArrayList<>();
        try (ThreadExecutor executor = ThreadExecutor.builder()
                .maxWorkers(1)
                .threadFactory(task -> {
                    SlowlyInterrupted thread = new SlowlyInterrupted(task);
                    threads.add(thread);
                    return thread;
                })
                .build()) {
            Future<?> first = executor.submit(() -> {
                running.countDown();
                FutureFixtures.awaitDeaf(end);
            });
            opens(running);
            SlowlyInterrupted worker = threads.get(0);
            worker.slow = true;
            Background<Boolean> canceller = inBackground(() -> first.cancel(true));
            assertThat(opens(worker.underWay)).isTrue();

            // Done already, although the interrupt has not arrived.
            assertThat(first.isCancelled()).isTrue();
            assertThat(first.cancel()).isTrue();
            Future<Boolean> next = executor.submit(() -> {
                nextBegan.countDown();
                return Thread.currentThread().isInterrupted();
            });
            end.countDown();
            assertThat(nextBegan.await(50, TimeUnit.MILLISECONDS)).isFalse();
            worker.gate.countDown();

            assertThat(next.result()).isFalse();
            assertThat(canceller.get()).isTrue();
        }
    }

    @Test
    void interruptThatABodyLeavesBehind_doesNotReachTheNextTask() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            for (int i = 0; i < 1_000; i++) {
                executor.submit(() -> Thread.currentThread().interrupt());
                assertThat(executor.submit(() -> Thread.currentThread().isInterrupted())
                                .result())
                        .isFalse();
            }
        }
    }

    /**
     * The canceller strikes at about the moment at which the task ends: before, so that the body is interrupted; in
     * between, so that the interrupt is on its way while the worker goes on; or after, when there is nothing to cancel.
     */
    @Test
    void cancelTrue_atTheEndOfATask_neverReachesTheNextOne() throws Exception {
        long seed = System.nanoTime();
        System.out.println("cancelTrue_atTheEndOfATask_neverReachesTheNextOne: seed " + seed);
        int rounds = 0;
        Random random = new Random(seed);
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger stray = new AtomicInteger();
        int cancelled = 0;
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            long end = System.nanoTime() + SECONDS.toNanos(3);
            for (; rounds < 30_000 && System.nanoTime() < end; rounds++) {
                int number = rounds + 1;
                int length = random.nextInt(60);
                int delay = random.nextInt(60);
                Future<?> task = executor.submit(() -> {
                    begun.set(number);
                    spin(length);
                });
                Future<?> next = executor.submit(() -> {
                    for (int i = 0; i < 30; i++) {
                        if (Thread.currentThread().isInterrupted()) {
                            stray.incrementAndGet();
                        }
                        Thread.onSpinWait();
                    }
                });
                awaitNumber(begun, number);
                spin(delay);
                cancelled += task.cancel(true) ? 1 : 0;
                next.result();
            }
        }
        assertThat(stray).hasValue(0);
        System.out.println(cancelled + " of " + rounds + " tasks were cancelled");
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

    @Test
    void cancelTrue_ofManyTasks_isHeardByEachOfThemAndNobodyElse() throws Exception {
        int rounds = 2_000;
        AtomicInteger stray = new AtomicInteger();
        AtomicInteger deaf = new AtomicInteger();
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            for (int round = 0; round < rounds; round++) {
                CountDownLatch running = new CountDownLatch(1);
                CountDownLatch heard = new CountDownLatch(1);
                CountDownLatch never = new CountDownLatch(1);
                AtomicBoolean told = new AtomicBoolean();
                Future<?> task = executor.submit(() -> {
                    running.countDown();
                    try {
                        never.await(20, SECONDS);
                        deaf.incrementAndGet();
                    } catch (InterruptedException e) {
                        told.set(true);
                    }
                    heard.countDown();
                });
                Future<?> bystander = executor.submit(() -> {
                    opens(running);
                    opens(heard);
                });
                opens(running);
                task.cancel(true);
                opens(heard);
                stray.addAndGet(bystander.exception() == null ? 0 : 1);
                assertThat(told).isTrue();
            }
        }
        assertThat(stray).hasValue(0);
        assertThat(deaf).hasValue(0);
    }

    @Test
    void severalCancellers_ofOneTask_leaveNoInterruptBehind() throws Exception {
        int rounds = 3_000;
        AtomicInteger stray = new AtomicInteger();
        List<Future<Object>> tasks = new ArrayList<>();
        CountDownLatch[] running = new CountDownLatch[rounds];
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            for (int i = 0; i < rounds; i++) {
                CountDownLatch began = running[i] = new CountDownLatch(1);
                tasks.add(executor.submit(() -> {
                    if (Thread.currentThread().isInterrupted()) {
                        stray.incrementAndGet();
                    }
                    began.countDown();
                    spin(50);
                    return null;
                }));
            }
            Lockstep lockstep = new Lockstep(2);
            FutureFixtures.Body canceller = () -> {
                for (int i = 0; i < rounds; i++) {
                    opens(running[i]);
                    lockstep.await(i + 1);
                    tasks.get(i).cancel(true);
                }
            };
            lockstep.run(canceller, canceller);
        }
        assertThat(stray).hasValue(0);
    }
}
