// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private interface Wait {
        Object on(Future<?> future) throws Exception;
    }

    static List<Wait> waits() {
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
        for (Wait wait : waits()) {
            try (FutureExecutor executor = kind.get()) {
                Promise<Future<?>> mine = new Promise<>();
                Future<?> future = executor.submit(() -> wait.on(mine.result()));
                mine.setResult(future);
                assertThat(future.exception()).isInstanceOf(DeadlockException.class);
            }
        }
    }

    /** Task number i waits for number i + 1, and the last one for the first. */
    private static List<Future<Object>> ring(List<FutureExecutor> executors, int size, Wait wait) {
        List<Promise<Future<Object>>> next = IntStream.range(0, size)
                .mapToObj(i -> new Promise<Future<Object>>())
                .toList();
        List<Future<Object>> ring = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Promise<Future<Object>> mine = next.get(i);
            ring.add(executors.get(i % executors.size()).submit(() -> wait.on(mine.result())));
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
        for (Wait wait : waits()) {
            try (FutureExecutor executor = new ThreadExecutor(2)) {
                List<Future<Object>> ring = ring(List.of(executor), 3, wait);
                assertThat(Futures.await(ring).notDone()).isEmpty();
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
        try (FutureExecutor executor = new ThreadExecutor(4)) {
            Promise<List<Future<?>>> alternatives = new Promise<>();
            Future<Boolean> any = executor.submit(() -> {
                Futures.await(alternatives.result(), ReturnWhen.FIRST_COMPLETED);
                return true;
            });
            Promise<Integer> wayOut = new Promise<>();
            Future<Boolean> one = executor.submit(() -> any.result());
            Future<Boolean> two = executor.submit(() -> any.result());
            alternatives.setResult(List.of(one, two, wayOut));
            Eventually.await().until(() -> one.isRunning() && two.isRunning());
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
                assertThat(deadlocks(List.of(any, one, two))).isNotEmpty();
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
