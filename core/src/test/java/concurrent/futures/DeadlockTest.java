// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks that wait for each other in a ring: one of them hears of it, and nobody else does. */
@Timeout(60)
class DeadlockTest {
    static List<Supplier<FutureExecutor>> kinds() {
        return List.of(
                () -> new ThreadExecutor(1),
                () -> new ThreadExecutor(3),
                () -> new VirtualThreadExecutor(1),
                () -> new VirtualThreadExecutor(),
                () -> new FreshThreadExecutor(2),
                () -> ThreadExecutor.builder()
                        .maxWorkers(2)
                        .helpWhileWaiting(false)
                        .build());
    }

    /** The ways to wait without end. */
    private interface Way {
        Object toWait(Future<?> future) throws Exception;
    }

    static List<Way> ways() {
        return List.of(
                Future::result,
                Future::join,
                Future::get,
                Future::exception,
                future -> Futures.await(List.of(Futures.completed(1), future)),
                future -> Futures.await(List.of(future), ReturnWhen.FIRST_COMPLETED),
                future -> Futures.await(List.of(Futures.completed(1), future), ReturnWhen.FIRST_EXCEPTION),
                future -> Futures.asCompleted(List.of(future)).take(),
                future -> Futures.asCompleted(List.of(future)).iterator().next());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void taskThatWaitsForItself_hearsOfIt(Supplier<FutureExecutor> kind) throws Exception {
        for (Way way : ways()) {
            try (FutureExecutor executor = kind.get()) {
                Promise<Future<?>> mine = new Promise<>();
                Future<?> future = executor.submit(() -> way.toWait(mine.result()));
                mine.setResult(future);
                assertThat(future.exception()).isInstanceOf(DeadlockException.class);
            }
        }
    }

    /** Task number i waits for number i + 1, and the last one for the first. */
    private static List<Future<Object>> ring(List<FutureExecutor> executors, int size, Way way) {
        List<Promise<Future<Object>>> next = IntStream.range(0, size)
                .mapToObj(i -> new Promise<Future<Object>>())
                .toList();
        List<Future<Object>> ring = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Promise<Future<Object>> mine = next.get(i);
            ring.add(executors.get(i % executors.size()).submit(() -> way.toWait(mine.result())));
        }
        for (int i = 0; i < size; i++) {
            next.get(i).setResult(ring.get((i + 1) % size));
        }
        return ring;
    }

    /** The deadlocks that the futures have failed with, each once: tasks hand on what they hear of the next one. */
    private static List<Throwable> deadlocks(List<Future<Object>> futures) throws InterruptedException {
        List<Throwable> found = new ArrayList<>();
        for (Future<Object> future : futures) {
            Throwable thrown = future.exception();
            while (thrown != null && !(thrown instanceof DeadlockException)) {
                thrown = thrown.getCause();
            }
            if (thrown != null && !found.contains(thrown)) {
                found.add(thrown);
            }
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void ringOfAnyLength_breaksInOnePlace(Supplier<FutureExecutor> kind) throws Exception {
        for (int size : new int[] {2, 3, 7, 40}) {
            try (FutureExecutor executor = kind.get()) {
                assertThat(deadlocks(ring(List.of(executor), size, Future::result)))
                        .hasSize(1);
            }
        }
    }

    @Test
    void ringThroughEveryKindOfWait_breaks() throws Exception {
        for (Way way : ways()) {
            try (FutureExecutor executor = new ThreadExecutor(2)) {
                List<Future<Object>> ring = ring(List.of(executor), 3, way);
                assertThat(deadlocks(ring)).hasSize(1);
            }
        }
    }

    @Test
    void ringThroughSeveralExecutors_breaksInOnePlace() throws Exception {
        List<FutureExecutor> executors = kinds().stream().map(Supplier::get).toList();
        for (int round = 0; round < 200; round++) {
            assertThat(deadlocks(ring(executors, 2 + round % 11, Future::result)))
                    .hasSize(1);
        }
        executors.forEach(FutureExecutor::close);
    }

    @Test
    void waitForAny_isPartOfARingOnlyWithoutAWayOut() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(4)) {
            Promise<List<Future<?>>> alternatives = new Promise<>();
            Future<Boolean> any = executor.submit(() -> {
                Futures.await(alternatives.result(), ReturnWhen.FIRST_COMPLETED);
                return true;
            });
            Promise<Integer> wayOut = new Promise<>();
            Future<Boolean> one = executor.submit(() -> any.result());
            Future<Boolean> two = executor.submit(() -> any.result());
            alternatives.setResult(List.of(one, two, wayOut));
            Eventually.await().until(() -> executor.engine().places.mostNow() == 4 + 3);
            wayOut.setResult(1);
            assertThat(List.of(any.result(), one.result(), two.result())).containsOnly(true);
        }
    }

    @Test
    void waitForAny_allOfWhichWaitForIt_breaks() throws Exception {
        for (int round = 0; round < 100; round++) {
            try (FutureExecutor executor = new ThreadExecutor(4)) {
                Promise<List<Future<Object>>> alternatives = new Promise<>();
                Future<Object> any =
                        executor.submit(() -> Futures.await(alternatives.result(), ReturnWhen.FIRST_COMPLETED));
                Future<Object> one = executor.submit(() -> any.result());
                Future<Object> two = executor.submit(() -> any.result());
                alternatives.setResult(List.of(one, two));
                assertThat(deadlocks(List.of(any, one, two))).hasSize(1);
            }
        }
    }

    /** The future that might have failed ends well, and then there is no way out any more. */
    @Test
    void waitForTheFirstFailure_whoseWayOutEndsWell_breaks() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(4);
                Gate gate = new Gate()) {
            Future<?> wayOut = executor.submit(gate::pass);
            Promise<List<Future<?>>> alternatives = new Promise<>();
            Future<Object> any =
                    executor.submit(() -> Futures.await(alternatives.result(), ReturnWhen.FIRST_EXCEPTION));
            Future<Object> other = executor.submit(() -> any.result());
            alternatives.setResult(List.of(wayOut, other));
            Eventually.await().until(() -> executor.engine().places.mostNow() == 4 + 2);
            gate.open();
            assertThat(deadlocks(List.of(any, other))).hasSize(1);
        }
    }

    /** Another consumer takes the future that was the way out. */
    @Test
    void consumerOfAnIteration_whoseWayOutIsTaken_doesNotHang() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(4);
                Gate gate = new Gate()) {
            Promise<AsCompleted<Object>> iteration = new Promise<>();
            Future<Object> consumer = executor.submit(() -> iteration.result().take());
            Future<Object> other = executor.submit(() -> consumer.result());
            Future<Object> wayOut = executor.submit(() -> {
                gate.pass();
                return 1;
            });
            AsCompleted<Object> completed = Futures.asCompleted(List.of(other, wayOut));
            Future<Object> second = executor.submit(() -> completed.take().result());
            iteration.setResult(completed);
            Eventually.await().until(() -> executor.engine().places.mostNow() == 4 + 3);
            gate.open();
            Futures.await(List.of(consumer, other, second));
        }
    }

    @Test
    void ringsThroughWaitsForMany_break() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            List<Way> inner = List.of(
                    future -> executor.invokeAll(List.<Callable<Object>>of(future::get))
                            .get(0)
                            .get(),
                    future -> executor.invokeAny(List.<Callable<Object>>of(future::get)),
                    future -> executor.map(i -> future.join(), List.of(1)).toList(),
                    future -> executor.map(
                                    i -> future.join(),
                                    List.of(1),
                                    MapOptions.defaults().unordered())
                            .toList());
            for (Way way : inner) {
                Promise<Future<Object>> self = new Promise<>();
                Future<Object> future = executor.submit(() -> way.toWait(self.result()));
                self.setResult(future);
                assertThat(deadlocks(List.of(future))).hasSize(1);
            }
        }
    }

    @Test
    void waitWithATimeout_isNoPartOfARing() throws Exception {
        try (FutureExecutor executor = new ThreadExecutor(2)) {
            Promise<Future<Object>> second = new Promise<>();
            Future<Object> first = executor.submit(() -> second.result().exception(Duration.ofMillis(50)));
            second.setResult(executor.submit(() -> first.exception()));
            assertThat(first.exception()).isInstanceOf(TimeoutException.class);
            assertThat(second.result().result()).isSameAs(first.exception());
        }
    }

    /** What others complete by hand may depend on anything, so nothing is said about it. */
    @Test
    void waitForADerivedFuture_isNoPartOfARing() throws Exception {
        try (FutureExecutor executor = new ThreadExecutor(1)) {
            Promise<Object> source = new Promise<>();
            Future<Object> derived = Futures.from(source.toCompletableFuture().thenApply(value -> value));
            Future<Object> waiting = executor.submit(() -> derived.result());
            executor.submit(() -> source.setResult(42)).result();
            assertThat(waiting.result()).isEqualTo(42);
        }
    }

    /** Whoever waits for tasks of a ring hears what these have come to, not that it is in a ring itself. */
    @Test
    void waitForARing_fromOutside_endsWithIt() throws Exception {
        for (int round = 0; round < 200; round++) {
            try (FutureExecutor executor = new ThreadExecutor(4)) {
                Promise<Future<Object>> second = new Promise<>();
                Future<Object> first = executor.submit(() -> second.result().exception());
                second.setResult(executor.submit(() -> first.exception()));
                Future<Object> outside = executor.submit(() -> {
                    Futures.await(List.of(first, second.result()));
                    return "outside";
                });
                assertThat(outside.result()).isEqualTo("outside");
            }
        }
    }

    @Test
    void innerTaskThatWaitsForTheOneThatRunsIt_hearsOfIt() throws Exception {
        for (Supplier<FutureExecutor> kind : kinds()) {
            try (FutureExecutor executor = kind.get()) {
                Promise<Future<Object>> outer = new Promise<>();
                outer.setResult(executor.submit(() -> {
                    Future<Object> mine = outer.result();
                    return executor.submit(() -> mine.result()).exception();
                }));
                Future<Object> future = outer.result();
                Throwable thrown = future.exception();
                assertThat(thrown == null ? future.result() : thrown).isInstanceOf(DeadlockException.class);
            }
        }
    }

    @Test
    void taskRunByTheSubmitter_thatWaitsForTheSubmittersTask_hearsOfIt() throws Exception {
        try (ThreadExecutor outer = new ThreadExecutor(1);
                ThreadExecutor full = ThreadExecutor.builder()
                        .maxWorkers(1)
                        .queueCapacity(1)
                        .whenFull(WhenFull.CALLER_RUNS)
                        .build();
                Gate gate = new Gate()) {
            full.submit(gate::pass);
            full.submit(gate::pass);
            Promise<Future<Object>> submitting = new Promise<>();
            submitting.setResult(outer.submit(() -> {
                Future<Object> mine = submitting.result();
                return full.submit(() -> mine.result()).exception();
            }));
            assertThat(submitting.result().result()).isInstanceOf(DeadlockException.class);
        }
    }
}
