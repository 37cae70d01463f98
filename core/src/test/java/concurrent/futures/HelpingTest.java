// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.ReturnWhen.ALL_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A task that waits without end for another task of its own executor runs that one itself, if it has not started. */
class HelpingTest {
    static Stream<FutureExecutor> ofOneWorker() {
        return Stream.of(new ThreadExecutor(1), new VirtualThreadExecutor(1));
    }

    /** The ways to wait for one future without end. */
    private interface Way {
        Object toWait(FutureExecutor executor, Future<Integer> future) throws Exception;
    }

    private static List<Way> ways() {
        return List.of(
                (executor, future) -> future.result(),
                (executor, future) -> future.join(),
                (executor, future) -> future.get(),
                (executor, future) -> future.exception(),
                (executor, future) -> Futures.await(List.of(future), ALL_COMPLETED),
                (executor, future) -> executor.invokeAll(List.of((Callable<Integer>) () -> 1)),
                (executor, future) -> executor.map(i -> i, List.of(1, 2, 3)).toList());
    }

    @ParameterizedTest
    @MethodSource("ofOneWorker")
    void waitForAQueuedTask_onTheOnlyWorker_ends(FutureExecutor executor) throws Exception {
        try (executor) {
            for (Way way : ways()) {
                Future<Object> outer = executor.submit(() -> way.toWait(executor, executor.submit(() -> 42)));
                outer.result();
            }
        }
    }

    /** Fresh threads take items off the queue while their waiters do; each slot must be given back once. */
    @Test
    void nestedWaits_onVirtualThreads_giveEverySlotBack() throws Exception {
        for (int round = 0; round < 200; round++) {
            VirtualThreadExecutor executor = new VirtualThreadExecutor(2);
            assertThat(executor.submit(() -> fib(executor, 8)).result()).isEqualTo(21);
            executor.shutdown();
            assertThat(executor.awaitTermination(20, TimeUnit.SECONDS))
                    .as(executor.toString())
                    .isTrue();
        }
    }

    /** What an executor of a user's runs may have to run just there. */
    @Test
    void waiterOfAnExecutorOfItsOwn_doesNotHelp() throws Exception {
        try (FreshThreadExecutor executor = new FreshThreadExecutor(1)) {
            Future<Boolean> outer = executor.submit(() -> {
                Thread waiter = Thread.currentThread();
                return executor.submit(() -> Thread.currentThread() == waiter).result();
            });
            assertThat(outer.result()).isFalse();
        }
    }

    private static int fib(FutureExecutor executor, int n) {
        if (n < 2) {
            return n;
        }
        Future<Integer> one = executor.submit(() -> fib(executor, n - 1));
        Future<Integer> two = executor.submit(() -> fib(executor, n - 2));
        return one.join() + two.join();
    }

    @ParameterizedTest
    @MethodSource("ofOneWorker")
    void nestedWaits_onTheOnlyWorker_end(FutureExecutor executor) throws Exception {
        try (executor) {
            assertThat(executor.submit(() -> fib(executor, 12)).result()).isEqualTo(144);
        }
    }

    @Test
    void nestedWaits_onSeveralWorkers_giveTheRightResult() throws Exception {
        for (int workers = 1; workers <= 4; workers++) {
            try (ThreadExecutor executor = new ThreadExecutor(workers)) {
                assertThat(executor.submit(() -> fib(executor, 20)).result()).isEqualTo(6765);
            }
        }
    }

    @Test
    void waiter_runsNothingButWhatItWaitsFor() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            AtomicBoolean unrelated = new AtomicBoolean();
            Future<Boolean> outer = executor.submit(() -> {
                executor.submit(() -> unrelated.set(true));
                Future<Integer> awaited = executor.submit(() -> 1);
                executor.submit(() -> unrelated.set(true));
                awaited.result();
                return unrelated.get();
            });
            assertThat(outer.result()).isFalse();
        }
        // Both have been run before the end of the block.
    }

    @Test
    void taskThatIsRunByItsWaiter_isCountedAndGone() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            executor.submit(() -> executor.submit(() -> 1).result()).result();
            assertThat(executor.queuedTasks()).isZero();
            assertThat(executor.completedTasks()).isEqualTo(2);
        }
    }

    @Test
    void failureOfTheInnerTask_isTheInnerTasks() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            Future<Throwable> outer = executor.submit(() -> executor.submit(() -> {
                        throw new IllegalStateException("inner");
                    })
                    .exception());
            assertThat(outer.result()).hasMessage("inner");
        }
    }

    @Test
    void cancelOfTheInnerTask_interruptsTheInnerBodyOnly() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            AtomicReference<Future<?>> inner = new AtomicReference<>();
            CountDownLatch innerRuns = new CountDownLatch(1);
            AtomicBoolean innerInterrupted = new AtomicBoolean();
            Future<Boolean> outer = executor.submit(() -> {
                Future<?> mine = executor.submit(() -> {
                    innerRuns.countDown();
                    try {
                        Gate.await(new CountDownLatch(1));
                    } catch (InterruptedException e) {
                        innerInterrupted.set(true);
                    }
                });
                inner.set(mine);
                assertThatThrownBy(mine::result).isInstanceOf(CancellationException.class);
                return Thread.currentThread().isInterrupted();
            });
            Gate.await(innerRuns);
            assertThat(inner.get().cancel(/* mayInterruptIfRunning= */ true)).isTrue();
            assertThat(outer.result()).as("the outer task is interrupted").isFalse();
            assertThat(innerInterrupted).isTrue();
        }
    }

    @Test
    void cancelOfTheOuterTask_isDeliveredWhenTheInnerOneHasEnded() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            AtomicBoolean innerInterrupted = new AtomicBoolean();
            AtomicReference<Boolean> outerInterrupted = new AtomicReference<>();
            CountDownLatch outerEnded = new CountDownLatch(1);
            Future<?> outer = executor.submit(() -> {
                executor.submit(() -> innerInterrupted.set(gate.passUninterruptibly()))
                        .join();
                outerInterrupted.set(Thread.currentThread().isInterrupted());
                outerEnded.countDown();
            });
            gate.awaitArrivals(1);
            assertThat(outer.cancel(/* mayInterruptIfRunning= */ true)).isTrue();
            assertThat(outer.isDone()).isTrue();
            gate.open();
            Gate.await(outerEnded);
            assertThat(innerInterrupted).isFalse();
            assertThat(outerInterrupted.get()).isTrue();
            assertThat(executor.submit(Thread::interrupted).result()).isFalse();
        }
    }

    @Test
    void interruptedTask_doesNotHelp_butHearsOfIt() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            Future<Boolean> outer = executor.submit(() -> {
                Future<Integer> inner = executor.submit(() -> 1);
                Thread.currentThread().interrupt();
                assertThatThrownBy(inner::result).isInstanceOf(InterruptedException.class);
                return inner.isDone();
            });
            assertThat(outer.result()).isFalse();
        }
    }

    @Test
    void shutdownNow_interruptsAlsoTheInnerTask() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            CountDownLatch innerRuns = new CountDownLatch(1);
            Future<Boolean> outer = executor.submit(() -> executor.submit(() -> {
                                innerRuns.countDown();
                                Gate.await(new CountDownLatch(1));
                                return true;
                            })
                            .exception()
                    instanceof InterruptedException);
            Gate.await(innerRuns);
            executor.shutdownNow();
            assertThat(outer.result()).isTrue();
        }
    }

    @Test
    void tasksThatAWorkerSubmits_areBegunInOrder() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            List<Integer> order = new ArrayList<>();
            executor.submit(() -> {
                        for (int i = 0; i < 3_000; i++) {
                            int number = i;
                            executor.submit(() -> order.add(number));
                        }
                    })
                    .result();
            executor.submit(() -> 0).result();
            executor.close();
            assertThat(order).hasSize(3_000).isSorted();
        }
    }

    @Test
    void tasksOfABlockedWorker_areRunByOthers() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            CountDownLatch ran = new CountDownLatch(100);
            executor.submit(() -> {
                        for (int i = 0; i < 100; i++) {
                            executor.submit(ran::countDown);
                        }
                        Gate.await(ran);
                    })
                    .result();
        }
    }

    /** A worker that goes on submitting to itself must not keep others waiting, nor others it. */
    @Test
    void taskThatResubmitsItself_starvesNobody() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            AtomicBoolean stop = new AtomicBoolean();
            class Again implements Runnable {
                @Override
                public void run() {
                    if (!stop.get()) {
                        executor.submit(this);
                    }
                }
            }
            executor.submit((Runnable) new Again());
            assertThat(executor.submit(() -> 1).get()).isEqualTo(1);
            stop.set(true);
        }
    }
}
