// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Views with names, priorities, contexts and traces, and what all views have in common. */
interface ViewContract extends ExecutorSource {
    ThreadLocal<String> USER = new ThreadLocal<>();

    /** Carries the user of the submitting thread into the task. */
    private static Callable<Object> withUser(Callable<Object> task) {
        String user = USER.get();
        return () -> {
            String before = USER.get();
            USER.set(user);
            try {
                return task.call();
            } finally {
                USER.set(before);
            }
        };
    }

    @Test
    default void view_sharesTheExecutor() throws Exception {
        FutureExecutor executor = newExecutor(2);
        FutureExecutor view = executor.withName("a").withPriority(1);
        assertThat(view.maxWorkers()).isEqualTo(2);
        assertThat(view.unwrapped()).isSameAs(executor).isSameAs(executor.unwrapped());
        assertThat(view.submit(() -> 42).result()).isEqualTo(42);
        view.close();
        assertThat(executor.isTerminated()).isTrue();
        assertThatThrownBy(() -> executor.submit(() -> 42)).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    default void name_isShown() throws Exception {
        try (FutureExecutor executor = newExecutor(1)) {
            FutureExecutor named = executor.withName("a").withName("nightly report");
            String threadName =
                    executor.submit(() -> Thread.currentThread().getName()).result();
            Future<String> future = named.submit(() -> Thread.currentThread().getName());
            String inTask = future.result();
            assertThat(future.toString()).contains("\"nightly report\"[finished returned String]");
            if (runsTasksItself()) {
                assertThat(inTask).endsWith(": nightly report");
                assertThat(executor.submit(() -> Thread.currentThread().getName())
                                .result())
                        .doesNotContain("nightly report")
                        .startsWith(threadName.substring(0, threadName.lastIndexOf('_') + 1));
            }
        }
    }

    @Test
    default void priority_higherFirst_thenInOrder() throws Exception {
        assumeTrue(sharesMemory());
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            executor.submit(gate::pass);
            gate.awaitArrivals(1);
            for (int i = 0; i < 3; i++) {
                String number = String.valueOf(i);
                executor.withPriority(-1).submit(() -> order.add("late" + number));
                executor.submit(() -> order.add("usual" + number));
                executor.withPriority(1).submit(() -> order.add("urgent" + number));
                executor.withPriority(7).submit(() -> order.add("first" + number));
            }
            gate.open();
        }
        assertThat(order)
                .containsExactly(
                        "first0", "first1", "first2", "urgent0", "urgent1", "urgent2", "usual0", "usual1", "usual2",
                        "late0", "late1", "late2");
    }

    @Test
    default void priority_ofACancelledTask_isNotCounted() throws Exception {
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            executor.submit(gate::pass);
            gate.awaitArrivals(1);
            Future<?> urgent = executor.withPriority(1).submit(() -> {});
            Future<?> late = executor.withPriority(-1).submit(() -> {});
            assertThat(((BaseExecutor) executor).queuedTasks()).isEqualTo(2);
            assertThat(urgent.cancel()).isTrue();
            assertThat(late.cancel()).isTrue();
            assertThat(((BaseExecutor) executor).queuedTasks()).isZero();
        }
    }

    @Test
    default void shutdownNow_cancelsWhatHasAPriority() throws Exception {
        FutureExecutor executor = newExecutor(1);
        try (Gate gate = new Gate()) {
            Future<?> running = executor.submit(gate::pass);
            gate.awaitArrivals(1);
            Eventually.await().until(running::isRunning);
            Future<?> urgent = executor.withPriority(1).submit(() -> {});
            Future<?> late = executor.withPriority(-1).submit(() -> {});
            assertThat(executor.shutdownNow()).hasSize(2);
            assertThat(urgent.isCancelled()).isTrue();
            assertThat(late.isCancelled()).isTrue();
        }
        executor.close();
    }

    @Test
    default void context_isCarriedFromTheSubmittingThread() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor(1)) {
            FutureExecutor carrying = executor.withContext(ViewContract::withUser);
            USER.set("Ada");
            Future<String> future = carrying.submit(USER::get);
            List<String> mapped =
                    carrying.map(item -> USER.get() + item, List.of(1, 2)).toList();
            USER.remove();
            assertThat(future.result()).isEqualTo("Ada");
            assertThat(mapped).containsExactly("Ada1", "Ada2");
            assertThat(executor.submit(USER::get).result()).isNull();
            assertThat(carrying.submit(() -> {}).result()).isNull();
        }
    }

    @Test
    default void contexts_theFirstIsAroundTheOthers() throws Exception {
        assumeTrue(sharesMemory());
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        UnaryOperator<Callable<Object>> first = task -> () -> {
            order.add("first");
            return task.call();
        };
        UnaryOperator<Callable<Object>> second = task -> () -> {
            order.add("second");
            return task.call();
        };
        try (FutureExecutor executor = newExecutor(1)) {
            executor.withContext(first)
                    .withContext(second)
                    .submit(() -> order.add("task"))
                    .result();
        }
        assertThat(order).containsExactly("first", "second", "task");
    }

    @Test
    default void contextThatFails_failsTheSubmission() {
        try (FutureExecutor executor = newExecutor(1)) {
            FutureExecutor failing = executor.withContext(task -> {
                throw new IllegalStateException("no context");
            });
            assertThatThrownBy(() -> failing.submit(() -> 42)).hasMessage("no context");
            FutureExecutor forgetful = executor.withContext(task -> null);
            assertThatNullPointerException().isThrownBy(() -> forgetful.submit(() -> 42));
        }
    }

    @Test
    default void tracing_tellsWhereATaskWasSubmitted() throws Exception {
        try (FutureExecutor executor = newExecutor(1)) {
            Throwable plain = executor.submit(ViewContract::fail).exception();
            assertThat(plain.getSuppressed()).isEmpty();
            Throwable thrown = executor.withTracing().submit(ViewContract::fail).exception();
            assertThat(thrown.getSuppressed()).hasSize(1);
            assertThat(thrown.getSuppressed()[0])
                    .hasMessageContaining("submitted to")
                    .hasMessageContaining(Thread.currentThread().getName());
            assertThat(thrown.getSuppressed()[0].getStackTrace())
                    .anyMatch(element -> element.getMethodName().equals("tracing_tellsWhereATaskWasSubmitted"));
        }
    }

    @Test
    default void tracing_goesThroughNestedSubmits() throws Exception {
        assumeTrue(runsTasksItself());
        try (FutureExecutor executor = newExecutor(2)) {
            Future<Throwable> outer = executor.withTracing()
                    .submit(() -> executor.submit(ViewContract::fail).exception());
            Throwable origin = outer.result().getSuppressed()[0];
            assertThat(origin.getStackTrace()).noneMatch(ViewContract::isOuter);
            assertThat(origin.getCause().getStackTrace()).anyMatch(ViewContract::isOuter);
        }
    }

    @Test
    default void tracing_endsSomewhere() throws Exception {
        assumeTrue(runsTasksItself());
        try (FutureExecutor executor = newExecutor(2)) {
            Throwable origin = successors(executor.withTracing(), 105).getSuppressed()[0];
            int depth = 1;
            while (origin.getCause() != null) {
                origin = origin.getCause();
                depth++;
            }
            assertThat(depth).isBetween(2, 20);
        }
    }

    /** What the last of many tasks has thrown, each of which submits the next one. */
    private static Throwable successors(FutureExecutor executor, int number) throws Exception {
        Promise<Throwable> last = new Promise<>();
        submitSuccessor(executor, number, last);
        return last.result();
    }

    private static void submitSuccessor(FutureExecutor executor, int number, Promise<Throwable> last) {
        Future<?> future = executor.submit(() -> {
            if (number == 0) {
                fail();
            }
            submitSuccessor(executor, number - 1, last);
        });
        future.addDoneCallback(done -> {
            if (done.state() == java.util.concurrent.Future.State.FAILED) {
                last.setResult(done.exceptionNow());
            }
        });
    }

    private static boolean isOuter(StackTraceElement element) {
        return element.getMethodName().equals("tracing_goesThroughNestedSubmits");
    }

    private static int fail() {
        throw new IllegalStateException("on purpose");
    }

    @Test
    default void nulls_areRefusedByName() {
        try (FutureExecutor executor = newExecutor(1)) {
            assertThatNullPointerException()
                    .isThrownBy(() -> executor.withTimeout(null))
                    .withMessage("timeout");
            assertThatNullPointerException()
                    .isThrownBy(() -> executor.withDeadline(null))
                    .withMessage("deadline");
            assertThatNullPointerException()
                    .isThrownBy(() -> executor.withName(null))
                    .withMessage("name");
            assertThatNullPointerException()
                    .isThrownBy(() -> executor.withContext(null))
                    .withMessage("context");
        }
    }
}
