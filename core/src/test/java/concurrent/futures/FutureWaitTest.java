// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.FutureFixtures.awaitCollected;
import static concurrent.futures.FutureFixtures.awaitListener;
import static concurrent.futures.FutureFixtures.inBackground;
import static concurrent.futures.FutureFixtures.listeners;
import static concurrent.futures.FutureFixtures.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.FutureFixtures.Background;
import concurrent.futures.FutureFixtures.Blocked;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Waits for one future: what they leave behind when they end early, and who ends them. */
class FutureWaitTest {
    private static final Duration TICK = Duration.ofNanos(1);

    @Test
    void waitThatTimesOut_leavesNothingBehind() {
        Promise<String> promise = new Promise<>();
        Duration longEnoughToPark = Duration.ofMillis(2);
        assertThatThrownBy(() -> promise.result(longEnoughToPark)).isInstanceOf(TimeoutException.class);
        assertThat(promise.word()).isSameAs(Pending.PENDING);
        assertThatThrownBy(() -> promise.exception(longEnoughToPark)).isInstanceOf(TimeoutException.class);
        assertThat(promise.word()).isSameAs(Pending.PENDING);
        assertThatThrownBy(() -> promise.get(2, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(promise.word()).isSameAs(Pending.PENDING);
        promise.setRunningOrNotifyCancel();
        assertThatThrownBy(() -> promise.result(longEnoughToPark)).isInstanceOf(TimeoutException.class);
        assertThat(promise.word()).isSameAs(Frame.NOWHERE);
    }

    @Test
    void waitThatTimesOut_onATask_leavesNothingBehind() throws Exception {
        try (Blocked blocked = new Blocked()) {
            Future<String> future = blocked.executor.submit(() -> "value");
            assertThatThrownBy(() -> future.result(Duration.ofMillis(2))).isInstanceOf(TimeoutException.class);
            assertThat(future.word()).isSameAs(Pending.PENDING);
        }
    }

    @Test
    void aMillionTimedResults_onOneNeverEndingFuture_keepTheHeapFlat() throws Exception {
        Promise<String> promise = new Promise<>();
        long before = usedHeap();
        // On a thread of its own, because an exception costs as much as the stack is deep.
        inBackground(() -> {
                    for (int i = 0; i < 1_000_000; i++) {
                        poll(promise, TICK);
                    }
                    return null;
                })
                .get();
        assertThat(promise.word()).isSameAs(Pending.PENDING);
        assertThat(usedHeap() - before).isLessThan(8 << 20);
    }

    /** The waits above are over before they have begun; these park. */
    @Test
    void thousandsOfTimedResultsThatPark_keepTheStackEmpty() throws Exception {
        Promise<String> promise = new Promise<>();
        for (int i = 0; i < 5_000; i++) {
            poll(promise, Duration.ofNanos(60_000));
            assertThat(promise.word() == Pending.PENDING).isTrue();
        }
    }

    @Test
    void waitThatEndsEarly_belowACallbackThatStays_isSweptInTime() throws Exception {
        Promise<String> promise = new Promise<>();
        AtomicInteger calls = new AtomicInteger();
        for (int i = 1; i <= 100; i++) {
            waitBelowACallback(promise, calls);
            assertThat(listeners(promise)).isLessThanOrEqualTo(Math.max(32, 2 * i) + 2);
        }
        promise.setResult("value");
        assertThat(calls).hasValue(100);
    }

    private static void waitBelowACallback(Promise<String> promise, AtomicInteger calls) throws Exception {
        Background<String> waiter = inBackground(promise::result);
        soon().until(() -> promise.word() instanceof Listening state && state.newest() instanceof Waiter);
        promise.addDoneCallback(done -> calls.incrementAndGet());
        waiter.thread.interrupt();
        assertThat(waiter.failure()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void thousandsOfWaitersWithTimeouts_atTheSameTime_leaveNothing() throws Exception {
        Promise<String> promise = new Promise<>();
        int waiters = 2_000;
        CountDownLatch over = new CountDownLatch(waiters);
        AtomicInteger timedOut = new AtomicInteger();
        for (int i = 0; i < waiters; i++) {
            Duration timeout = Duration.ofMillis(50 + i % 97);
            Thread.startVirtualThread(() -> {
                try {
                    promise.result(timeout);
                } catch (TimeoutException e) {
                    timedOut.incrementAndGet();
                } catch (Exception e) {
                    throw new AssertionError(e);
                } finally {
                    over.countDown();
                }
            });
        }
        soon().until(() -> listeners(promise) > 0 || over.getCount() == 0);
        assertThat(FutureFixtures.opens(over)).isTrue();

        assertThat(timedOut).hasValue(waiters);
        assertThat(promise.word()).isSameAs(Pending.PENDING);
    }

    @Test
    void manyWaiters_someInterrupted_someTimedOut_othersGetTheResult() throws Exception {
        Promise<String> promise = new Promise<>();
        List<Background<String>> staying = new ArrayList<>();
        List<Background<String>> leaving = new ArrayList<>();
        List<Background<String>> timed = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            staying.add(inBackground(promise::result));
            leaving.add(inBackground(promise::result));
            timed.add(inBackground(() -> promise.result(Duration.ofMillis(20))));
        }
        for (Background<String> waiter : timed) {
            assertThat(waiter.failure()).isInstanceOf(TimeoutException.class);
        }
        for (Background<String> waiter : leaving) {
            waiter.thread.interrupt();
            assertThat(waiter.failure()).isInstanceOf(InterruptedException.class);
        }
        promise.setResult("value");
        for (Background<String> waiter : staying) {
            assertThat(waiter.get()).isEqualTo("value");
        }
    }

    @Test
    void cancelledFuture_isDoneForItsWaitersAtOnce() throws Exception {
        Promise<String> promise = new Promise<>();
        Background<String> waiter = inBackground(promise::result);
        awaitListener(promise);
        promise.cancel();
        assertThat(waiter.failure()).isExactlyInstanceOf(CancellationException.class);
        assertThat(promise.status()).isEqualTo(Future.Status.CANCELLED);
    }

    @Test
    void waiterThatTimedOut_isCollected() {
        Promise<String> promise = new Promise<>();
        WeakReference<Thread> waiter = waitInAnotherThread(promise);
        awaitCollected(waiter);
        Reference.reachabilityFence(promise);
    }

    private static WeakReference<Thread> waitInAnotherThread(Promise<String> promise) {
        Background<String> waiter = inBackground(() -> promise.result(Duration.ofMillis(5)));
        assertThatThrownBy(waiter::get).hasCauseInstanceOf(TimeoutException.class);
        return new WeakReference<>(waiter.thread);
    }

    @Test
    void doneFuture_doesNotHoldItsWaiters() throws Exception {
        Promise<String> promise = new Promise<>();
        Background<String> waiter = inBackground(promise::result);
        awaitListener(promise);
        promise.setResult("value");
        waiter.get();
        WeakReference<Thread> thread = new WeakReference<>(waiter.thread);
        waiter = null;
        awaitCollected(thread);
        Reference.reachabilityFence(promise);
    }

    @Test
    void waitingOnAVirtualThread_works() throws Exception {
        Promise<String> promise = new Promise<>();
        Promise<String> heard = new Promise<>();
        Thread.startVirtualThread(() -> heard.setResult(promise.join()));
        awaitListener(promise);
        promise.setResult("value");
        assertThat(heard.result(FutureFixtures.LONG)).isEqualTo("value");
    }

    @Test
    void leftOverUnpark_doesNotEndALaterWait() throws Exception {
        Promise<String> first = new Promise<>();
        Promise<String> second = new Promise<>();
        Background<String> waiter = inBackground(() -> first.result() + second.result());
        awaitListener(first);
        first.setResult("one");
        awaitListener(second);
        assertThat(waiter.isDone()).isFalse();
        second.setResult("two");
        assertThat(waiter.get()).isEqualTo("onetwo");
    }

    private static void poll(Promise<String> promise, Duration timeout) throws Exception {
        try {
            promise.result(timeout);
            throw new AssertionError("there is no result");
        } catch (TimeoutException e) {
            // As it should be.
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
