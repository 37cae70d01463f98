// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.FutureFixtures.awaitListener;
import static concurrent.futures.FutureFixtures.inBackground;
import static concurrent.futures.FutureFixtures.sneak;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import concurrent.futures.FutureFixtures.Background;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the three ways of asking for a result return and throw. */
class FutureResultTest {
    /** Neither exception nor error. */
    private static final class Odd extends Throwable {
        private static final long serialVersionUID = 1;
    }

    private static final class OwnTimeout extends TimeoutException {
        private static final long serialVersionUID = 1;
    }

    private static final class OwnCancellation extends CancellationException {
        private static final long serialVersionUID = 1;
    }

    private static final class OwnInterruption extends InterruptedException {
        private static final long serialVersionUID = 1;
    }

    static Stream<Throwable> unchecked() {
        return Stream.of(
                new IllegalArgumentException("bad"),
                new UncheckedIOException(new IOException("inside")),
                new CompletionException("the task's own", new IOException("inside")),
                new InvalidStateException("the task's own"),
                new AssertionError("error"),
                new StackOverflowError(),
                new OutOfMemoryError("made up"));
    }

    static Stream<Throwable> checked() {
        return Stream.of(
                new IOException("checked"),
                new Exception("plain"),
                new ExecutionException("the task's own", new IOException("inside")),
                new Odd(),
                new Throwable("plain"));
    }

    /** The exceptions that, thrown bare, would tell a lie about the wait. */
    static Stream<Throwable> aboutWaiting() {
        return Stream.of(
                new InterruptedException("the task's own"),
                new TimeoutException("the task's own"),
                new CancellationException("the task's own"),
                new OwnInterruption(),
                new OwnTimeout(),
                new OwnCancellation());
    }

    static Stream<Throwable> throwables() {
        return Stream.of(unchecked(), checked(), aboutWaiting()).flatMap(each -> each);
    }

    /* ---------------- Exceptions ---------------- */

    private interface Check {
        void check(Future<?> future) throws Exception;
    }

    /** The same for a promise, for a future that failed long ago, and for one that fails while somebody waits. */
    private static void ofEachKind(Throwable thrown, Check check) throws Exception {
        check.check(Futures.failed(thrown));
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            check.check(executor.submit(() -> {
                throw sneak(thrown);
            }));
        }
        Promise<Object> promise = new Promise<>();
        Background<Object> waiting = inBackground(() -> {
            check.check(promise);
            return null;
        });
        awaitListener(promise);
        promise.setException(thrown);
        waiting.get();
    }

    @ParameterizedTest
    @MethodSource({"checked", "unchecked"})
    void result_throwsTheSameObject(Throwable thrown) throws Exception {
        ofEachKind(thrown, future -> {
            assertThat(catchThrowable(future::result)).isSameAs(thrown);
            assertThat(catchThrowable(future::result)).as("again").isSameAs(thrown);
            assertThat(catchThrowable(() -> future.result(Duration.ZERO))).isSameAs(thrown);
        });
    }

    @ParameterizedTest
    @MethodSource("aboutWaiting")
    void result_wrapsWhatWouldLieAboutTheWait(Throwable thrown) throws Exception {
        ofEachKind(thrown, future -> {
            for (ThrowingCallable call :
                    List.<ThrowingCallable>of(future::result, () -> future.result(Duration.ZERO))) {
                Throwable seen = catchThrowable(call);
                assertThat(seen).isExactlyInstanceOf(ExecutionException.class);
                assertThat(seen.getCause()).isSameAs(thrown);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("unchecked")
    void join_throwsUncheckedAsTheyAre(Throwable thrown) throws Exception {
        ofEachKind(thrown, future -> assertThat(catchThrowable(future::join)).isSameAs(thrown));
    }

    @ParameterizedTest
    @MethodSource("checked")
    void join_throwsCheckedInsideCompletionException(Throwable thrown) throws Exception {
        ofEachKind(thrown, future -> {
            Throwable seen = catchThrowable(future::join);
            assertThat(seen).isExactlyInstanceOf(CompletionException.class);
            assertThat(seen.getCause()).isSameAs(thrown);
        });
    }

    @ParameterizedTest
    @MethodSource("aboutWaiting")
    void join_keepsTheExecutionExceptionOfResult(Throwable thrown) throws Exception {
        ofEachKind(thrown, future -> {
            Throwable seen = catchThrowable(future::join);
            assertThat(seen).isExactlyInstanceOf(CompletionException.class);
            assertThat(seen.getCause()).isExactlyInstanceOf(ExecutionException.class);
            assertThat(seen.getCause().getCause()).isSameAs(thrown);
        });
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void get_wrapsEverything(Throwable thrown) throws Exception {
        ofEachKind(thrown, future -> {
            for (ThrowingCallable call :
                    List.<ThrowingCallable>of(future::get, () -> future.get(0, TimeUnit.SECONDS))) {
                Throwable seen = catchThrowable(call);
                assertThat(seen).isExactlyInstanceOf(ExecutionException.class);
                assertThat(seen.getCause()).isSameAs(thrown);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void exception_returnsTheSameObject(Throwable thrown) throws Exception {
        ofEachKind(thrown, future -> {
            assertThat(future.exception()).isSameAs(thrown);
            assertThat(future.exception(Duration.ZERO)).isSameAs(thrown);
            assertThat(future.exceptionNow()).isSameAs(thrown);
            assertThat(future.isCancelled()).isFalse();
        });
    }

    @Test
    void cancelled_throwsCancellationException() {
        Promise<String> promise = new Promise<>();
        promise.cancel();

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                promise::result,
                promise::join,
                promise::get,
                promise::exception,
                () -> promise.result(Duration.ofDays(1)),
                () -> promise.exception(Duration.ofDays(1)),
                () -> promise.get(1, TimeUnit.DAYS))) {
            assertThatThrownBy(call)
                    .isExactlyInstanceOf(CancellationException.class)
                    .hasMessageContaining(promise.toString())
                    .hasNoCause();
        }
    }

    @Test
    void resultNow_withoutResult_saysWhatTheFutureIs() {
        Promise<String> promise = new Promise<>();
        assertThatThrownBy(promise::resultNow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(promise.toString());
        assertThatThrownBy(promise::exceptionNow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(promise.toString());
    }

    /* ---------------- Values ---------------- */

    @Test
    void result_isTheSameObjectEachTime() throws Exception {
        Object value = new Object();
        Future<Object> future = Futures.completed(value);

        assertThat(future.result()).isSameAs(value);
        assertThat(future.result(Duration.ZERO)).isSameAs(value);
        assertThat(future.join()).isSameAs(value);
        assertThat(future.get()).isSameAs(value);
        assertThat(future.get(0, TimeUnit.SECONDS)).isSameAs(value);
        assertThat(future.resultNow()).isSameAs(value);
        assertThat(future.exception()).isNull();
    }

    @Test
    void result_mayBeNull() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            for (Future<?> future :
                    List.of(Futures.completed(null), executor.submit(() -> (Object) null), executor.submit(() -> {}))) {
                assertThat(future.result()).isNull();
                assertThat(future.join()).isNull();
                assertThat(future.get()).isNull();
                assertThat(future.resultNow()).isNull();
                assertThat(future.exception()).isNull();
            }
        }
    }

    @Test
    void result_mayBeAnythingThatLooksLikeAnOutcome() throws Exception {
        IOException notThrown = new IOException("a value");
        Promise<String> inner = new Promise<>();
        for (Object value : List.of(notThrown, inner, new CancellationException(), Future.Status.PENDING)) {
            Promise<Object> promise = new Promise<>();
            promise.setResult(value);
            assertThat(promise.result()).isSameAs(value);
            assertThat(promise.exception()).isNull();
            assertThat(promise.state()).isEqualTo(java.util.concurrent.Future.State.SUCCESS);
        }
    }

    @Test
    void submitWithResult_returnsThat() throws Exception {
        Object value = new Object();
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            assertThat(executor.submit(() -> {}, value).result()).isSameAs(value);
        }
    }

    @Test
    void result_ofManyWaiters_reachesEachOfThem() throws Exception {
        Promise<String> promise = new Promise<>();
        List<Background<String>> waiters =
                Stream.generate(() -> inBackground(promise::result)).limit(50).toList();
        FutureFixtures.soon().until(() -> FutureFixtures.listeners(promise) == 50);
        promise.setResult("value");
        for (Background<String> waiter : waiters) {
            assertThat(waiter.get()).isEqualTo("value");
        }
    }
}
