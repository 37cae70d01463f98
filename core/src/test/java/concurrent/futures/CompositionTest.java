// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Futures made from another one: what becomes of results, exceptions and cancellations on the way. */
@Timeout(30)
class CompositionTest {
    private final Promise<String> source = new Promise<>();

    @Test
    void thenApply_passesTheResultThroughTheFunction() throws Exception {
        Future<Integer> length = source.thenApply(String::length);
        assertThat(length.status()).isEqualTo(Future.Status.PENDING);
        source.setResult("four");
        assertThat(length.result()).isEqualTo(4);
    }

    @Test
    void thenApply_onADoneFuture_runsAtOnce() throws Exception {
        assertThat(Futures.completed("four").thenApply(String::length).resultNow())
                .isEqualTo(4);
    }

    @Test
    void thenApply_ofAndToNull() throws Exception {
        Future<String> none = Futures.completed(null);
        assertThat(none.thenApply(value -> value == null ? null : "x").result()).isNull();
    }

    @Test
    void thenApply_passesTheSameExceptionOn_andDoesNotRun() {
        IOException thrown = new IOException("thrown");
        AtomicReference<String> ran = new AtomicReference<>();
        Future<String> next = source.thenApply(value -> {
            ran.set(value);
            return value;
        });
        source.setException(thrown);
        assertThatThrownBy(next::result).isSameAs(thrown);
        assertThat(ran).hasNullValue();
    }

    @Test
    void functions_mayThrowCheckedExceptions() {
        IOException thrown = new IOException("thrown");
        source.setResult("value");
        Future<String> apply = source.thenApply(value -> {
            throw thrown;
        });
        Future<String> compose = source.thenCompose(value -> {
            throw thrown;
        });
        Future<String> handle = source.handle((value, exception) -> {
            throw thrown;
        });
        for (Future<String> each : List.of(apply, compose, handle)) {
            assertThatThrownBy(each::result).isSameAs(thrown);
        }
    }

    @Test
    void thenCompose_becomesWhatTheSecondFutureBecomes() throws Exception {
        Promise<Integer> second = new Promise<>();
        Future<Integer> composed = source.thenCompose(value -> second);
        source.setResult("value");
        assertThat(composed.isDone()).isFalse();
        second.setResult(7);
        assertThat(composed.result()).isEqualTo(7);
    }

    @Test
    void thenCompose_ofASecondThatFails_orIsCancelled() {
        IOException thrown = new IOException("thrown");
        source.setResult("value");
        assertThatThrownBy(() ->
                        source.thenCompose(value -> Futures.failed(thrown)).result())
                .isSameAs(thrown);
        Promise<Integer> cancelled = new Promise<>();
        cancelled.cancel();
        assertThat(source.thenCompose(value -> cancelled).isCancelled()).isTrue();
    }

    @Test
    void thenCompose_ofNoFuture_says() {
        source.setResult("value");
        assertThatThrownBy(() -> source.thenCompose(value -> null).result())
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("thenCompose");
    }

    @Test
    void handle_seesEachOutcome() throws Exception {
        Handler<String, String> tell = (value, exception) -> value + " " + exception;
        assertThat(Futures.completed("value").handle(tell).result()).isEqualTo("value null");
        IOException thrown = new IOException("thrown");
        assertThat(Futures.<String>failed(thrown).handle(tell).result()).isEqualTo("null " + thrown);
        Future<Throwable> seen = source.handle((value, exception) -> exception);
        source.cancel();
        assertThat(seen.result()).isInstanceOf(CancellationException.class);
    }

    @Test
    void exceptionally_replacesAFailureOrACancellation_andNothingElse() throws Exception {
        assertThat(Futures.completed("value")
                        .exceptionally(exception -> "other")
                        .result())
                .isEqualTo("value");
        assertThat(Futures.<String>failed(new IOException("thrown"))
                        .exceptionally(Throwable::getMessage)
                        .result())
                .isEqualTo("thrown");
        Future<String> seen =
                source.exceptionally(exception -> exception.getClass().getSimpleName());
        source.cancel();
        assertThat(seen.result()).isEqualTo("CancellationException");
    }

    @Test
    void derivedFutures_andCallbacks_areToldInTheOrderOfTheirRegistration() {
        List<String> order = new ArrayList<>();
        source.addDoneCallback(done -> order.add("callback 1"));
        Future<Boolean> unused = source.thenApply(value -> order.add("apply"));
        Future<Boolean> unusedToo = source.handle((value, exception) -> order.add("handle"));
        source.addDoneCallback(done -> order.add("callback 2"));
        source.setResult("value");
        assertThat(order).containsExactly("callback 1", "apply", "handle", "callback 2");
    }

    @Test
    void cancelledSource_cancelsWhatDependsOnIt() {
        Future<Integer> last = source.thenApply(String::length).thenCompose(Futures::completed);
        source.cancel();
        assertThat(last.isCancelled()).isTrue();
        assertThat(last.status()).isEqualTo(Future.Status.CANCELLED_AND_NOTIFIED);
    }

    @Test
    void longChains_areCompletedAndCancelled_onASmallStack() throws Exception {
        Future<Integer> last = source.thenApply(String::length);
        Future<Integer> cancelled = Futures.shield(source).thenApply(String::length);
        for (int i = 0; i < 100_000; i++) {
            last = i % 2 == 0 ? last.thenApply(value -> value + 1) : last.thenCompose(Futures::completed);
            cancelled = cancelled.thenApply(value -> value + 1);
        }
        Promise<Integer> upstream = new Promise<>();
        Future<Integer> end = upstream;
        for (int i = 0; i < 100_000; i++) {
            end = end.thenApply(value -> value + 1);
        }
        end.cancel();
        assertThat(upstream.isCancelled()).isTrue();
        cancelled.cancel();
        source.setResult("four");
        assertThat(last.result()).isEqualTo(50_004);
    }

    @Test
    void loopOfCompositions_needsNoStack() throws Exception {
        assertThat(countDown(100_000).result()).isZero();
    }

    private static Future<Integer> countDown(int number) {
        return number == 0
                ? Futures.completed(0)
                : Futures.completed(number - 1).thenCompose(CompositionTest::countDown);
    }

    /* ---------------- On an executor ---------------- */

    @Test
    void function_runsOnTheExecutor() throws Exception {
        try (ThreadExecutor executor =
                ThreadExecutor.builder().threadNamePrefix("fn").maxWorkers(1).build()) {
            Mapper<String, String> where = value -> Thread.currentThread().getName();
            Future<String> apply = source.thenApply(where, executor);
            Future<String> compose = source.thenCompose(value -> Futures.completed(where.apply(value)), executor);
            Future<String> handle = source.handle((value, exception) -> where.apply(value), executor);
            Future<String> exceptionally = source.thenApply(value -> {
                        throw new IOException();
                    })
                    .<String>handle((value, exception) -> where.apply(""), executor);
            source.setResult("value");
            for (Future<String> each : List.of(apply, compose, handle, exceptionally)) {
                assertThat(each.result()).isEqualTo("fn_0");
            }
        }
    }

    @Test
    void function_runsOnAForeignExecutor() throws Exception {
        Executor executor = command -> new Thread(command, "foreign").start();
        Future<String> apply = source.thenApply(value -> Thread.currentThread().getName(), executor);
        source.setResult("value");
        assertThat(apply.result()).isEqualTo("foreign");
    }

    @Test
    void executorThatRefuses_failsTheFuture() {
        ThreadExecutor executor = new ThreadExecutor(1);
        executor.close();
        Future<Integer> refused = source.thenApply(String::length, executor);
        Future<Integer> refusedByOther = source.thenApply(String::length, command -> {
            throw new RejectedExecutionException("no");
        });
        source.setResult("value");
        assertThatThrownBy(refused::result).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(refusedByOther::result).hasMessage("no");
    }

    @Test
    void failureOnTheExecutor_isNotWrapped() {
        IOException thrown = new IOException("thrown");
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            Future<String> failed = source.thenApply(
                    value -> {
                        throw thrown;
                    },
                    executor);
            source.setResult("value");
            assertThatThrownBy(failed::result).isSameAs(thrown);
        }
    }

    @Test
    void badInput_isRefusedAtTheCall() {
        assertThatThrownBy(() -> source.thenApply(null)).hasMessage("fn");
        assertThatThrownBy(() -> source.thenApply(String::length, null)).hasMessage("executor");
        assertThatThrownBy(() -> source.thenCompose(null)).hasMessage("fn");
        assertThatThrownBy(() -> source.handle(null)).hasMessage("handler");
        assertThatThrownBy(() -> source.exceptionally(null)).hasMessage("fn");
    }
}
