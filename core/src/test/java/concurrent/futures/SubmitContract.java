// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Submitting: every way in, in which order things start, how many at a time, and what is refused. */
interface SubmitContract extends ExecutorSource {

    /** Both at once, so that only the static type can tell which one is meant. */
    final class CallableAndRunnable implements Callable<String>, Runnable {
        final AtomicReference<String> run = new AtomicReference<>();

        @Override
        public String call() {
            return "called";
        }

        @Override
        public void run() {
            run.set("run");
        }
    }

    /** Both of the library's own interfaces at once. */
    @SuppressWarnings("serial") // Goes nowhere.
    final class TaskAndAction implements Task<String>, Action {
        final AtomicReference<String> performed = new AtomicReference<>();

        @Override
        public String call() {
            return "called";
        }

        @Override
        public void perform() {
            performed.set("performed");
        }
    }

    @Test
    default void submit_ofEachKind_runsIt() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor()) {
            List<String> run = Collections.synchronizedList(new ArrayList<>());
            Callable<String> callable = () -> "callable";
            Runnable runnable = () -> run.add("runnable");
            Task<String> task = () -> "task";
            Action action = () -> run.add("action");

            assertThat(executor.submit(callable).result()).isEqualTo("callable");
            assertThat((Object) executor.submit(runnable).result()).isNull();
            assertThat(executor.submit(runnable, "given").result()).isEqualTo("given");
            assertThat(executor.submit(runnable, null).result()).isNull();
            assertThat(executor.submit(task).result()).isEqualTo("task");
            assertThat((Object) executor.submit(action).result()).isNull();
            assertThat(run).containsExactly("runnable", "runnable", "runnable", "action");
        }
    }

    @Test
    default void submit_ofCallableThatIsRunnable_calls() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor()) {
            CallableAndRunnable both = new CallableAndRunnable();
            assertThat(executor.submit((Callable<String>) both).result()).isEqualTo("called");
            assertThat(both.run).hasNullValue();
        }
    }

    @Test
    default void submit_ofRunnableThatIsCallable_runs() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor()) {
            CallableAndRunnable both = new CallableAndRunnable();
            assertThat((Object) executor.submit((Runnable) both).result()).isNull();
            assertThat(both.run).hasValue("run");
        }
    }

    @Test
    default void submit_withResultOfRunnableThatIsCallable_runs() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor()) {
            CallableAndRunnable both = new CallableAndRunnable();
            assertThat(executor.submit(both, "given").result()).isEqualTo("given");
            assertThat(both.run).hasValue("run");
        }
    }

    @Test
    default void execute_ofRunnableThatIsCallable_runs() {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor()) {
            CallableAndRunnable both = new CallableAndRunnable();
            executor.execute(both);
            Eventually.await().untilAtomic(both.run, org.hamcrest.Matchers.equalTo("run"));
        }
    }

    @Test
    default void submit_ofTaskThatIsAction_doesWhatTheStaticTypeSays() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor()) {
            TaskAndAction both = new TaskAndAction();
            assertThat(executor.submit((Task<String>) both).result()).isEqualTo("called");
            assertThat(both.performed).hasNullValue();
            assertThat((Object) executor.submit((Action) both).result()).isNull();
            assertThat(both.performed).hasValue("performed");
        }
    }

    @Test
    default void submit_ofTaskThatReturnsNull_givesNull() throws Exception {
        try (FutureExecutor executor = newExecutor()) {
            Future<Object> future = executor.submit(() -> null);
            assertThat(future.result()).isNull();
            assertThat(future.status()).isEqualTo(Future.Status.FINISHED);
        }
    }

    @Test
    default void submit_fromTask_runs() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor()) {
            AtomicReference<Future<String>> inner = new AtomicReference<>();
            executor.submit(() -> inner.set(executor.submit(() -> "inner"))).result();
            assertThat(inner.get().result()).isEqualTo("inner");
        }
    }

    @Test
    default void submit_runsElsewhereThanOnTheCallersThread() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor()) {
            assertThat(executor.submit(Thread::currentThread).result()).isNotSameAs(Thread.currentThread());
        }
    }

    @Test
    default void submit_manyFromManyThreads_runsEachExactlyOnce() throws Exception {
        assumeTrue(sharesMemory());
        int submitters = 4;
        int each = 10 * rounds();
        try (FutureExecutor executor = newExecutor()) {
            AtomicInteger[] runs = IntStream.range(0, submitters * each)
                    .mapToObj(i -> new AtomicInteger())
                    .toArray(AtomicInteger[]::new);
            ConcurrentLinkedQueue<Future<?>> futures = new ConcurrentLinkedQueue<>();
            inParallel(submitters, submitter -> {
                for (int i = 0; i < each; i++) {
                    AtomicInteger mine = runs[submitter * each + i];
                    futures.add(executor.submit(mine::incrementAndGet));
                }
            });
            for (Future<?> future : futures) {
                future.get(20, TimeUnit.SECONDS);
            }
            assertThat(runs).allSatisfy(count -> assertThat(count).hasValue(1));
        }
    }

    @Test
    default void submit_toOneWorker_startsInTheOrderOfEachSubmitter() throws Exception {
        assumeTrue(sharesMemory());
        int submitters = 3;
        int each = 1_500;
        try (FutureExecutor executor = newExecutor(1)) {
            List<int[]> started = Collections.synchronizedList(new ArrayList<>());
            inParallel(submitters, submitter -> {
                for (int i = 0; i < each; i++) {
                    int number = i;
                    executor.execute(() -> started.add(new int[] {submitter, number}));
                }
            });
            ExecutorSource.end(executor);
            assertThat(started).hasSize(submitters * each);
            for (int submitter = 0; submitter < submitters; submitter++) {
                int which = submitter;
                assertThat(started.stream().filter(start -> start[0] == which).map(start -> start[1]))
                        .isSorted();
            }
        }
    }

    @Test
    default void submit_moreThanWorkers_runsNoMoreAtATime() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor(3)) {
            AtomicInteger running = new AtomicInteger();
            AtomicInteger peak = new AtomicInteger();
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                futures.add(executor.submit(() -> {
                    peak.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.yield();
                    running.decrementAndGet();
                }));
            }
            for (Future<?> future : futures) {
                future.get(20, TimeUnit.SECONDS);
            }
            assertThat(peak.get()).isBetween(1, 3);
        }
    }

    @Test
    default void submit_asManyAsWorkers_runsThemAllAtOnce() throws Exception {
        try (FutureExecutor executor = newExecutor(3);
                Gate gate = new Gate()) {
            for (int i = 0; i < 3; i++) {
                executor.submit(gate::pass);
            }
            Future<?> fourth = executor.submit(gate::pass);
            gate.awaitArrivals(3);
            assertThat(fourth.status()).isEqualTo(Future.Status.PENDING);
            gate.open();
            fourth.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    default void submit_makesEarlierWritesVisibleToTheTaskAndThoseOfTheTaskToTheWaiter() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor()) {
            for (int i = 0; i < 10 * rounds(); i++) {
                int[] plain = {i, 0};
                int before = i;
                Future<Boolean> sawIt = executor.submit(() -> {
                    boolean seen = plain[0] == before;
                    plain[1] = before + 1;
                    return seen;
                });
                while (!sawIt.isDone()) {
                    Thread.yield();
                }
                assertThat(plain[1]).isEqualTo(before + 1);
                assertThat(sawIt.result()).isTrue();
            }
        }
    }

    @Test
    default void submit_ofNull_namesTheArgumentAndSubmitsNothing() {
        try (FutureExecutor executor = newExecutor()) {
            refusesNull("task", () -> executor.submit((Task<Object>) null));
            refusesNull("action", () -> executor.submit((Action) null));
            refusesNull("task", () -> executor.submit((Callable<Object>) null));
            refusesNull("task", () -> executor.submit((Runnable) null));
            refusesNull("task", () -> executor.submit((Runnable) null, "result"));
            refusesNull("command", () -> executor.execute(null));
            refusesNull("tasks", () -> executor.submitAll(null));
        }
    }

    @Test
    default void submitAll_givesFuturesInTheOrderOfTheTasks() throws Exception {
        try (FutureExecutor executor = newExecutor()) {
            List<Task<Integer>> tasks = IntStream.range(0, 100)
                    .<Task<Integer>>mapToObj(i -> () -> i * i)
                    .toList();
            List<Future<Integer>> futures = executor.submitAll(tasks);
            assertThat(futures).hasSize(100);
            for (int i = 0; i < 100; i++) {
                assertThat(futures.get(i).result()).isEqualTo(i * i);
            }
        }
    }

    @Test
    default void submitAll_ofNothing_givesNothing() {
        try (FutureExecutor executor = newExecutor()) {
            assertThat(executor.submitAll(List.<Task<String>>of())).isEmpty();
        }
    }

    @Test
    default void submitAll_withNullElement_submitsNothing() {
        AtomicInteger runs = new AtomicInteger();
        try (FutureExecutor executor = newExecutor()) {
            List<Task<Integer>> tasks = Arrays.asList(runs::incrementAndGet, null, runs::incrementAndGet);
            assertThatNullPointerException().isThrownBy(() -> executor.submitAll(tasks));
        }
        assertThat(runs).hasValue(0);
    }

    @Test
    default void submitAll_ofTasksThatCannotBeRead_submitsNothing() {
        AtomicInteger runs = new AtomicInteger();
        IllegalStateException broken = new IllegalStateException("cannot be read");
        try (FutureExecutor executor = newExecutor()) {
            Iterator<Task<Integer>> iterator = new Iterator<>() {
                private int left = 2;

                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public Task<Integer> next() {
                    if (left-- == 0) {
                        throw broken;
                    }
                    return runs::incrementAndGet;
                }
            };
            assertThatThrownBy(() -> executor.submitAll(() -> iterator)).isSameAs(broken);
        }
        assertThat(runs).hasValue(0);
    }

    @Test
    default void executor_isAPlainExecutorServiceForOthers() throws Exception {
        assumeTrue(sharesMemory());
        ExecutorService plain = newExecutor();
        try (plain) {
            java.util.concurrent.Future<String> future = plain.submit(() -> "plain");
            assertThat(future.get()).isEqualTo("plain");
            assertThat(CompletableFuture.supplyAsync(() -> "stage", plain).get(20, TimeUnit.SECONDS))
                    .isEqualTo("stage");

            ExecutorCompletionService<Integer> service = new ExecutorCompletionService<>(plain);
            for (int i = 1; i <= 10; i++) {
                int number = i;
                service.submit(() -> number);
            }
            int sum = 0;
            for (int i = 0; i < 10; i++) {
                sum += service.poll(20, TimeUnit.SECONDS).get();
            }
            assertThat(sum).isEqualTo(55);
        }
        assertThat(plain.isTerminated()).isTrue();
    }

    @Test
    default void maxWorkers_isWhatWasAskedFor() {
        try (FutureExecutor executor = newExecutor(3)) {
            assertThat(executor.maxWorkers()).isEqualTo(3);
        }
    }

    @Test
    default void newExecutor_withoutWorkers_isRefused() {
        for (int none : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> newExecutor(none))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("max_workers must be greater than 0");
        }
    }

    @Test
    default void isBroken_withoutReason_isFalse() {
        try (FutureExecutor executor = newExecutor()) {
            assertThat(executor.isBroken()).isFalse();
            executor.submit(() -> {
                throw new AssertionError("not a reason");
            });
            ExecutorSource.end(executor);
            assertThat(executor.isBroken()).isFalse();
        }
    }

    @Test
    default void toString_tellsTheStageOfLife() throws Exception {
        FutureExecutor executor = newExecutor(1);
        try (executor;
                Gate gate = new Gate()) {
            assertThat(executor).asString().contains("open");
            executor.submit(gate::pass);
            executor.submit(gate::pass);
            gate.awaitArrivals(1);
            assertThat(executor).asString().contains("open", "1 running", "1 queued", "at most 1");
            executor.shutdown();
            assertThat(executor).asString().contains("shut down");
        }
        assertThat(executor).asString().contains("terminated", "0 running", "0 queued", "2 completed");
    }

    private static void refusesNull(String argument, Runnable call) {
        assertThatNullPointerException().isThrownBy(call::run).withMessageContaining(argument);
    }

    /** What one of several threads does. */
    @FunctionalInterface
    interface Part {
        void run(int number) throws Exception;
    }

    /** Runs something in several threads that begin together, and waits for their end. */
    static void inParallel(int threads, Part part) throws Exception {
        CountDownLatch ready = new CountDownLatch(threads);
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                try {
                    ready.countDown();
                    ready.await();
                    part.run(number);
                } catch (Throwable thrown) {
                    failures.add(thrown);
                }
            });
            // One that hangs is reported; it need not hang the JVM as well.
            thread.setDaemon(true);
            thread.start();
            all.add(thread);
        }
        for (Thread thread : all) {
            Gate.await(thread);
        }
        if (!failures.isEmpty()) {
            AssertionError error = new AssertionError("a thread failed", failures.peek());
            failures.stream().skip(1).forEach(error::addSuppressed);
            throw error;
        }
    }
}
