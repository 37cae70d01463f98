// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What authors of executors rely on, and what they may get wrong. */
class AbstractFutureExecutorTest {

    /** Only collects the items; the tests do by hand what a place elsewhere would. */
    private static final class ByHand extends AbstractFutureExecutor {
        final List<WorkItem<Object>> items = new CopyOnWriteArrayList<>();
        final AtomicInteger terminations = new AtomicInteger();

        ByHand(int maxWorkers) {
            super("ByHand", maxWorkers);
        }

        @Override
        @SuppressWarnings("unchecked") // The tests complete each item with what its future is to have.
        protected <T> void dispatch(WorkItem<T> item) {
            items.add((WorkItem<Object>) item);
        }

        @Override
        protected void terminated() {
            terminations.incrementAndGet();
        }
    }

    private final ByHand executor = new ByHand(2);

    private static void ignored(boolean mayInterrupt) {}

    @Test
    void dispatch_givesTheFutureItselfAndWhatWasSubmitted() {
        Task<String> task = () -> "task";
        Future<String> future = executor.submit(task);
        WorkItem<Object> item = executor.items.get(0);
        assertThat(item).isSameAs(future);
        assertThat(item.task()).isSameAs(task);
        assertThat(item.status()).isEqualTo(Future.Status.PENDING);
    }

    @Test
    void dispatch_ofNoMoreThanMaxWorkers_inOrder() {
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            futures.add(executor.submit(() -> "never run here"));
        }
        assertThat(executor.items).hasSize(2);
        assertThat(executor.queuedTasks()).isEqualTo(3);
        for (int i = 0; i < 5; i++) {
            WorkItem<Object> item = executor.items.get(i);
            assertThat(item).isSameAs(futures.get(i));
            assertThat(item.start(AbstractFutureExecutorTest::ignored)).isTrue();
            assertThat(futures.get(i).isRunning()).isTrue();
            assertThat(item.complete(i)).isTrue();
            assertThat(executor.items).hasSize(Math.min(5, i + 3));
        }
        assertThat(futures).extracting(Future::resultNow).isEqualTo(List.of(0, 1, 2, 3, 4));
        assertThat(executor.completedTasks()).isEqualTo(5);
    }

    @Test
    void complete_endsWithTheResult_whichMayBeNull() throws Exception {
        Future<String> future = executor.submit(() -> "elsewhere");
        WorkItem<Object> item = executor.items.get(0);
        item.start(AbstractFutureExecutorTest::ignored);
        assertThat(item.complete(null)).isTrue();
        assertThat(future.result()).isNull();
        assertThat(item.task()).isNull();
    }

    @Test
    void fail_endsWithTheException() throws Exception {
        Future<String> future = executor.submit(() -> "elsewhere");
        WorkItem<Object> item = executor.items.get(0);
        IOException lost = new IOException("the connection is lost");
        item.start(AbstractFutureExecutorTest::ignored);
        assertThat(item.fail(lost)).isTrue();
        assertThat(future.exception()).isSameAs(lost);
    }

    @Test
    void completeAndFail_withoutStart_areRefused() {
        executor.submit(() -> "elsewhere");
        WorkItem<Object> item = executor.items.get(0);
        assertThatThrownBy(() -> item.complete("too early")).isInstanceOf(InvalidStateException.class);
        assertThatThrownBy(() -> item.fail(new IOException())).isInstanceOf(InvalidStateException.class);
        assertThat(item.status()).isEqualTo(Future.Status.PENDING);
        assertThat(item.start(AbstractFutureExecutorTest::ignored)).isTrue();
        assertThat(item.complete("in time")).isTrue();
    }

    @Test
    void complete_twice_isRefusedAndGivesNoSecondSlotBack() throws Exception {
        Future<String> first = executor.submit(() -> "elsewhere");
        for (int i = 0; i < 5; i++) {
            executor.submit(() -> "elsewhere");
        }
        WorkItem<Object> item = executor.items.get(0);
        item.start(AbstractFutureExecutorTest::ignored);
        item.complete("first");
        assertThat(executor.items).hasSize(3);
        assertThatThrownBy(() -> item.complete("second")).isInstanceOf(InvalidStateException.class);
        assertThatThrownBy(() -> item.fail(new IOException())).isInstanceOf(InvalidStateException.class);
        assertThat(first.result()).isEqualTo("first");
        assertThat(executor.items).hasSize(3);
    }

    @Test
    void complete_givesTheSlotBack_evenIfTellingOfItFails() {
        for (int i = 0; i < 3; i++) {
            executor.submit(() -> "elsewhere");
        }
        WorkItem<Object> item = executor.items.get(0);
        item.listen(new FailingListener());
        item.listen(new FailingListener());
        item.start(AbstractFutureExecutorTest::ignored);
        assertThatThrownBy(() -> item.complete("first")).isInstanceOf(IllegalStateException.class);
        assertThat(executor.items).hasSize(3);
    }

    /** Fails where no code of users runs. */
    private static final class FailingListener extends Listener {
        @Override
        boolean runsUserCode() {
            throw new IllegalStateException("as if the library were wrong");
        }

        @Override
        void done(Future<?> future) {}
    }

    @Test
    void nulls_areRefusedByName() {
        executor.submit(() -> "elsewhere");
        WorkItem<Object> item = executor.items.get(0);
        assertThatNullPointerException().isThrownBy(() -> item.start(null)).withMessageContaining("onCancel");
        assertThat(item.start(AbstractFutureExecutorTest::ignored)).isTrue();
        assertThatNullPointerException().isThrownBy(() -> item.fail(null)).withMessageContaining("exception");
        assertThatNullPointerException().isThrownBy(() -> new ByNull(null)).withMessageContaining("name");
    }

    private static final class ByNull extends AbstractFutureExecutor {
        ByNull(String name) {
            super(name, 1);
        }

        @Override
        protected <T> void dispatch(WorkItem<T> item) {}
    }

    /* ---------------- Cancelling ---------------- */

    @Test
    void start_ofCancelled_isFalseAndGivesTheSlotBack() {
        Future<?> cancelled = executor.submit(() -> "elsewhere");
        executor.submit(() -> "elsewhere");
        executor.submit(() -> "elsewhere");
        WorkItem<Object> item = executor.items.get(0);
        assertThat(cancelled.cancel()).isTrue();
        assertThat(item.task()).isNull();
        assertThat(item.start(AbstractFutureExecutorTest::ignored)).isFalse();
        assertThat(cancelled.status()).isEqualTo(Future.Status.CANCELLED_AND_NOTIFIED);
        assertThat(executor.items).hasSize(3);
    }

    @Test
    void run_ofCancelled_givesTheSlotBack() {
        Future<?> cancelled = executor.submit(() -> "elsewhere");
        executor.submit(() -> "elsewhere");
        executor.submit(() -> "elsewhere");
        cancelled.cancel();
        executor.items.get(0).run();
        assertThat(cancelled.status()).isEqualTo(Future.Status.CANCELLED_AND_NOTIFIED);
        assertThat(executor.items).hasSize(3);
    }

    @Test
    void cancel_ofRunning_tellsThePlaceOnceWithOrWithoutInterrupt() {
        for (boolean mayInterrupt : new boolean[] {false, true}) {
            ByHand fresh = new ByHand(1);
            Future<?> future = fresh.submit(() -> "elsewhere");
            WorkItem<Object> item = fresh.items.get(0);
            List<Boolean> told = new ArrayList<>();
            item.start(interrupt -> {
                assertThat(future.isDone()).isTrue();
                told.add(interrupt);
            });
            assertThat(future.cancel()).isFalse();
            assertThat(told).isEmpty();
            assertThat(future.cancel(mayInterrupt)).isTrue();
            assertThat(future.cancel(true)).isTrue();
            assertThat(told).containsExactly(mayInterrupt);
            assertThat(item.complete("unheard")).isFalse();
            assertThatThrownBy(future::result).isInstanceOf(CancellationException.class);
        }
    }

    /** A cancelled future is done at once, but the place is not free before it says so. */
    @Test
    void cancel_ofRunning_keepsTheSlotUntilThePlaceReports() {
        ByHand one = new ByHand(1);
        Future<?> first = one.submit(() -> "elsewhere");
        one.submit(() -> "elsewhere");
        WorkItem<Object> item = one.items.get(0);
        item.start(AbstractFutureExecutorTest::ignored);
        first.cancel(true);
        assertThat(one.items).hasSize(1);
        assertThat(item.fail(new InterruptedException())).isFalse();
        assertThat(one.items).hasSize(2);
    }

    @Test
    void onCancel_thatThrows_isContained() {
        Future<?> future = executor.submit(() -> "elsewhere");
        WorkItem<Object> item = executor.items.get(0);
        item.start(interrupt -> {
            throw new IllegalStateException("cannot stop it");
        });
        assertThat(future.cancel(true)).isTrue();
        assertThat(future.status()).isEqualTo(Future.Status.CANCELLED_AND_NOTIFIED);
        assertThat(item.complete("unheard")).isFalse();
    }

    @Test
    void shutdownNow_asksThePlaceToStopWithoutEndingTheFuture() throws Exception {
        Future<String> future = executor.submit(() -> "elsewhere");
        WorkItem<Object> item = executor.items.get(0);
        List<Boolean> told = new ArrayList<>();
        item.start(told::add);
        assertThat(executor.shutdownNow()).isEmpty();
        assertThat(told).containsExactly(true);
        assertThat(future.isRunning()).isTrue();
        assertThat(item.complete("as the body ends")).isTrue();
        assertThat(future.result()).isEqualTo("as the body ends");
        executor.shutdownNow();
        assertThat(told).containsExactly(true);
    }

    @Test
    void shutdownNow_cancelsWhatIsDispatchedAndHasNotStarted() throws Exception {
        Future<?> dispatched = executor.submit(() -> "elsewhere");
        List<Runnable> neverRan = executor.shutdownNow();
        assertThat(dispatched.isCancelled()).isTrue();
        assertThat(neverRan).singleElement().isSameAs(dispatched);
        executor.items.get(0).start(AbstractFutureExecutorTest::ignored);
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /* ---------------- Failing to dispatch ---------------- */

    /** Fails to dispatch while it is told to. */
    private static final class Failing extends AbstractFutureExecutor {
        final AtomicBoolean failing = new AtomicBoolean();

        Failing(int maxWorkers) {
            super("Failing", maxWorkers);
        }

        @Override
        protected <T> void dispatch(WorkItem<T> item) throws Exception {
            if (failing.get()) {
                throw new IOException("the place is gone");
            }
            Thread thread = new Thread(item);
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Test
    void dispatch_thatFails_failsThatTaskAlone() throws Exception {
        try (Failing failing = new Failing(1)) {
            failing.failing.set(true);
            for (int i = 0; i < 3; i++) {
                assertThat(failing.submit(() -> "never").exception())
                        .isExactlyInstanceOf(RejectedExecutionException.class)
                        .hasCauseInstanceOf(IOException.class);
            }
            assertThat(failing.liveWorkers()).isZero();
            failing.failing.set(false);
            assertThat(failing.submit(() -> "works").result()).isEqualTo("works");
        }
    }

    @Test
    void dispatch_thatFailsWithALongQueue_failsAllOfIt() throws Exception {
        Failing failing = new Failing(1);
        try (Gate gate = new Gate()) {
            failing.submit(gate::pass);
            gate.awaitArrivals(1);
            List<Future<?>> queued = new ArrayList<>();
            for (int i = 0; i < 50_000; i++) {
                queued.add(failing.submit(() -> "never"));
            }
            failing.failing.set(true);
            gate.open();
            for (Future<?> future : queued) {
                assertThat(future.exception(Duration.ofSeconds(10)))
                        .isExactlyInstanceOf(RejectedExecutionException.class)
                        .hasCauseInstanceOf(IOException.class);
            }
            failing.failing.set(false);
            assertThat(failing.submit(() -> "works").result(Duration.ofSeconds(10)))
                    .isEqualTo("works");
        }
        failing.shutdown();
        assertThat(failing.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /** One thread ends the only item there is while another one submits the next: one of the two has to dispatch it. */
    @Test
    void submit_whileTheLastSlotIsGivenBack_isDispatched() throws Exception {
        long seed = System.nanoTime();
        System.out.println("slots with seed " + seed);
        Random random = new Random(seed);
        AtomicReference<WorkItem<Object>> dispatched = new AtomicReference<>();
        AbstractFutureExecutor one = new AbstractFutureExecutor("One", 1) {
            @Override
            @SuppressWarnings("unchecked") // As above.
            protected <T> void dispatch(WorkItem<T> item) {
                dispatched.set((WorkItem<Object>) item);
            }
        };
        AtomicBoolean over = new AtomicBoolean();
        SubmitContract.inParallel(2, number -> {
            if (number == 1) {
                while (!over.get()) {
                    WorkItem<Object> item = dispatched.getAndSet(null);
                    if (item != null) {
                        item.start(AbstractFutureExecutorTest::ignored);
                        item.complete("done");
                    }
                }
                return;
            }
            // By time, since this is slow where the two threads have to share a core.
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            for (int i = 0; System.nanoTime() < end; i++) {
                Future<?> future = one.submit(() -> "elsewhere");
                long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
                while (!future.isDone()) {
                    Thread.onSpinWait();
                    if (System.nanoTime() > giveUp) {
                        over.set(true);
                        throw new AssertionError(
                                "round " + i + ", seed " + seed + ": " + future + " is left behind by " + one);
                    }
                }
                for (int spin = random.nextInt(20); spin > 0; spin--) {
                    Thread.onSpinWait();
                }
            }
            over.set(true);
        });
        one.close();
    }

    /* ---------------- Ending ---------------- */

    @Test
    void terminated_isCalledOnceWhenAllIsDone() {
        Future<?> future = executor.submit(() -> "elsewhere");
        executor.shutdown();
        assertThat(executor.terminations).hasValue(0);
        WorkItem<Object> item = executor.items.get(0);
        item.start(AbstractFutureExecutorTest::ignored);
        item.complete("done");
        assertThat(future.isDone()).isTrue();
        executor.close();
        executor.shutdownNow();
        assertThat(executor.terminations).hasValue(1);
    }

    @Test
    void terminated_thatThrows_isContained() {
        try (AbstractFutureExecutor throwing = new AbstractFutureExecutor("Throwing", 1) {
            @Override
            protected <T> void dispatch(WorkItem<T> item) {}

            @Override
            protected void terminated() {
                throw new IllegalStateException("cannot let go");
            }
        }) {
            throwing.shutdown();
            assertThat(throwing.isTerminated()).isTrue();
        }
    }

    /** Whoever hears of the end may rely on it that all has been let go. */
    @Test
    void terminated_isOverBeforeAnybodyHearsOfTheEnd() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        AtomicBoolean over = new AtomicBoolean();
        try (Gate gate = new Gate()) {
            AbstractFutureExecutor slow = new AbstractFutureExecutor("Slow", 1) {
                @Override
                protected <T> void dispatch(WorkItem<T> item) {}

                @Override
                protected void terminated() {
                    inside.countDown();
                    gate.passUninterruptibly();
                    over.set(true);
                }
            };
            Thread ending = new Thread(slow::shutdown);
            ending.start();
            Gate.await(inside);
            assertThat(slow.isTerminated()).isFalse();
            Future<Boolean> closed = BulkContract.inThread(() -> {
                slow.close();
                return over.get();
            });
            assertThat(slow.awaitTermination(10, TimeUnit.MILLISECONDS)).isFalse();
            gate.open();
            assertThat(closed.get(20, TimeUnit.SECONDS)).isTrue();
            Gate.await(ending);
        }
    }

    @Test
    void close_waitsForThePlaceToReport() throws Exception {
        executor.submit(() -> "elsewhere");
        WorkItem<Object> item = executor.items.get(0);
        item.start(AbstractFutureExecutorTest::ignored);
        item.cancel(true);
        Thread closer = new Thread(executor::close);
        closer.start();
        Eventually.await().until(() -> closer.getState() == Thread.State.WAITING);
        item.fail(new InterruptedException());
        Gate.await(closer);
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void toString_ofRunningElsewhere_saysSo() {
        Future<?> future = executor.submit(() -> "elsewhere");
        assertThat(future).asString().contains("pending in ByHand");
        executor.items.get(0).start(AbstractFutureExecutorTest::ignored);
        assertThat(future).asString().contains("running elsewhere");
    }
}
