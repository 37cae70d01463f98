// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker that waits for what it cannot run itself has somebody else run what is queued meanwhile. */
@Timeout(60)
class SpareWorkerTest {
    /** Longer than the time limit of the tests. */
    private static final Duration LONG = Duration.ofMinutes(5);

    static Stream<BaseExecutor> ofOneWorker() {
        return Stream.of(
                new ThreadExecutor(1),
                new VirtualThreadExecutor(1),
                new FreshThreadExecutor(1),
                ThreadExecutor.builder().maxWorkers(1).helpWhileWaiting(false).build(),
                VirtualThreadExecutor.builder()
                        .maxWorkers(1)
                        .helpWhileWaiting(false)
                        .build());
    }

    /** Ways to wait for two futures, of which the executor runs neither while its only worker does not help. */
    private interface Way {
        Object toWait(BaseExecutor executor, List<Future<Integer>> two) throws Exception;
    }

    private static List<Way> ways() {
        MapOptions unordered = MapOptions.defaults().unordered();
        return List.of(
                (executor, two) -> two.get(0).result(),
                (executor, two) -> two.get(0).result(LONG),
                (executor, two) -> two.get(0).exception(LONG),
                (executor, two) -> two.get(0).get(LONG.toSeconds(), TimeUnit.SECONDS),
                (executor, two) -> Futures.await(two),
                (executor, two) -> Futures.await(two, ReturnWhen.FIRST_COMPLETED),
                (executor, two) -> Futures.await(two, ReturnWhen.FIRST_EXCEPTION),
                (executor, two) -> Futures.await(two, LONG, ReturnWhen.ALL_COMPLETED),
                (executor, two) -> Futures.asCompleted(two).stream().toList(),
                (executor, two) -> Futures.asCompleted(two).poll(LONG),
                (executor, two) -> executor.invokeAny(List.<Callable<Integer>>of(() -> 1, () -> 2)),
                (executor, two) -> executor.invokeAll(List.<Callable<Integer>>of(() -> 1, () -> 2)),
                (executor, two) -> executor.map(i -> i, List.of(1, 2, 3)).toList(),
                (executor, two) ->
                        executor.map(i -> i, List.of(1, 2, 3), unordered).toList());
    }

    private static void awaitLentPlaces(BaseExecutor executor, int number) {
        Eventually.await().until(() -> executor.engine().places.mostNow() == executor.maxWorkers() + number);
    }

    @ParameterizedTest
    @MethodSource("ofOneWorker")
    void everyKindOfWait_forQueuedTasks_ends(BaseExecutor executor) throws Exception {
        try (executor) {
            for (Way way : ways()) {
                executor.submit(() -> way.toWait(executor, List.of(executor.submit(() -> 1), executor.submit(() -> 2))))
                        .result();
            }
        }
        assertThat(executor.liveWorkers()).isZero();
    }

    /** Whoever helped with q would never get to open the latch. */
    @ParameterizedTest
    @MethodSource("ofOneWorker")
    void waitForAnyOfTwo_isNotBuriedUnderTheOther(BaseExecutor executor) throws Exception {
        try (executor) {
            CountDownLatch latch = new CountDownLatch(1);
            Future<?> x = executor.submit(() -> {
                Future<?> p = executor.submit(() -> 1);
                Future<?> q = executor.submit(() -> Gate.await(latch));
                Futures.await(List.of(p, q), ReturnWhen.FIRST_COMPLETED);
                latch.countDown();
                q.result();
            });
            x.result();
        }
    }

    @ParameterizedTest
    @MethodSource("ofOneWorker")
    void poll_bringsNoSpareWorker(BaseExecutor executor) throws Exception {
        try (executor) {
            Future<Integer> spares = executor.submit(() -> {
                Future<Integer> queued = executor.submit(() -> 1);
                assertThatThrownBy(() -> queued.result(Duration.ZERO)).isInstanceOf(TimeoutException.class);
                Futures.await(List.of(queued), Duration.ZERO, ReturnWhen.ALL_COMPLETED);
                assertThat(queued.status()).isEqualTo(Future.Status.PENDING);
                return executor.spareWorkers();
            });
            assertThat(spares.result()).isZero();
        }
    }

    @Test
    void tasksThatWaitForEachOthersExecutors_end() throws Exception {
        for (BaseExecutor a : ofOneWorker().toList()) {
            for (BaseExecutor b : ofOneWorker().toList()) {
                assertThat(a.submit(() -> descend(a, b, 50)).result()).isEqualTo(50);
                b.close();
            }
            a.close();
        }
    }

    /** Each task waits for one of the other executor, whose only worker waits as well. */
    private static int descend(FutureExecutor here, FutureExecutor there, int depth) throws Exception {
        return depth == 0
                ? 0
                : 1 + there.submit(() -> descend(there, here, depth - 1)).result();
    }

    @ParameterizedTest
    @MethodSource("ofOneWorker")
    void waitForAPromise_thatAQueuedTaskKeeps_ends(BaseExecutor executor) throws Exception {
        try (executor) {
            Promise<Integer> promise = new Promise<>();
            Future<Integer> waiting = executor.submit(() -> {
                executor.submit(() -> promise.setResult(42));
                return promise.result();
            });
            assertThat(waiting.result()).isEqualTo(42);
        }
    }

    /** What is queued while the worker waits matters as much as what was queued before. */
    @ParameterizedTest
    @MethodSource("ofOneWorker")
    void taskSubmittedWhileTheWorkerWaits_isRun(BaseExecutor executor) throws Exception {
        try (executor;
                ThreadExecutor other = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            Future<Integer> elsewhere = other.submit(() -> {
                gate.pass();
                return executor.submit(() -> 42).result();
            });
            gate.awaitArrivals(1);
            Future<Integer> waiting = executor.submit(() -> elsewhere.result());
            awaitLentPlaces(executor, 1);
            gate.open();
            assertThat(waiting.result()).isEqualTo(42);
        }
    }

    @ParameterizedTest
    @MethodSource("ofOneWorker")
    void waitWithNothingQueued_startsNoWorker(BaseExecutor executor) throws Exception {
        try (executor) {
            Promise<Integer> promise = new Promise<>();
            Future<Integer> waiting = executor.submit(() -> promise.result());
            awaitLentPlaces(executor, 1);
            assertThat(executor.liveWorkers()).isEqualTo(1);
            promise.setResult(42);
            assertThat(waiting.result()).isEqualTo(42);
        }
    }

    /** Two tasks of a full executor wait for tasks elsewhere that submit to it. */
    @Test
    void fullQueueOfAnExecutorWhoseTasksWait_hasRoomForOthers() throws Exception {
        try (ThreadExecutor full =
                        ThreadExecutor.builder().maxWorkers(1).queueCapacity(1).build();
                ThreadExecutor other = new ThreadExecutor(2)) {
            List<Future<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                waiting.add(full.submit(
                        () -> other.submit(() -> full.submit(() -> 1).result()).result()));
            }
            for (Future<Integer> future : waiting) {
                assertThat(future.result()).isEqualTo(1);
            }
        }
    }

    /** The callback is part of the item, which holds its slot until it has ended. */
    @Test
    void callbackOfAnItemThatRanElsewhere_lendsItsPlace() throws Exception {
        try (SlottedElsewhere slots = new SlottedElsewhere()) {
            Promise<Integer> heard = new Promise<>();
            Future<Integer> first = slots.submit(() -> 1);
            first.addDoneCallback(done -> heard.setResult(slots.submit(() -> 2).result()));
            slots.endFirst();
            assertThat(heard.result()).isEqualTo(2);
        }
    }

    /** One slot; the first item waits to be ended by hand, the others run at once. */
    private static final class SlottedElsewhere extends AbstractFutureExecutor {
        private final CountDownLatch latch = new CountDownLatch(1);

        SlottedElsewhere() {
            super("SlottedElsewhere", 1);
        }

        void endFirst() {
            latch.countDown();
        }

        @Override
        protected <T> void dispatch(WorkItem<T> item) {
            new Thread(() -> perform(item)).start();
        }

        private <T> void perform(WorkItem<T> item) {
            try {
                if (item.start(mayInterrupt -> {})) {
                    Gate.await(latch);
                    item.complete(item.task().call());
                }
            } catch (Exception e) {
                item.fail(e);
            }
        }
    }

    /** A user's code that gets an item run may wait as well. */
    @Test
    void dispatchThatWaits_givesItsPlacesBack() throws Exception {
        try (ThreadExecutor other = new ThreadExecutor(1);
                WaitingDispatcher executor = new WaitingDispatcher(other)) {
            Promise<Integer> promise = new Promise<>();
            Future<Integer> waiting = executor.submit(() -> {
                executor.submit(() -> promise.setResult(42));
                return promise.result();
            });
            assertThat(waiting.result()).isEqualTo(42);
            Eventually.await().until(() -> executor.engine().places.mostNow() == 1);
        }
    }

    private static final class WaitingDispatcher extends AbstractFutureExecutor {
        private final FutureExecutor other;

        WaitingDispatcher(FutureExecutor other) {
            super("WaitingDispatcher", 1);
            this.other = other;
        }

        @Override
        protected <T> void dispatch(WorkItem<T> item) throws Exception {
            other.submit(() -> {}).result(LONG);
            new Thread(item).start();
        }
    }

    /** The worker of one executor that runs the items of another one has a place in both. */
    @Test
    void threadWithPlacesInTwoExecutors_lendsBoth() throws Exception {
        try (ThreadExecutor lender = new ThreadExecutor(1);
                Borrower borrower = new Borrower(lender)) {
            Promise<Integer> promise = new Promise<>();
            Future<Integer> waiting = borrower.submit(() -> {
                borrower.submit(() -> promise.setResult(42));
                return promise.result();
            });
            assertThat(waiting.result()).isEqualTo(42);
        }
    }

    private static final class Borrower extends AbstractFutureExecutor {
        private final ThreadExecutor lender;

        Borrower(ThreadExecutor lender) {
            super("Borrower", 1);
            this.lender = lender;
        }

        @Override
        protected <T> void dispatch(WorkItem<T> item) {
            lender.execute(item);
        }
    }

    @Test
    void shrinkingWhileWorkersWait_leavesAsManyAsWereAskedFor() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(4)) {
            Promise<Integer> promise = new Promise<>();
            List<Future<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                waiting.add(executor.submit(() -> promise.result()));
            }
            awaitLentPlaces(executor, 4);
            executor.setMaxWorkers(1);
            executor.submit(() -> promise.setResult(42)).result();
            Futures.await(waiting);
            Eventually.await().until(() -> executor.liveWorkers() == 1);
            assertThat(executor.submit(() -> 1).result()).isEqualTo(1);
        }
    }

    @Test
    void initializersThatAllWait_doNotStartWorkersForEachOther() throws Exception {
        try (ThreadExecutor other = new ThreadExecutor(1);
                Gate gate = new Gate();
                ThreadExecutor executor = ThreadExecutor.builder()
                        .maxWorkers(1)
                        .initializer(() -> other.submit(gate::pass).join())
                        .build()) {
            Future<Integer> future = executor.submit(() -> 42);
            gate.awaitArrivals(1);
            awaitLentPlaces(executor, 1);
            assertThat(executor.liveWorkers()).isEqualTo(1);
            gate.open();
            assertThat(future.result()).isEqualTo(42);
        }
    }

    @ParameterizedTest
    @MethodSource("ofOneWorker")
    void submitThatWaitsForRoomElsewhere_letsOthersRun(BaseExecutor executor) throws Exception {
        try (executor;
                ThreadExecutor full =
                        ThreadExecutor.builder().maxWorkers(1).queueCapacity(1).build()) {
            CountDownLatch latch = new CountDownLatch(1);
            full.submit(() -> Gate.await(latch));
            full.submit(() -> 1);
            executor.submit(() -> {
                        executor.submit(latch::countDown);
                        full.submit(() -> 2);
                    })
                    .result();
        }
    }

    @ParameterizedTest
    @MethodSource("ofOneWorker")
    void closeOfAnotherExecutor_letsOthersRun(BaseExecutor outer) throws Exception {
        try (outer) {
            AtomicInteger ran = new AtomicInteger();
            outer.submit(() -> {
                        try (ThreadExecutor inner = new ThreadExecutor(1)) {
                            inner.submit(
                                    () -> outer.submit(ran::incrementAndGet).result());
                        }
                    })
                    .result();
            assertThat(ran).hasValue(1);
        }
    }

    @Test
    void initializerThatWaits_letsOthersRun() throws Exception {
        ThreadExecutor[] mine = new ThreadExecutor[1];
        AtomicInteger initialized = new AtomicInteger();
        try (ThreadExecutor other = new ThreadExecutor(1);
                ThreadExecutor executor = ThreadExecutor.builder()
                        .maxWorkers(1)
                        .initializer(() -> {
                            if (initialized.getAndIncrement() == 0) {
                                other.submit(() -> mine[0].submit(() -> 1).result())
                                        .join();
                            }
                        })
                        .build()) {
            mine[0] = executor;
            assertThat(executor.submit(() -> 42).result()).isEqualTo(42);
        }
    }

    /** Afterwards there are as many workers as before, and no more tasks at a time. */
    @ParameterizedTest
    @MethodSource("ofOneWorker")
    void spareWorker_isCountedAndTakenBack(BaseExecutor executor) throws Exception {
        try (executor;
                Gate gate = new Gate();
                Gate later = new Gate()) {
            Future<?> outer = executor.submit(() -> executor.submit(gate::pass).result(LONG));
            gate.awaitArrivals(1);
            assertThat(executor.spareWorkers()).isEqualTo(1);
            gate.open();
            outer.result();
            Eventually.await().until(() -> executor.spareWorkers() == 0);
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                futures.add(executor.submit(later::pass));
            }
            later.awaitArrivals(1);
            assertThat(executor.runningWorkers()).isEqualTo(1);
            assertThat(executor.queuedTasks()).isEqualTo(2);
            later.open();
            Futures.await(futures);
        }
    }

    @ParameterizedTest
    @MethodSource("ofOneWorker")
    void spareWorker_takesNoTaskAfterTheWait(BaseExecutor executor) throws Exception {
        try (executor;
                Gate spare = new Gate();
                Gate waiter = new Gate()) {
            Promise<Integer> promise = new Promise<>();
            executor.submit(() -> {
                executor.submit(spare::pass);
                promise.result();
                waiter.pass();
            });
            spare.awaitArrivals(1);
            promise.setResult(1);
            waiter.awaitArrivals(1);
            Future<?> next = executor.submit(() -> 1);
            spare.open();
            Eventually.await().until(() -> executor.spareWorkers() == 0);
            assertThat(next.status()).isEqualTo(Future.Status.PENDING);
            waiter.open();
            next.result();
        }
    }

    @ParameterizedTest
    @MethodSource("ofOneWorker")
    void waitThatIsInterrupted_bringsItsSpareWorkerBack(BaseExecutor executor) throws Exception {
        try (executor) {
            Promise<Integer> never = new Promise<>();
            Future<?> waiting = executor.submit(() -> never.result());
            awaitLentPlaces(executor, 1);
            Future<Integer> other = executor.submit(() -> 1);
            other.result();
            waiting.cancel(/* mayInterruptIfRunning= */ true);
            Eventually.await().until(() -> executor.runningWorkers() == 0);
            Eventually.await().until(() -> executor.spareWorkers() == 0);
            assertThat(executor.engine().places.mostNow()).isEqualTo(1);
        }
    }

    @Test
    void spareWorkers_areBounded_andTheLogSaysSoOnce() throws Exception {
        try (FutureLog log = new FutureLog();
                ThreadExecutor executor = ThreadExecutor.builder()
                        .maxWorkers(1)
                        .maxSpareWorkers(2)
                        .build()) {
            Promise<Integer> promise = new Promise<>();
            List<Future<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                waiting.add(executor.submit(() -> promise.result()));
            }
            Eventually.await()
                    .until(() -> executor.liveWorkers() == 3 && !log.messages().isEmpty());
            assertThat(executor.spareWorkers()).isEqualTo(2);
            promise.setResult(1);
            Futures.await(waiting);
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("more workers of " + executor.engine().name() + " wait than the 2 spare workers");
        }
    }

    @Test
    void virtualThreadsInSpare_areBounded() throws Exception {
        try (FutureLog log = new FutureLog();
                VirtualThreadExecutor executor = VirtualThreadExecutor.builder()
                        .maxWorkers(1)
                        .maxSpareWorkers(2)
                        .build()) {
            Promise<Integer> promise = new Promise<>();
            List<Future<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                waiting.add(executor.submit(() -> promise.result()));
            }
            Eventually.await()
                    .until(() -> executor.liveWorkers() == 3 && !log.messages().isEmpty());
            promise.setResult(1);
            Futures.await(waiting);
            assertThat(log.messages()).hasSize(1);
        }
    }

    @Test
    void numberOfSpareWorkersOutOfRange_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ThreadExecutor.builder().maxSpareWorkers(-1))
                .withMessageContaining("maxSpareWorkers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VirtualThreadExecutor.builder().maxSpareWorkers(-1))
                .withMessageContaining("maxSpareWorkers");
    }

    @ParameterizedTest
    @MethodSource("ofOneWorker")
    void shutdownWhileAWorkerWaits_runsWhatIsQueued(BaseExecutor executor) throws Exception {
        Promise<Integer> promise = new Promise<>();
        Future<Integer> waiting = executor.submit(() -> promise.result());
        awaitLentPlaces(executor, 1);
        Future<?> queued = executor.submit(() -> promise.setResult(42));
        executor.shutdown();
        assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(waiting.result()).isEqualTo(42);
        queued.result();
    }
}
