// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

/** What is reachable, and for how long. */
class ExecutorMemoryTest {

    /* ---------------- Unreachable executors ---------------- */

    @Test
    void unreachableExecutor_endsItsIdleWorkers() throws Exception {
        CountingFactory factory = new CountingFactory();
        abandonIdle(factory);
        awaitEnd(factory.threads);
    }

    private static void abandonIdle(CountingFactory factory) throws Exception {
        ThreadExecutor executor =
                ThreadExecutor.builder().maxWorkers(3).threadFactory(factory).build();
        List<Future<?>> futures = new ArrayList<>();
        try (Gate gate = new Gate()) {
            for (int i = 0; i < 3; i++) {
                futures.add(executor.submit(gate::pass));
            }
            gate.awaitArrivals(3);
        }
        for (Future<?> future : futures) {
            future.result();
        }
        assertThat(factory.made()).isEqualTo(3);
        Reference.reachabilityFence(executor);
    }

    @Test
    void unreachableExecutor_doesWhatIsQueuedFirst() throws Exception {
        CountingFactory factory = new CountingFactory();
        List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> futures = new ArrayList<>();
        try (Gate gate = new Gate()) {
            WeakReference<Object> executor = abandonBusy(factory, gate, ran, futures);
            gate.awaitArrivals(1);
            Garbage.awaitCollected(executor);
            assertThat(ran).isEmpty();
        }
        for (Future<?> future : futures) {
            future.result(Duration.ofSeconds(10));
        }
        assertThat(ran).hasSize(100);
        awaitEnd(factory.threads);
    }

    private static WeakReference<Object> abandonBusy(
            CountingFactory factory, Gate gate, List<Integer> ran, List<Future<?>> futures) {
        ThreadExecutor executor =
                ThreadExecutor.builder().maxWorkers(1).threadFactory(factory).build();
        futures.add(executor.submit(gate::pass));
        for (int i = 0; i < 100; i++) {
            int number = i;
            futures.add(executor.submit(() -> {
                ran.add(number);
            }));
        }
        return new WeakReference<>(executor);
    }

    private static void awaitEnd(List<Thread> threads) {
        Awaitility.await("the workers to end").until(() -> {
            System.gc();
            return threads.stream().noneMatch(Thread::isAlive);
        });
    }

    /** The submitter holds nothing but the call it makes; the executor must not be shut down under it. */
    @Test
    void executor_usedOnlyForOneCall_takesIt() throws Exception {
        for (int i = 0; i < 200; i++) {
            Future<String> future = new ThreadExecutor(1).submit(() -> "taken");
            if (i % 20 == 0) {
                System.gc();
            }
            assertThat(future.result(Duration.ofSeconds(10))).isEqualTo("taken");
        }
    }

    /* ---------------- What is done ---------------- */

    @Test
    void idleExecutor_keepsNothingOfItsLastTask() throws Exception {
        keepsNothingOfItsLastTask(() -> new ThreadExecutor(1));
        keepsNothingOfItsLastTask(() -> new VirtualThreadExecutor(1));
        keepsNothingOfItsLastTask(() -> new FreshThreadExecutor(1));
    }

    /**
     * What an executor keeps it keeps each time. Once, on a machine with much else to do, an exception could be reached for
     * ten seconds, it is not known from where; nothing was kept in 14,000 tries after that.
     */
    private static void keepsNothingOfItsLastTask(Supplier<FutureExecutor> kind) throws Exception {
        for (int left = 2; left > 0; left--) {
            try {
                keepsNothingThisTime(kind);
                return;
            } catch (ConditionTimeoutException e) {
                System.out.println("once more: " + e.getMessage());
            }
        }
        keepsNothingThisTime(kind);
    }

    private static void keepsNothingThisTime(Supplier<FutureExecutor> kind) throws Exception {
        try (FutureExecutor executor = kind.get()) {
            List<WeakReference<Object>> references = new ArrayList<>();
            runAndForget(executor, references);
            for (int i = 0; i < references.size(); i++) {
                Garbage.awaitCollected(references.get(i), executor + ", object " + i);
            }
        }
    }

    /** Adds references to a task's capture, its result, its exception, its callback's capture, and its future. */
    private static void runAndForget(FutureExecutor executor, List<WeakReference<Object>> references) throws Exception {
        Object captured = new Object();
        Object callback = new Object();
        Exception thrown = new Exception("thrown");
        Future<Object> returning = executor.submit(() -> List.of(captured));
        returning.addDoneCallback(done -> callback.hashCode());
        references.add(new WeakReference<>(returning.result()));
        // This one is the last that the worker runs.
        Future<Object> failing = executor.submit(() -> {
            captured.hashCode();
            throw thrown;
        });
        assertThat(failing.exception()).isSameAs(thrown);
        for (Object object : new Object[] {captured, callback, thrown, returning, failing}) {
            references.add(new WeakReference<>(object));
        }
    }

    @Test
    void finishedFuture_keepsNeitherTaskNorExecutor() throws Exception {
        finishedFutureKeepsNeitherTaskNorExecutor(() -> new ThreadExecutor(1));
        finishedFutureKeepsNeitherTaskNorExecutor(() -> new VirtualThreadExecutor(1));
        finishedFutureKeepsNeitherTaskNorExecutor(() -> new FreshThreadExecutor(1));
        finishedFutureKeepsNeitherTaskNorExecutor(() -> new ElsewhereExecutor(1));
    }

    private static void finishedFutureKeepsNeitherTaskNorExecutor(Supplier<FutureExecutor> kind) throws Exception {
        List<Future<?>> futures = new ArrayList<>();
        List<WeakReference<Object>> references = new ArrayList<>();
        useAndForget(kind.get(), futures, references);
        for (WeakReference<Object> reference : references) {
            Garbage.awaitCollected(reference);
        }
        assertThat(futures).allMatch(Future::isDone);
    }

    private static void useAndForget(
            FutureExecutor executor, List<Future<?>> futures, List<WeakReference<Object>> references) throws Exception {
        Object captured = new Object();
        try (Gate gate = new Gate()) {
            futures.add(executor.submit(() -> {
                gate.pass();
                return captured.toString();
            }));
            futures.add(executor.submit(() -> {
                throw new IllegalStateException(captured.toString());
            }));
            Future<Object> cancelled = executor.submit(() -> captured);
            cancelled.cancel();
            futures.add(cancelled);
        }
        Futures.await(futures);
        executor.close();
        references.add(new WeakReference<>(captured));
        references.add(new WeakReference<>(executor));
        if (executor instanceof BaseExecutor base) {
            references.add(new WeakReference<>(base.engine()));
        }
    }

    /** A result is reachable from its own future alone. */
    @Test
    void results_areNotKeptByOtherFutures() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            List<Future<?>> kept = new ArrayList<>();
            List<WeakReference<Object>> gone = new ArrayList<>();
            alternate(executor, kept, gone);
            for (WeakReference<Object> reference : gone) {
                Garbage.awaitCollected(reference);
            }
            assertThat(kept).allMatch(Future::isDone);
        }
    }

    private static void alternate(FutureExecutor executor, List<Future<?>> kept, List<WeakReference<Object>> gone)
            throws Exception {
        for (int i = 0; i < 20; i++) {
            Future<Object> future = executor.submit(Object::new);
            gone.add(new WeakReference<>(future.result()));
            kept.add(executor.submit(() -> "kept"));
        }
    }

    /* ---------------- Cancelled tasks ---------------- */

    @Test
    void cancelledMillionsBehindABlockedWorker_doNotGrowTheHeap() throws Exception {
        ChildJvm.Result result =
                ChildJvm.of(CancelledMillions.class).with("-Xmx40m").run();
        assertThat(result.output()).contains("cancelled 6000000, live 600");
        assertThat(result.exit()).isZero();
    }

    /** Submits batch after batch behind a blocked worker and cancels nearly all, in order and in disorder. */
    static final class CancelledMillions {
        public static void main(String[] args) throws Exception {
            for (String kind : List.of("platform", "virtual")) {
                Gate gate = new Gate();
                FutureExecutor executor =
                        kind.equals("platform") ? new ThreadExecutor(1) : new VirtualThreadExecutor(1);
                executor.submit(gate::passUninterruptibly);
                gate.awaitArrivals(1);
                long cancelled = 0;
                List<Future<?>> live = new ArrayList<>();
                Random random = new Random(1);
                for (int batch = 0; batch < 30; batch++) {
                    List<Future<?>> futures = new ArrayList<>();
                    for (int i = 0; i < 100_000; i++) {
                        futures.add(executor.submit(() -> "never"));
                    }
                    for (int i = 0; i < 10; i++) {
                        live.add(executor.submit(() -> "runs at last"));
                    }
                    if (batch % 2 == 0) {
                        Collections.shuffle(futures, random);
                    }
                    for (Future<?> future : futures) {
                        cancelled += future.cancel() ? 1 : 0;
                    }
                }
                totals[0] += cancelled;
                gate.open();
                for (Future<?> future : live) {
                    totals[1] += future.result(Duration.ofSeconds(20)).equals("runs at last") ? 1 : 0;
                }
                executor.close();
            }
            System.out.println("cancelled " + totals[0] + ", live " + totals[1]);
        }

        private static final long[] totals = new long[2];
    }
}
