// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The results of several futures as one. */
@Timeout(30)
class FuturesAllTest {
    private final Promise<Integer> a = new Promise<>();
    private final Promise<Integer> b = new Promise<>();
    private final Promise<Integer> c = new Promise<>();
    private final IOException thrown = new IOException("thrown");
    private final IOException thrownToo = new IOException("thrown, too");

    @Test
    void all_resultsInTheOrderOfTheFutures() throws Exception {
        Future<List<Integer>> all = Futures.all(List.of(a, b, c));
        c.setResult(3);
        a.setResult(1);
        assertThat(all.isDone()).isFalse();
        b.setResult(null);
        assertThat(all.result()).isEqualTo(Arrays.asList(1, null, 3));
        assertThatThrownBy(() -> all.resultNow().set(0, 0)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void all_ofNothing_andOfTheSameTwice() throws Exception {
        assertThat(Futures.all(List.<Future<Integer>>of()).result()).isEmpty();
        Future<List<Integer>> twice = Futures.all(List.of(a, a));
        a.setResult(1);
        assertThat(twice.result()).containsExactly(1, 1);
    }

    @Test
    void all_firstFailure_cancelsTheRest() {
        Future<List<Integer>> all = Futures.all(List.of(a, b, c));
        a.setResult(1);
        b.setException(thrown);
        assertThatThrownBy(all::result).isSameAs(thrown);
        assertThat(c.isCancelled()).isTrue();
    }

    @Test
    void all_firstFailure_reachesWhoeverWaitsOrListens() throws Exception {
        Promise<Integer> failing = new Promise<>();
        Future<List<Integer>> all = Futures.all(List.of(failing, new Promise<>()));
        List<Integer> told = new ArrayList<>();
        all.addDoneCallback(done -> told.add(1));
        all.addDoneCallback(done -> told.add(2));
        FutureTask<Throwable> waiter = new FutureTask<>(all::exception);
        Thread waiting = Thread.ofPlatform().start(waiter);
        Eventually.await().until(() -> waiting.getState() == Thread.State.WAITING);

        failing.setException(thrown);
        assertThat(told).containsExactly(1, 2);
        assertThat(waiter.get(10, TimeUnit.SECONDS)).isSameAs(thrown);
    }

    @Test
    void all_firstFailure_leavesWhatOthersWant() {
        c.addDoneCallback(done -> {});
        Future<List<Integer>> all = Futures.all(List.of(a, b, Futures.shield(c)));
        b.setException(thrown);
        assertThatThrownBy(all::result).isSameAs(thrown);
        assertThat(a.isCancelled()).isTrue();
        assertThat(c.isCancelled()).isFalse();
    }

    @Test
    void all_furtherFailures_areSuppressed() {
        a.setException(thrown);
        b.setException(thrownToo);
        c.setException(thrown);
        Future<List<Integer>> all = Futures.all(List.of(a, b, c));
        assertThatThrownBy(all::result).isSameAs(thrown).hasSuppressedException(thrownToo);
        assertThat(thrown.getSuppressed()).hasSize(1);
    }

    @Test
    void all_ofACancelledOne_isCancelled_andSoAreTheOthers() {
        Future<List<Integer>> all = Futures.all(List.of(a, b));
        a.cancel();
        assertThat(all.isCancelled()).isTrue();
        assertThat(b.isCancelled()).isTrue();
    }

    @Test
    void all_cancelled_cancelsEach() {
        Futures.all(List.of(a, b)).cancel();
        assertThat(a.isCancelled()).isTrue();
        assertThat(b.isCancelled()).isTrue();
    }

    @Test
    void all_cancelsWhatRuns_withAnInterrupt() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            Promise<Boolean> interrupted = new Promise<>();
            Future<?> running =
                    executor.submit(() -> interrupted.setResult(gate.passUninterruptibly() | Thread.interrupted()));
            gate.awaitArrivals(1);
            Future<? extends List<?>> all = Futures.all(List.of(running, a));
            a.setException(thrown);
            assertThat(all.exception()).isSameAs(thrown);
            gate.open();
            assertThat(interrupted.result()).isTrue();
        }
    }

    @Test
    void any_firstResult_cancelsTheRest() throws Exception {
        Future<Integer> any = Futures.any(List.of(a, b, c));
        a.setException(thrown);
        assertThat(any.isDone()).isFalse();
        b.setResult(2);
        assertThat(any.result()).isEqualTo(2);
        assertThat(c.isCancelled()).isTrue();
    }

    @Test
    void any_withoutAnyResult_tellsAll() {
        Future<Integer> any = Futures.any(List.of(a, b, c));
        b.setException(thrownToo);
        c.cancel();
        a.setException(thrown);
        assertThatThrownBy(any::result)
                .isInstanceOf(java.util.concurrent.ExecutionException.class)
                .hasMessage("none of 3 futures has a result")
                .hasCause(thrown)
                .hasSuppressedException(thrownToo);
    }

    @Test
    void any_ofCancelledOnes_isCancelled() {
        Future<Integer> any = Futures.any(List.of(a, b));
        a.cancel();
        assertThat(any.isDone()).isFalse();
        b.cancel();
        assertThat(any.isCancelled()).isTrue();
    }

    @Test
    void any_cancelled_cancelsEach() {
        Futures.any(List.of(a, b)).cancel(true);
        assertThat(a.isCancelled()).isTrue();
        assertThat(b.isCancelled()).isTrue();
    }

    @Test
    void furtherFailures_areSuppressedOnce_andNeverInACircle() throws Exception {
        IllegalStateException first = new IllegalStateException("first");
        IllegalStateException second = new IllegalStateException("second");
        List<Future<Integer>> futures = List.of(Futures.failed(first), Futures.failed(second), Futures.failed(second));
        for (int i = 0; i < 3; i++) {
            assertThat(Futures.all(futures).exception()).isSameAs(first);
        }
        assertThat(Futures.all(List.<Future<Integer>>of(Futures.failed(second), Futures.failed(first)))
                        .exception())
                .isSameAs(second);
        assertThat(first.getSuppressed()).containsExactly(second);
        assertThat(second.getSuppressed()).isEmpty();
        assertThat(Futures.any(futures).exception().getSuppressed()).containsExactly(second);
    }

    @Test
    void badInput_isRefused() {
        assertThatThrownBy(() -> Futures.any(List.<Future<Integer>>of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Futures.all(null)).hasMessage("fs");
        assertThatThrownBy(() -> Futures.all(Arrays.asList(a, null))).hasMessage("a future in fs");
        assertThatThrownBy(() -> Futures.shield(null)).hasMessage("future");
    }
}
