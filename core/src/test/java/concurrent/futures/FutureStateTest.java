// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.FutureFixtures.awaitListener;
import static concurrent.futures.FutureFixtures.inBackground;
import static concurrent.futures.FutureFixtures.opens;
import static concurrent.futures.FutureFixtures.sneak;
import static concurrent.futures.FutureFixtures.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.Future.Status;
import concurrent.futures.FutureFixtures.Background;
import concurrent.futures.FutureFixtures.Blocked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The paths through the states, and who sees them when. */
class FutureStateTest {
    @Test
    void promise_goesFromPendingToRunningToFinished() {
        Promise<String> promise = new Promise<>();
        assertThat(promise.status()).isEqualTo(Status.PENDING);
        assertThat(promise.setRunningOrNotifyCancel()).isTrue();
        assertThat(promise.status()).isEqualTo(Status.RUNNING);
        promise.setResult("value");
        assertThat(promise.status()).isEqualTo(Status.FINISHED);
    }

    @Test
    void promise_setDirectly_goesFromPendingToFinished() {
        Promise<String> returned = new Promise<>();
        Promise<String> raised = new Promise<>();
        returned.setResult("value");
        raised.setException(new IOException());

        assertThat(returned.status()).isEqualTo(Status.FINISHED);
        assertThat(raised.status()).isEqualTo(Status.FINISHED);
    }

    @Test
    void promise_cancelled_isNotifiedBySetRunning() {
        Promise<String> promise = new Promise<>();
        assertThat(promise.cancel()).isTrue();
        assertThat(promise.status()).isEqualTo(Status.CANCELLED);
        assertThat(promise.setRunningOrNotifyCancel()).isFalse();
        assertThat(promise.status()).isEqualTo(Status.CANCELLED_AND_NOTIFIED);
    }

    @Test
    void promise_cancelledWhileRunning_isNotifiedAtOnce() {
        for (boolean mayInterrupt : new boolean[] {false, true}) {
            Promise<String> promise = new Promise<>();
            promise.setRunningOrNotifyCancel();
            assertThat(promise.cancel(mayInterrupt)).isTrue();
            assertThat(promise.status()).isEqualTo(Status.CANCELLED_AND_NOTIFIED);
        }
    }

    @Test
    void task_goesFromPendingToRunningToFinished() throws Exception {
        List<Status> seen = new ArrayList<>();
        AtomicReference<Future<String>> self = new AtomicReference<>();
        try (Blocked blocked = new Blocked()) {
            Future<String> future = blocked.executor.submit(() -> {
                seen.add(self.get().status());
                return "value";
            });
            self.set(future);
            seen.add(future.status());
            blocked.gate.countDown();
            future.result();
            seen.add(future.status());
        }
        assertThat(seen).containsExactly(Status.PENDING, Status.RUNNING, Status.FINISHED);
    }

    @Test
    void task_cancelledWhilePending_isNotifiedWhenTheWorkerComesAcrossIt() throws Exception {
        try (Blocked blocked = new Blocked()) {
            Future<?> future = blocked.executor.submit(() -> "never");
            assertThat(future.cancel()).isTrue();
            assertThat(future.status()).isEqualTo(Status.CANCELLED);
            blocked.gate.countDown();
            soon().until(() -> future.status() == Status.CANCELLED_AND_NOTIFIED);
        }
    }

    @Test
    void state_isPublishedBeforeAnyoneIsWoken() throws Exception {
        for (int round = 0; round < 200; round++) {
            Promise<Integer> promise = new Promise<>();
            promise.setRunningOrNotifyCancel();
            Background<Status> waiter = inBackground(() -> {
                promise.result();
                return promise.status();
            });
            awaitListener(promise);
            promise.setResult(round);
            assertThat(waiter.get()).isEqualTo(Status.FINISHED);
        }
    }

    @Test
    void state_isPublishedBeforeCallbacksRun() {
        List<Object> seen = new ArrayList<>();
        Promise<String> finished = new Promise<>();
        finished.addDoneCallback(done -> seen.add(done.status() + " " + done.resultNow()));
        finished.setResult("value");
        Promise<String> raised = new Promise<>();
        raised.addDoneCallback(
                done -> seen.add(done.status() + " " + done.exceptionNow().getMessage()));
        raised.setException(new IOException("boom"));
        Promise<String> pending = new Promise<>();
        pending.addDoneCallback(done -> seen.add(done.status()));
        pending.cancel();
        Promise<String> running = new Promise<>();
        running.setRunningOrNotifyCancel();
        running.addDoneCallback(done -> seen.add(done.isCancelled() + " " + done.status()));
        running.cancel(true);

        assertThat(seen)
                .containsExactly("FINISHED value", "FINISHED boom", Status.CANCELLED, "true CANCELLED_AND_NOTIFIED");
    }

    @Test
    void state_doesNotChangeWhenListenersComeAndGo() {
        Promise<String> promise = new Promise<>();
        promise.addDoneCallback(done -> {});
        assertThat(promise.status()).isEqualTo(Status.PENDING);
        assertThat(promise.isRunning()).isFalse();
        promise.setRunningOrNotifyCancel();
        assertThat(promise.status()).isEqualTo(Status.RUNNING);
        promise.addDoneCallback(done -> {});
        assertThat(promise.isRunning()).isTrue();
        assertThat(promise.cancel()).isFalse();
        assertThat(promise.isDone()).isFalse();
    }

    @Test
    void setRunningOrNotifyCancel_inAnotherState_logsAndThrows() {
        Promise<String> running = new Promise<>();
        running.setRunningOrNotifyCancel();
        Promise<String> finished = new Promise<>();
        finished.setResult("value");
        Promise<String> notified = new Promise<>();
        notified.cancel();
        notified.setRunningOrNotifyCancel();

        for (Promise<String> promise : List.of(running, finished, notified)) {
            Status before = promise.status();
            try (FutureLog log = new FutureLog()) {
                assertThatThrownBy(promise::setRunningOrNotifyCancel)
                        .isInstanceOf(InvalidStateException.class)
                        .hasMessageContaining(before.name())
                        .hasMessageContaining(promise.toString());
                assertThat(log.messages()).hasSize(1);
                assertThat(log.messages().get(0))
                        .contains("unexpected state")
                        .contains(before.name())
                        .contains(promise.toString());
            }
            assertThat(promise.status()).isEqualTo(before);
        }
    }

    @Test
    void set_onFinished_throwsNamingStateAndFuture() throws Exception {
        Promise<String> promise = new Promise<>();
        promise.setResult("first");

        String message = "FINISHED: " + promise;
        assertThatThrownBy(() -> promise.setResult("second"))
                .isInstanceOf(InvalidStateException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> promise.setException(new IOException()))
                .isInstanceOf(InvalidStateException.class)
                .hasMessage(message);
        assertThat(promise.result()).isEqualTo("first");
    }

    @Test
    void set_onCancelled_throwsNamingStateAndFuture() {
        Promise<String> promise = new Promise<>();
        promise.cancel();

        assertThatThrownBy(() -> promise.setResult("late"))
                .isInstanceOf(InvalidStateException.class)
                .hasMessage("CANCELLED: " + promise);
        promise.setRunningOrNotifyCancel();
        assertThatThrownBy(() -> promise.setException(new IOException()))
                .isInstanceOf(InvalidStateException.class)
                .hasMessage("CANCELLED_AND_NOTIFIED: " + promise);
        assertThat(promise.isCancelled()).isTrue();
    }

    @Test
    void trySet_afterTheFirst_changesNothing() throws Exception {
        Promise<String> promise = new Promise<>();
        assertThat(promise.trySetResult("first")).isTrue();
        assertThat(promise.trySetResult("second")).isFalse();
        assertThat(promise.trySetException(new IOException())).isFalse();
        assertThat(promise.result()).isEqualTo("first");
        assertThat(promise.exception()).isNull();
    }

    static Stream<Throwable> throwables() {
        return FutureResultTest.throwables();
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void task_throwingAnything_endsUpInItsFutureAndTheWorkerLivesOn(Throwable thrown) throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            Future<Thread> before = executor.submit(Thread::currentThread);
            Future<?> called = executor.submit(() -> {
                throw sneak(thrown);
            });
            Runnable runnable = () -> {
                throw sneak(thrown);
            };
            Future<?> run = executor.submit(runnable);
            Future<Thread> after = executor.submit(Thread::currentThread);

            assertThat(called.exception()).isSameAs(thrown);
            assertThat(run.exception()).isSameAs(thrown);
            assertThat(after.result()).isSameAs(before.result());
        }
    }

    @Test
    void execute_throwing_goesToTheHandlerOfTheThreadAndTheWorkerLivesOn() throws Exception {
        CountDownLatch handled = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AssertionError error = new AssertionError("boom");
        try (ThreadExecutor executor = ThreadExecutor.builder()
                .maxWorkers(1)
                .threadFactory(task -> {
                    Thread thread = new Thread(task);
                    thread.setUncaughtExceptionHandler((in, uncaught) -> {
                        thrown.set(uncaught);
                        handled.countDown();
                    });
                    return thread;
                })
                .build()) {
            Thread before = executor.submit(Thread::currentThread).result();
            executor.execute(() -> {
                throw error;
            });
            assertThat(opens(handled)).isTrue();
            assertThat(thrown).hasValue(error);
            assertThat(executor.submit(Thread::currentThread).result()).isSameAs(before);
        }
    }
}
