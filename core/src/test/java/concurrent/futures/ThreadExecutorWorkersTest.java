// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When workers are started, and when they end. */
class ThreadExecutorWorkersTest {
    private final CountingFactory factory = new CountingFactory();

    private ThreadExecutor.Builder builder() {
        return ThreadExecutor.builder().threadFactory(factory);
    }

    @Test
    void construction_startsNoThread() {
        try (ThreadExecutor executor = builder().maxWorkers(4).build()) {
            assertThat(executor.liveWorkers()).isZero();
        }
        assertThat(factory.made()).isZero();
    }

    @Test
    void submit_afterTheResultOfTheLast_reusesTheIdleWorker() throws Exception {
        try (ThreadExecutor executor = builder().maxWorkers(4).build()) {
            for (int i = 0; i < 10_000; i++) {
                assertThat(executor.submit(() -> "result").result()).isEqualTo("result");
            }
            assertThat(factory.made()).isEqualTo(1);
        }
    }

    /** Whoever looks busily is back before the worker has taken its next step, and finds it free nevertheless. */
    @Test
    void submit_atTheMomentOfTheResultOfTheLast_reusesTheWorker() throws Exception {
        try (ThreadExecutor executor = builder().maxWorkers(4).build()) {
            for (int i = 0; i < 20_000; i++) {
                Future<String> future = executor.submit(() -> "result");
                long spinUntil = System.nanoTime() + 1_000_000;
                while (!future.isDone() && System.nanoTime() < spinUntil) {
                    Thread.onSpinWait();
                }
                future.result();
            }
            assertThat(factory.made()).isEqualTo(1);
        }
    }

    /** Whoever has seen a callback run finds the worker as busy as it is. */
    @Test
    void submit_fromCallback_startsAnotherWorkerIfTheCallbackWaitsForIt() throws Exception {
        try (ThreadExecutor executor = builder().maxWorkers(2).build();
                Gate gate = new Gate()) {
            for (int i = 0; i < 200; i++) {
                Promise<String> inner = new Promise<>();
                executor.submit(() -> "outer")
                        .addDoneCallback(done ->
                                inner.setResult(executor.submit(() -> "inner").result(Duration.ofSeconds(10))));
                assertThat(inner.result(Duration.ofSeconds(15))).isEqualTo("inner");
            }
            gate.open();
        }
    }

    @Test
    void submit_ofBlockingTasks_startsOneWorkerForEachAtOnceUpToTheMost() throws Exception {
        for (int most = 1; most <= 4; most++) {
            CountingFactory made = new CountingFactory();
            try (ThreadExecutor executor = ThreadExecutor.builder()
                            .threadFactory(made)
                            .maxWorkers(most)
                            .build();
                    Gate gate = new Gate()) {
                for (int submitted = 1; submitted <= 6; submitted++) {
                    executor.submit(gate::pass);
                    assertThat(made.made()).isEqualTo(Math.min(submitted, most));
                    assertThat(executor.liveWorkers()).isEqualTo(Math.min(submitted, most));
                }
                gate.awaitArrivals(most);
                assertThat(executor.runningWorkers()).isEqualTo(most);
                assertThat(executor.idleWorkers()).isZero();
                assertThat(executor.queuedTasks()).isEqualTo(6 - most);
            }
            assertThat(made.made()).isEqualTo(most);
        }
    }

    /** A worker that turns busy and a submitter may both find that one more is needed, for the same task. */
    @Test
    void submit_ofBlockingTasks_whileWorkersAreStarting_startsOneForEach() throws Exception {
        for (int round = 0; round < 3_000; round++) {
            int tasks = 1 + round % 6;
            try (ThreadExecutor executor = new ThreadExecutor(8);
                    Gate gate = new Gate()) {
                for (int submitted = 0; submitted < tasks; submitted++) {
                    executor.submit(gate::pass);
                }
                gate.awaitArrivals(tasks);
                assertThat(executor.liveWorkers()).isEqualTo(tasks);
            }
        }
    }

    @Test
    void submit_ofBlockingTask_whileAnotherIsIdle_startsNone() throws Exception {
        try (ThreadExecutor executor = builder().maxWorkers(4).build();
                Gate gate = new Gate();
                Gate second = new Gate()) {
            Future<?> first = executor.submit(gate::pass);
            executor.submit(second::pass);
            second.awaitArrivals(1);
            gate.open();
            first.result();
            executor.submit(second::pass);
            second.awaitArrivals(1);
            assertThat(factory.made()).isEqualTo(2);
        }
    }

    @Test
    void defaults_areThoseOfPython() {
        try (ThreadExecutor executor = new ThreadExecutor()) {
            assertThat(executor.maxWorkers())
                    .isEqualTo(Math.min(32, Runtime.getRuntime().availableProcessors() + 4));
        }
    }

    @Test
    void threads_areDaemonsNamedAfterTheExecutor() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(3);
                Gate gate = new Gate()) {
            List<Future<Thread>> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                threads.add(executor.submit(() -> {
                    gate.pass();
                    return Thread.currentThread();
                }));
            }
            gate.open();
            List<String> names = new ArrayList<>();
            for (Future<Thread> thread : threads) {
                names.add(thread.result().getName());
                assertThat(thread.result().isDaemon()).isTrue();
                assertThat(thread.result().isVirtual()).isFalse();
            }
            assertThat(names).allMatch(name -> name.matches("ThreadExecutor-\\d+_[012]"));
            String executorName = names.get(0).substring(0, names.get(0).indexOf('_'));
            assertThat(names).allMatch(name -> name.startsWith(executorName + "_"));
            assertThat(executor).asString().startsWith(executorName + "[");
        }
    }

    @Test
    void threads_withPrefix_areNumberedFromZero() throws Exception {
        try (ThreadExecutor executor = ThreadExecutor.builder()
                        .maxWorkers(2)
                        .threadNamePrefix("mine")
                        .build();
                Gate gate = new Gate()) {
            Future<String> first = executor.submit(() -> nameAfter(gate));
            gate.awaitArrivals(1);
            Future<String> second = executor.submit(() -> nameAfter(gate));
            gate.awaitArrivals(1);
            gate.open();
            assertThat(first.result()).isEqualTo("mine_0");
            assertThat(second.result()).isEqualTo("mine_1");
        }
    }

    private static String nameAfter(Gate gate) throws InterruptedException {
        gate.pass();
        return Thread.currentThread().getName();
    }

    /** Whoever happens to submit first must not leave traces in threads that others use as well. */
    @Test
    void threads_takeNothingFromTheSubmitter() throws Exception {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {};
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            ClassLoader creators = Thread.currentThread().getContextClassLoader();
            Thread submitter = new Thread(() -> {
                local.set("of the submitter");
                Thread.currentThread().setContextClassLoader(loader);
                executor.submit(() -> "starts the worker").join();
            });
            submitter.start();
            Gate.await(submitter);
            assertThat(executor.submit(local::get).result()).isNull();
            assertThat(executor.submit(() -> Thread.currentThread().getContextClassLoader())
                            .result())
                    .isSameAs(creators);
        }
    }

    /* ---------------- keepAlive ---------------- */

    @Test
    void keepAlive_over_endsIdleWorkersAndLaterWorkStartsOthers() throws Exception {
        try (ThreadExecutor executor =
                builder().maxWorkers(3).keepAlive(Duration.ofMillis(30)).build()) {
            occupy(executor, 3);
            Eventually.await().until(() -> executor.liveWorkers() == 0);
            for (Thread thread : factory.threads) {
                Gate.await(thread);
            }
            assertThat(executor.submit(() -> "again").result()).isEqualTo("again");
            assertThat(factory.made()).isEqualTo(4);
            assertThat(executor.isTerminated()).isFalse();
        }
    }

    @Test
    void keepAlive_long_keepsIdleWorkers() throws Exception {
        try (ThreadExecutor executor = builder()
                .maxWorkers(3)
                .keepAlive(Duration.ofSeconds(Long.MAX_VALUE))
                .build()) {
            occupy(executor, 3);
            occupy(executor, 3);
            assertThat(factory.made()).isEqualTo(3);
            assertThat(executor.liveWorkers()).isEqualTo(3);
        }
    }

    /** Workers expire at the very moment in which new work comes. */
    @Test
    void keepAlive_expiringWhileTasksAreSubmitted_losesNothing() throws Exception {
        long seed = System.nanoTime();
        System.out.println("keepAlive with seed " + seed);
        Random random = new Random(seed);
        for (long micros : new long[] {0, 1, 20, 100}) {
            try (ThreadExecutor executor = ThreadExecutor.builder()
                    .maxWorkers(2)
                    .keepAlive(Duration.ofNanos(micros * 1_000))
                    .build()) {
                long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700);
                for (int i = 0; System.nanoTime() < end; i++) {
                    Future<?> one = executor.submit(() -> "one");
                    Future<?> two = executor.submit(() -> "two");
                    WakeUpStormTest.awaitOrDump(
                            one, executor, "keepAlive " + micros + " µs, round " + i + ", seed " + seed);
                    WakeUpStormTest.awaitOrDump(
                            two, executor, "keepAlive " + micros + " µs, round " + i + ", seed " + seed);
                    WakeUpStormTest.gap(random, (int) micros * 2 + 60);
                }
            }
        }
    }

    @Test
    void keepAlive_negative_isRefused() {
        assertThatThrownBy(() -> ThreadExecutor.builder().keepAlive(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keepAlive");
    }

    /* ---------------- setMaxWorkers ---------------- */

    @Test
    void setMaxWorkers_more_startsWorkersForWhatIsQueued() throws Exception {
        try (ThreadExecutor executor = builder().maxWorkers(1).build();
                Gate gate = new Gate()) {
            for (int i = 0; i < 6; i++) {
                executor.submit(gate::pass);
            }
            gate.awaitArrivals(1);
            assertThat(factory.made()).isEqualTo(1);
            executor.setMaxWorkers(4);
            assertThat(executor.maxWorkers()).isEqualTo(4);
            gate.awaitArrivals(3);
            assertThat(factory.made()).isEqualTo(4);
        }
    }

    @Test
    void setMaxWorkers_fewer_endsIdleWorkersAtOnce() throws Exception {
        try (ThreadExecutor executor = builder().maxWorkers(4).build()) {
            occupy(executor, 4);
            Eventually.await().until(() -> executor.idleWorkers() == 4);
            executor.setMaxWorkers(1);
            Eventually.await().until(() -> executor.liveWorkers() == 1);
            assertThat(factory.threads)
                    .satisfies(threads -> Eventually.await()
                            .until(() ->
                                    threads.stream().filter(Thread::isAlive).count() == 1));
            assertThat(executor.submit(() -> "still there").result()).isEqualTo("still there");
        }
    }

    @Test
    void setMaxWorkers_fewer_endsBusyWorkersAfterTheirTask() throws Exception {
        try (ThreadExecutor executor = builder().maxWorkers(4).build();
                Gate gate = new Gate()) {
            AtomicInteger running = new AtomicInteger();
            AtomicInteger peak = new AtomicInteger();
            List<Future<?>> before = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                before.add(executor.submit(gate::pass));
            }
            gate.awaitArrivals(4);
            executor.setMaxWorkers(2);
            assertThat(executor.liveWorkers()).isEqualTo(4);
            List<Future<?>> after = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                after.add(executor.submit(() -> {
                    peak.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.yield();
                    running.decrementAndGet();
                }));
            }
            gate.open();
            for (Future<?> future : after) {
                future.get(20, TimeUnit.SECONDS);
            }
            for (Future<?> future : before) {
                future.get(20, TimeUnit.SECONDS);
            }
            assertThat(peak.get()).isBetween(1, 2);
            assertThat(executor.liveWorkers()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void setMaxWorkers_underLoad_losesNothing() throws Exception {
        long seed = System.nanoTime();
        System.out.println("setMaxWorkers with seed " + seed);
        Random random = new Random(seed);
        AtomicInteger runs = new AtomicInteger();
        int tasks = 60_000;
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            SubmitContract.inParallel(3, number -> {
                if (number == 0) {
                    while (runs.get() < 2 * tasks * 9 / 10) {
                        executor.setMaxWorkers(1 + random.nextInt(5));
                    }
                    return;
                }
                for (int i = 0; i < tasks; i++) {
                    Future<?> future = executor.submit(runs::incrementAndGet);
                    if (i % 64 == 0) {
                        WakeUpStormTest.awaitOrDump(future, executor, "task " + i + ", seed " + seed);
                    }
                }
            });
        }
        assertThat(runs).hasValue(2 * tasks);
    }

    @Test
    void setMaxWorkers_toNone_isRefused() {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            assertThatThrownBy(() -> executor.setMaxWorkers(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("max_workers must be greater than 0");
            assertThat(executor.maxWorkers()).isEqualTo(2);
        }
    }

    /* ---------------- Introspection ---------------- */

    @Test
    void numbers_tellWhatGoesOn() throws Exception {
        ThreadExecutor executor = new ThreadExecutor(2);
        try (executor;
                Gate gate = new Gate()) {
            assertThat(numbers(executor)).containsExactly(0, 0, 0, 0, 0);
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                futures.add(executor.submit(gate::pass));
            }
            gate.awaitArrivals(2);
            assertThat(numbers(executor)).containsExactly(2, 2, 0, 3, 0);
            futures.get(4).cancel();
            assertThat(numbers(executor)).containsExactly(2, 2, 0, 2, 0);
            gate.open();
            for (int i = 0; i < 4; i++) {
                futures.get(i).result();
            }
            Eventually.await().untilAsserted(() -> assertThat(numbers(executor)).containsExactly(2, 0, 2, 0, 4));
        }
        assertThat(numbers(executor)).containsExactly(0, 0, 0, 0, 4);
    }

    private static List<Integer> numbers(ThreadExecutor executor) {
        return List.of(
                executor.liveWorkers(),
                executor.runningWorkers(),
                executor.idleWorkers(),
                (int) executor.queuedTasks(),
                (int) executor.completedTasks());
    }

    /** Has that many workers run a task at the same time, and end it. */
    private static void occupy(ThreadExecutor executor, int workers) throws Exception {
        List<Future<?>> futures = new ArrayList<>();
        try (Gate gate = new Gate()) {
            for (int i = 0; i < workers; i++) {
                futures.add(executor.submit(gate::pass));
            }
            gate.awaitArrivals(workers);
        }
        for (Future<?> future : futures) {
            future.result();
        }
    }
}
