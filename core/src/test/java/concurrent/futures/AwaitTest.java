// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.ManyFutures.LONG;
import static concurrent.futures.ManyFutures.promises;
import static concurrent.futures.ReturnWhen.ALL_COMPLETED;
import static concurrent.futures.ReturnWhen.FIRST_COMPLETED;
import static concurrent.futures.ReturnWhen.FIRST_EXCEPTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.ManyFutures.Background;
import concurrent.futures.ManyFutures.Gate;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code Futures.await} returns, and when. */
class AwaitTest {
    /** Every way a future can be when a wait begins. */
    private enum Kind {
        PENDING(false, Promise::new),
        RUNNING(false, ManyFutures::running),
        RESULT(true, () -> Futures.completed(1)),
        NULL_RESULT(true, () -> Futures.completed(null)),
        EXCEPTION(true, () -> Futures.failed(new IOException("failed"))),
        CANCELLED(true, ManyFutures::cancelled),
        CANCELLED_AND_NOTIFIED(true, ManyFutures::cancelledAndNotified);

        final boolean done;
        final Supplier<Future<Integer>> make;

        Kind(boolean done, Supplier<Future<Integer>> make) {
            this.done = done;
            this.make = make;
        }
    }

    private static boolean holds(ReturnWhen returnWhen, List<Kind> kinds) {
        boolean allDone = kinds.stream().allMatch(kind -> kind.done);
        return switch (returnWhen) {
            case ALL_COMPLETED -> allDone;
            case FIRST_COMPLETED -> allDone || kinds.stream().anyMatch(kind -> kind.done);
            case FIRST_EXCEPTION -> allDone || kinds.contains(Kind.EXCEPTION);
        };
    }

    @ParameterizedTest
    @EnumSource
    void await_everyMixtureOfStates_returnsAtOnceIfItHoldsAndAtTheTimeoutOtherwise(ReturnWhen returnWhen)
            throws InterruptedException {
        Duration timeout = Duration.ofMillis(1);
        for (Kind first : Kind.values()) {
            for (Kind second : Kind.values()) {
                for (Kind third : Kind.values()) {
                    List<Kind> kinds = List.of(first, second, third);
                    List<Future<Integer>> futures =
                            kinds.stream().map(kind -> kind.make.get()).toList();
                    boolean holds = holds(returnWhen, kinds);
                    long begin = System.nanoTime();
                    DoneAndNotDone<Integer> split = Futures.await(futures, holds ? LONG : timeout, returnWhen);
                    long waited = System.nanoTime() - begin;
                    if (holds) {
                        assertThat(waited).as("%s of %s", returnWhen, kinds).isLessThan(LONG.toNanos() / 2);
                    } else {
                        assertThat(waited).as("%s of %s", returnWhen, kinds).isGreaterThanOrEqualTo(timeout.toNanos());
                    }
                    assertSplit(split, futures, kinds);
                    ManyFutures.assertBare(futures);
                }
            }
        }
    }

    private static void assertSplit(DoneAndNotDone<Integer> split, List<Future<Integer>> futures, List<Kind> kinds) {
        List<Future<Integer>> done = new ArrayList<>();
        List<Future<Integer>> notDone = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            (kinds.get(i).done ? done : notDone).add(futures.get(i));
        }
        assertThat(split.done()).as("done of %s", kinds).containsExactlyElementsOf(done);
        assertThat(split.notDone()).as("not done of %s", kinds).containsExactlyElementsOf(notDone);
    }

    static Stream<Arguments> completions() {
        Consumer<Promise<Integer>> result = promise -> promise.setResult(1);
        Consumer<Promise<Integer>> exception = promise -> promise.setException(new IOException());
        Consumer<Promise<Integer>> cancellation = promise -> promise.cancel();
        Consumer<Promise<Integer>> cancellationWhileRunning = promise -> {
            promise.setRunningOrNotifyCancel();
            promise.cancel(true);
        };
        return Stream.of(
                Arguments.of(FIRST_COMPLETED, "result", result, true),
                Arguments.of(FIRST_COMPLETED, "exception", exception, true),
                Arguments.of(FIRST_COMPLETED, "cancellation", cancellation, true),
                Arguments.of(FIRST_COMPLETED, "cancellation while running", cancellationWhileRunning, true),
                Arguments.of(FIRST_EXCEPTION, "result", result, false),
                Arguments.of(FIRST_EXCEPTION, "exception", exception, true),
                Arguments.of(FIRST_EXCEPTION, "cancellation", cancellation, false),
                Arguments.of(FIRST_EXCEPTION, "cancellation while running", cancellationWhileRunning, false),
                Arguments.of(ALL_COMPLETED, "result", result, false),
                Arguments.of(ALL_COMPLETED, "exception", exception, false),
                Arguments.of(ALL_COMPLETED, "cancellation", cancellation, false),
                Arguments.of(ALL_COMPLETED, "cancellation while running", cancellationWhileRunning, false));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("completions")
    void await_oneIsCompletedMeanwhile_returnsOnlyIfThatIsEnough(
            ReturnWhen returnWhen, String name, Consumer<Promise<Integer>> completion, boolean enough)
            throws Exception {
        List<Promise<Integer>> promises = promises(3);
        Background<DoneAndNotDone<Integer>> waiting =
                Background.start(() -> Futures.<Integer>await(promises, returnWhen));
        waiting.awaitParked();
        completion.accept(promises.get(1));
        if (!enough) {
            waiting.assertStaysParked();
            completion.accept(promises.get(2));
            waiting.assertStaysParked();
            completion.accept(promises.get(0));
            assertThat(waiting.get().done()).containsExactlyElementsOf(promises);
            assertThat(waiting.get().notDone()).isEmpty();
        } else {
            assertThat(waiting.get().done()).containsExactly(promises.get(1));
            assertThat(waiting.get().notDone()).containsExactly(promises.get(0), promises.get(2));
        }
        ManyFutures.assertBare(promises);
    }

    @Test
    void firstException_cancelledAndLaterFailed_returnsForTheFailedOne() throws Exception {
        List<Promise<Integer>> promises = promises(3);
        Background<DoneAndNotDone<Integer>> waiting =
                Background.start(() -> Futures.<Integer>await(promises, FIRST_EXCEPTION));
        waiting.awaitParked();
        promises.get(2).cancel();
        promises.get(0).setException(new IllegalStateException());
        assertThat(waiting.get().done()).containsExactly(promises.get(0), promises.get(2));
        assertThat(waiting.get().notDone()).containsExactly(promises.get(1));
    }

    @Test
    void firstException_aResultThatIsAThrowable_isNoException() throws InterruptedException {
        Future<Object> throwableAsResult = Futures.completed(new IOException());
        Future<Object> pending = new Promise<>();
        DoneAndNotDone<Object> split =
                Futures.await(List.of(throwableAsResult, pending), Duration.ofMillis(5), FIRST_EXCEPTION);
        assertThat(split.done()).containsExactly(throwableAsResult);
    }

    @Test
    void firstCompleted_someAreDone_returnsAllThatAreDone() throws InterruptedException {
        Promise<Integer> pending = new Promise<>();
        Future<Integer> result = Futures.completed(1);
        Future<Integer> failed = Futures.failed(new IOException());
        Future<Integer> cancelled = ManyFutures.cancelled();
        DoneAndNotDone<Integer> split = Futures.await(List.of(failed, pending, cancelled, result), FIRST_COMPLETED);
        assertThat(split.done()).containsExactly(failed, cancelled, result);
        assertThat(split.notDone()).containsExactly(pending);
    }

    @ParameterizedTest
    @EnumSource
    void await_empty_returnsEmptySetsAtOnce(ReturnWhen returnWhen) throws InterruptedException {
        DoneAndNotDone<Integer> split = Futures.await(List.<Future<Integer>>of(), returnWhen);
        assertThat(split.done()).isEmpty();
        assertThat(split.notDone()).isEmpty();
    }

    @Test
    void await_duplicates_countOnce() throws Exception {
        List<Promise<Integer>> promises = promises(2);
        List<Promise<Integer>> repeated =
                List.of(promises.get(0), promises.get(1), promises.get(0), promises.get(0), promises.get(1));
        Background<DoneAndNotDone<Integer>> waiting = Background.start(() -> Futures.<Integer>await(repeated));
        waiting.awaitParked();
        promises.get(0).setResult(1);
        waiting.assertStaysParked();
        promises.get(1).setResult(2);
        assertThat(waiting.get().done()).containsExactlyElementsOf(promises);
        assertThat(Futures.await(repeated).done()).hasSize(2);
    }

    @Test
    void await_anIterableThatIsNoCollection_isReadOnce() throws InterruptedException {
        List<Future<Integer>> futures = List.of(Futures.completed(1), Futures.completed(2));
        int[] iterators = {0};
        Iterable<Future<Integer>> iterable = () -> {
            iterators[0]++;
            return futures.iterator();
        };
        assertThat(Futures.await(iterable).done()).containsExactlyElementsOf(futures);
        assertThat(iterators[0]).isEqualTo(1);
    }

    @Test
    void await_futuresOfDifferentExecutorsAndPromises_mix() throws Exception {
        try (ThreadExecutor threads = new ThreadExecutor(2);
                VirtualThreadExecutor virtual = new VirtualThreadExecutor(2);
                Gate gate = new Gate()) {
            Future<Integer> onThread = threads.submit(() -> gate.passWith(1));
            Future<Integer> onVirtualThread = virtual.submit(() -> gate.passWith(2));
            Promise<Integer> promise = new Promise<>();
            Future<Integer> completed = Futures.completed(4);
            List<Future<Integer>> all = List.of(onThread, onVirtualThread, promise, completed);

            assertThat(Futures.await(all, FIRST_COMPLETED).done()).containsExactly(completed);
            Background<DoneAndNotDone<Integer>> waiting = Background.start(() -> Futures.<Integer>await(all));
            waiting.awaitParked();
            gate.open();
            promise.setResult(3);
            assertThat(waiting.get().done()).containsExactlyElementsOf(all);
            int sum = 0;
            for (Future<Integer> future : waiting.get().done()) {
                sum += future.resultNow();
            }
            assertThat(sum).isEqualTo(10);
        }
    }

    @Test
    void await_onAVirtualThread_waitsAsWell() throws Exception {
        Promise<Integer> promise = new Promise<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = callers.submit(() -> Futures.await(List.of(promise)));
            promise.setResult(1);
            assertThat(waiting.get().done()).containsExactly(promise);
        }
    }

    @Test
    void await_returnedSets_areInTheOrderGivenAndNotThatOfCompletion() throws Exception {
        List<Promise<Integer>> promises = promises(100);
        for (int i = 99; i >= 0; i -= 2) {
            promises.get(i).setResult(i);
        }
        DoneAndNotDone<Integer> split = Futures.await(promises, FIRST_COMPLETED);
        List<Promise<Integer>> odd = new ArrayList<>();
        List<Promise<Integer>> even = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            (i % 2 == 1 ? odd : even).add(promises.get(i));
        }
        assertThat(split.done()).containsExactlyElementsOf(odd);
        assertThat(split.notDone()).containsExactlyElementsOf(even);
    }

    @Test
    void await_returnedSets_areUnmodifiable() throws InterruptedException {
        Promise<Integer> pending = new Promise<>();
        DoneAndNotDone<Integer> split = Futures.await(List.of(Futures.completed(1), pending), FIRST_COMPLETED);
        for (Set<Future<Integer>> set : List.of(split.done(), split.notDone())) {
            assertThatThrownBy(() -> set.add(pending)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(set::clear).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void await_returnedSets_doNotChangeAfterwards() throws InterruptedException {
        Promise<Integer> pending = new Promise<>();
        DoneAndNotDone<Integer> split = Futures.await(List.of(Futures.completed(1), pending), FIRST_COMPLETED);
        pending.setResult(2);
        assertThat(split.notDone()).containsExactly(pending);
        assertThat(split.done()).hasSize(1);
    }

    @Test
    void await_theGivenListIsChangedLater_keepsWhatItWasGiven() throws Exception {
        List<Promise<Integer>> promises = promises(2);
        List<Promise<Integer>> given = new ArrayList<>(promises);
        Background<DoneAndNotDone<Integer>> waiting = Background.start(() -> Futures.<Integer>await(given));
        waiting.awaitParked();
        given.clear();
        promises.forEach(promise -> promise.setResult(1));
        assertThat(waiting.get().done()).containsExactlyElementsOf(promises);
    }

    @Test
    void await_manyFutures_returnsAll() throws InterruptedException {
        try (ThreadExecutor executor = new ThreadExecutor(4)) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                int value = i;
                futures.add(executor.submit(() -> value));
            }
            assertThat(Futures.await(futures).done()).hasSize(20_000);
            ManyFutures.assertBare(futures);
        }
    }
}
