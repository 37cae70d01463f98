// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.FutureFixtures.awaitCollected;
import static concurrent.futures.FutureFixtures.awaitListener;
import static concurrent.futures.FutureFixtures.inBackground;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.Future.Status;
import concurrent.futures.FutureFixtures.Background;
import concurrent.futures.FutureFixtures.Lockstep;
import concurrent.futures.FutureFixtures.Shelf;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The item that an executor runs, here or elsewhere, is the future that the caller holds. */
class WorkItemFutureTest {
    private final Shelf shelf = new Shelf();
    private final List<Object> told = new ArrayList<>();

    /* ---------------- Run elsewhere ---------------- */

    @Test
    void start_complete() throws Exception {
        WorkItem<String> item = shelf.item(() -> "unused");
        assertThat(item.status()).isEqualTo(Status.PENDING);
        assertThat(item.start(told::add)).isTrue();
        assertThat(item.status()).isEqualTo(Status.RUNNING);
        assertThat(item.cancel()).isFalse();
        assertThat(item.complete("value")).isTrue();
        assertThat(item.result()).isEqualTo("value");
        assertThat(told).isEmpty();
    }

    @Test
    void start_completeWithNull() throws Exception {
        WorkItem<String> item = shelf.item(() -> "unused");
        item.start(told::add);
        assertThat(item.complete(null)).isTrue();
        assertThat(item.result()).isNull();
    }

    @Test
    void start_fail() throws Exception {
        IOException thrown = new IOException("boom");
        WorkItem<String> item = shelf.item(() -> "unused");
        item.start(told::add);
        assertThat(item.fail(thrown)).isTrue();
        assertThat(item.exception()).isSameAs(thrown);
    }

    @Test
    void completing_tellsWaitersAndCallbacks_thoseAddedBeforeTheStartToo() throws Exception {
        WorkItem<String> item = shelf.item(() -> "unused");
        item.addDoneCallback(done -> told.add("pending " + done.resultNow()));
        item.start(told::add);
        item.addDoneCallback(done -> told.add("running " + done.resultNow()));
        Background<String> waiter = inBackground(item::result);
        FutureFixtures.soon().until(() -> FutureFixtures.listeners(item) == 3);
        item.complete("value");
        assertThat(waiter.get()).isEqualTo("value");
        assertThat(told).containsExactly("pending value", "running value");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancelledWhileRunning_onCancelIsToldOnce_andTheOutcomeIsRefused(boolean mayInterrupt) {
        WorkItem<String> item = shelf.item(() -> "unused");
        item.start(told::add);
        assertThat(item.cancel(mayInterrupt)).isTrue();
        assertThat(item.cancel(true)).isTrue();
        assertThat(told).containsExactly(mayInterrupt);
        assertThat(item.status()).isEqualTo(Status.CANCELLED_AND_NOTIFIED);
        assertThat(item.complete("late")).isFalse();
        assertThat(item.isCancelled()).isTrue();
    }

    @Test
    void cancelledWhileRunning_aFailureIsRefused() {
        WorkItem<String> item = shelf.item(() -> "unused");
        item.start(told::add);
        item.cancel(true);
        assertThat(item.fail(new IOException("late"))).isFalse();
        assertThatThrownBy(item::result).isExactlyInstanceOf(CancellationException.class);
    }

    @Test
    void cancelledBeforeTheStart_isNotStarted() {
        WorkItem<String> item = shelf.item(() -> "unused");
        item.cancel(true);
        assertThat(item.status()).isEqualTo(Status.CANCELLED);
        assertThat(item.start(told::add)).isFalse();
        assertThat(item.status()).isEqualTo(Status.CANCELLED_AND_NOTIFIED);
        assertThat(told).isEmpty();
    }

    @Test
    void onCancel_seesAFutureThatIsDone() {
        WorkItem<String> item = shelf.item(() -> "unused");
        item.start(mayInterrupt -> told.add(item.status()));
        item.cancel(true);
        assertThat(told).containsExactly(Status.CANCELLED_AND_NOTIFIED);
    }

    @Test
    void onCancelThatThrows_isLogged_andEverybodyIsTold() throws Exception {
        for (Throwable thrown : List.of(new IllegalStateException("boom"), new AssertionError("boom"))) {
            WorkItem<String> item = shelf.item(() -> "unused");
            item.start(mayInterrupt -> {
                throw FutureFixtures.sneak(thrown);
            });
            AtomicInteger calls = new AtomicInteger();
            Background<String> waiter = inBackground(item::result);
            awaitListener(item);
            item.addDoneCallback(done -> calls.incrementAndGet());
            try (FutureLog log = new FutureLog()) {
                assertThat(item.cancel(true)).isTrue();
                assertThat(log.thrown()).containsExactly(thrown);
            }
            assertThat(waiter.failure()).isExactlyInstanceOf(CancellationException.class);
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void onCancel_mayReportTheEndItself() {
        WorkItem<String> item = shelf.item(() -> "unused");
        item.start(mayInterrupt -> told.add(item.complete("late")));
        assertThat(item.cancel(true)).isTrue();
        assertThat(told).containsExactly(false);
        assertThat(item.status()).isEqualTo(Status.CANCELLED_AND_NOTIFIED);
    }

    @Test
    void completing_whatWasNotStarted_isRefused() {
        WorkItem<String> item = shelf.item(() -> "unused");
        assertThatThrownBy(() -> item.complete("early"))
                .isInstanceOf(InvalidStateException.class)
                .hasMessageContaining("PENDING")
                .hasMessageContaining(item.toString());
        assertThatThrownBy(() -> item.fail(new IOException())).isInstanceOf(InvalidStateException.class);
        assertThat(item.status()).isEqualTo(Status.PENDING);
    }

    @Test
    void completing_twice_isRefused() throws Exception {
        WorkItem<String> item = shelf.item(() -> "unused");
        item.start(told::add);
        item.complete("first");
        assertThatThrownBy(() -> item.complete("second")).isInstanceOf(InvalidStateException.class);
        assertThat(item.result()).isEqualTo("first");
    }

    /** The second report comes from a callback, before the first one has returned. */
    @Test
    void completing_again_givesThePlaceBackOnce() {
        List<WorkItem<?>> items = new ArrayList<>();
        AbstractFutureExecutor bounded = new AbstractFutureExecutor("bounded", 1, 1, WhenFull.REJECT) {
            @Override
            protected <T> void dispatch(WorkItem<T> item) {
                items.add(item);
            }
        };
        bounded.submit(() -> "first").addDoneCallback(done -> {
            try {
                told.add(items.get(0).fail(new IOException("again")));
            } catch (InvalidStateException e) {
                told.add(false);
            }
        });
        bounded.submit(() -> "second");
        items.get(0).start(mayInterrupt -> {});
        items.get(0).fail(new IOException("boom"));
        assertThat(told).containsExactly(false);

        bounded.submit(() -> "third");

        assertThatThrownBy(() -> bounded.submit(() -> "too many")).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void completing_fromTwoThreads_isHeardFromOne_andTheOtherIsTold() throws Exception {
        int rounds = 40_000;
        List<WorkItem<Integer>> items = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            items.add(shelf.item(() -> 0));
            items.get(i).start(told::add);
        }
        AtomicInteger heard = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        Lockstep lockstep = new Lockstep(2);
        FutureFixtures.Body reporter = () -> {
            for (int i = 0; i < rounds; i++) {
                lockstep.await(i + 1);
                try {
                    heard.addAndGet(items.get(i).complete(i) ? 1 : 0);
                } catch (InvalidStateException e) {
                    refused.incrementAndGet();
                }
            }
        };
        lockstep.run(reporter, reporter);

        assertThat(heard).hasValue(rounds);
        assertThat(refused).hasValue(rounds);
    }

    /** An executor that starts an item twice, by mistake, must not keep the first start from being completed. */
    @Test
    void starting_twice_doesNotLoseTheOutcome() throws Exception {
        WorkItem<String> item = shelf.item(() -> "unused");
        assertThat(item.start(told::add)).isTrue();
        try {
            assertThat(item.start(told::add)).isFalse();
        } catch (InvalidStateException e) {
            // Refusing is as good.
        }
        assertThat(item.complete("value")).isTrue();
        assertThat(item.result()).isEqualTo("value");
    }

    /* ---------------- The task ---------------- */

    @Test
    void task_isWhatWasSubmitted_untilItIsDone() {
        Task<String> task = () -> "value";
        Callable<String> callable = () -> "value";

        WorkItem<?> item = (WorkItem<?>) shelf.submit(task);
        assertThat(item.task()).isSameAs(task);
        item.start(told::add);
        assertThat(item.task()).as("it may not have been sent yet").isSameAs(task);
        item.cancel(true);
        item.fail(new IOException());
        assertThat(item.task()).isNull();
        assertThat(((WorkItem<?>) shelf.submit(callable)).task()).isSameAs(callable);
    }

    @Test
    void task_ofARunnable_performsIt() throws Exception {
        List<String> performed = new ArrayList<>();
        IOException checked = new IOException();
        Action failing = () -> {
            throw checked;
        };
        Runnable runnable = () -> performed.add("runnable");

        assertThat(((WorkItem<?>) shelf.submit(runnable)).task().call()).isNull();
        assertThatThrownBy(((WorkItem<?>) shelf.submit(failing)).task()::call).isSameAs(checked);
        assertThat(performed).containsExactly("runnable");
    }

    @Test
    void task_ofACancelledItem_isNull() {
        WorkItem<String> item = shelf.item(() -> "unused");
        item.cancel();
        assertThat(item.task()).isNull();
    }

    @Test
    void completedItem_letsGoOfItsTask() {
        Object[] holder = new Object[1];
        WeakReference<Object> captured = completeCapturing(holder);
        awaitCollected(captured);
        Reference.reachabilityFence(holder);
    }

    private WeakReference<Object> completeCapturing(Object[] holder) {
        Object captured = new Object();
        WorkItem<Integer> item = shelf.item(captured::hashCode);
        holder[0] = item;
        item.start(mayInterrupt -> assertThat(captured).isNotNull());
        item.complete(1);
        return new WeakReference<>(captured);
    }

    @Test
    void itemCancelledWhileItRunsElsewhere_letsGoOfItsTaskWhenTheEndIsReported() {
        Object[] holder = new Object[1];
        WeakReference<Object> captured = cancelCapturing(holder);
        awaitCollected(captured);
        Reference.reachabilityFence(holder);
    }

    private WeakReference<Object> cancelCapturing(Object[] holder) {
        Object captured = new Object();
        WorkItem<Integer> item = shelf.item(captured::hashCode);
        holder[0] = item;
        item.start(mayInterrupt -> assertThat(captured).isNotNull());
        item.cancel(true);
        item.complete(1);
        return new WeakReference<>(captured);
    }

    /* ---------------- Run here ---------------- */

    @Test
    void run_completesWithTheResult() throws Exception {
        WorkItem<String> item = shelf.item(() -> "value");
        item.run();
        assertThat(item.result()).isEqualTo("value");
    }

    @Test
    void run_twice_runsOnce() {
        AtomicInteger runs = new AtomicInteger();
        WorkItem<Integer> item = shelf.item(runs::incrementAndGet);
        item.run();
        item.run();
        assertThat(runs).hasValue(1);
    }

    @Test
    void run_ofACancelledItem_doesNothing() {
        AtomicInteger runs = new AtomicInteger();
        WorkItem<Integer> item = shelf.item(runs::incrementAndGet);
        item.cancel();
        item.run();
        assertThat(runs).hasValue(0);
        assertThat(item.status()).isEqualTo(Status.CANCELLED_AND_NOTIFIED);
    }

    @Test
    void run_throwsNothing() {
        WorkItem<Integer> item = shelf.item(() -> {
            throw new AssertionError("boom");
        });
        item.run();
        assertThat(item.exceptionNow()).hasMessage("boom");
    }

    @Test
    void run_ofAnAction_doesNotWrapItsException() {
        IOException thrown = new IOException("boom");
        Action action = () -> {
            throw thrown;
        };
        WorkItem<?> item = (WorkItem<?>) shelf.submit(action);
        item.run();
        assertThat(item.exceptionNow()).isSameAs(thrown);
    }

    @Test
    void run_whileAnotherThreadRunsIt_doesNothing() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Promise<String> gate = new Promise<>();
        WorkItem<Integer> item = shelf.item(() -> {
            gate.result();
            return runs.incrementAndGet();
        });
        Background<Object> runner = inBackground(() -> {
            item.run();
            return null;
        });
        awaitListener(gate);
        item.run();
        assertThat(item.isRunning()).isTrue();
        gate.setResult("open");
        runner.get();
        assertThat(item.result()).isEqualTo(1);
    }
}
