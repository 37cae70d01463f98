// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The statistics of an executor, its listeners, and its dump. */
interface WatchContract extends ExecutorSource {
    @Test
    default void stats_ofAnIdleExecutor() {
        Instant before = Instant.now().minusSeconds(1);
        try (FutureExecutor executor = newExecutor(2)) {
            ExecutorStats stats = executor.stats();
            assertThat(stats.name()).isNotEmpty();
            assertThat(executor.toString()).startsWith(stats.name());
            assertThat(stats.since()).isBetween(before, Instant.now());
            assertThat(executor.stats().since()).isEqualTo(stats.since());
            assertThat(stats.maxWorkers()).isEqualTo(2);
            assertThat(List.of(stats.pending(), stats.running(), stats.completed(), stats.failed()))
                    .containsOnly(0L);
            assertThat(stats.timed()).isZero();
            assertThat(stats.runTime()).isZero();
            assertThat(stats.maxQueueTime()).isZero();
        }
    }

    @Test
    default void stats_countWhatRunsAndWaits() throws Exception {
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            Future<?> running = executor.submit(gate::pass);
            gate.awaitArrivals(1);
            Eventually.await().until(running::isRunning);
            List<Future<?>> queued = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                queued.add(executor.withPriority(i - 1).submit(() -> {}));
            }
            ExecutorStats stats = executor.stats();
            assertThat(stats.running()).isEqualTo(1);
            assertThat(stats.runningWorkers()).isEqualTo(1);
            assertThat(stats.liveWorkers()).isGreaterThanOrEqualTo(1);
            assertThat(stats.pending()).isEqualTo(3);
            assertThat(queued.get(1).cancel()).isTrue();
            assertThat(executor.stats().pending()).isEqualTo(2);
            assertThat(executor.stats().cancelled()).isEqualTo(1);
            gate.open();
            executor.close();
            stats = executor.stats();
            assertThat(stats.running()).isZero();
            assertThat(stats.pending()).isZero();
            assertThat(stats.completed()).isEqualTo(3);
        }
    }

    @Test
    default void stats_countFailuresOnce() throws Exception {
        FutureExecutor executor = newExecutor(1);
        try (Gate gate = new Gate()) {
            executor.submit(WatchContract::fail).exception();
            executor.withTimeout(Duration.ofMillis(1)).submit(gate::pass).exception();
            gate.open();
            // One that is cancelled while it runs, and fails then, is only cancelled.
            Gate second = new Gate();
            Future<?> cancelled = executor.submit(() -> {
                second.pass();
                fail();
            });
            second.awaitArrivals(1);
            Eventually.await().until(cancelled::isRunning);
            cancelled.cancel(false);
            second.open();
            executor.submit(() -> 42).result();
        }
        executor.close();
        ExecutorStats stats = executor.stats();
        assertThat(stats.failed()).isEqualTo(2);
        assertThat(stats.cancelled()).isEqualTo(1);
        assertThat(stats.completed()).isEqualTo(4);
    }

    private static int fail() {
        throw new IllegalStateException("on purpose");
    }

    @Test
    default void listener_hearsEachStepOnce() throws Exception {
        EventLog log = new EventLog();
        FutureExecutor executor = newExecutor(2);
        executor.submit(() -> 1).result();
        executor.addListener(log);
        Future<Integer> success = executor.withName("report").submit(() -> 42);
        success.result();
        Future<?> failure = executor.submit(WatchContract::fail);
        failure.exception();
        executor.close();
        assertThat(log.of(1)).containsExactly("1 submitted", "1 started", "1 SUCCEEDED");
        assertThat(log.of(2)).containsExactly("2 submitted", "2 started", "2 FAILED");
        assertThat(log.tasks()).hasSize(6);
        TaskEvent first = event(log, 1);
        assertThat(first.executor()).isEqualTo(executor.stats().name());
        assertThat(first.name()).isEqualTo("report");
        assertThat(first.future()).isSameAs(success);
        assertThat(first.exception()).isNull();
        assertThat(first.slot()).isBetween(0, 1);
        assertThat(first.queueTime()).isPositive();
        assertThat(first.runTime()).isPositive();
        assertThat(event(log, 2).exception()).isSameAs(failure.exceptionNow());
    }

    private static TaskEvent event(EventLog log, long id) {
        return log.finished().stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow();
    }

    @Test
    default void listener_hearsOfTheEndAfterTheFutureIsDone() throws Exception {
        List<Boolean> done = new ArrayList<>();
        FutureExecutor executor = newExecutor(1);
        executor.addListener(new ExecutorListener() {
            @Override
            public void submitted(TaskEvent task) {
                assertThat(task.queueTime()).isZero();
                assertThat(task.worker()).isNull();
            }

            @Override
            public void started(TaskEvent task) {
                assertThat(task.runTime()).isZero();
                assertThat(task.outcome()).isNull();
                done.add(task.future().isDone());
            }

            @Override
            public void finished(TaskEvent task) {
                done.add(task.future().isDone());
            }
        });
        executor.submit(() -> 42).result();
        executor.close();
        assertThat(done).containsExactly(false, true);
    }

    @Test
    default void listener_hearsOfACancelledTask() throws Exception {
        EventLog log = new EventLog();
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            executor.addListener(log);
            Future<?> running = executor.submit(gate::pass);
            gate.awaitArrivals(1);
            Eventually.await().until(running::isRunning);
            Future<?> pending = executor.submit(() -> {});
            pending.cancel();
            assertThat(log.of(2)).containsExactly("2 submitted", "2 CANCELLED");
            assertThat(event(log, 2).runTime()).isZero();
            assertThat(event(log, 2).queueTime()).isPositive();
            running.cancel(false);
            assertThat(log.of(1)).containsExactly("1 submitted", "1 started");
            gate.open();
            Eventually.await().until(() -> log.of(1).contains("1 CANCELLED"));
        }
        assertThat(log.tasks()).hasSize(5);
    }

    @Test
    default void listener_hearsOfTasksWhoseTimeIsOver() throws Exception {
        EventLog log = new EventLog();
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            executor.addListener(log);
            executor.submit(gate::pass);
            gate.awaitArrivals(1);
            executor.withDeadline(Duration.ofMillis(20)).submit(() -> {}).exception();
            Eventually.await().until(() -> log.of(2).size() == 2);
            assertThat(log.of(2)).containsExactly("2 submitted", "2 FAILED");
        }
    }

    @Test
    default void listener_hearsOfWhatAShutdownCancels() throws Exception {
        EventLog log = new EventLog();
        FutureExecutor executor = newExecutor(1);
        try (Gate gate = new Gate()) {
            executor.addListener(log);
            Future<?> running = executor.submit(gate::pass);
            gate.awaitArrivals(1);
            Eventually.await().until(running::isRunning);
            executor.submit(() -> {});
            executor.shutdown(/* cancelPending= */ true);
            assertThat(log.of(2)).containsExactly("2 submitted", "2 CANCELLED");
        }
        executor.close();
        assertThat(log.of(1)).hasSize(3);
    }

    @Test
    default void listener_thatIsRemoved_hearsNothingMore() throws Exception {
        EventLog first = new EventLog();
        EventLog second = new EventLog();
        try (FutureExecutor executor = newExecutor(1)) {
            ExecutorListener.Registration registration = executor.addListener(first);
            executor.withName("view").addListener(second);
            executor.submit(() -> 1).result();
            Eventually.await().until(() -> first.of(1).size() == 3);
            registration.close();
            registration.close();
            executor.submit(() -> 2).result();
            Eventually.await().until(() -> second.of(2).size() == 3);
            assertThat(first.tasks()).hasSize(3);
        }
    }

    @Test
    default void listener_ofManyTasks_hearsOfAll() throws Exception {
        EventLog log = new EventLog();
        FutureExecutor executor = newExecutor();
        executor.addListener(log);
        List<Integer> items = new ArrayList<>();
        for (int i = 0; i < 2 * rounds(); i++) {
            items.add(i);
        }
        List<Integer> results =
                executor.map(i -> i, items, MapOptions.defaults().chunkSize(1)).toList();
        executor.close();
        assertThat(results).isEqualTo(items);
        for (int i = 1; i <= items.size(); i++) {
            assertThat(log.of(i)).containsExactly(i + " submitted", i + " started", i + " SUCCEEDED");
        }
        ExecutorStats stats = executor.stats();
        assertThat(stats.timed()).isEqualTo(items.size());
        assertThat(stats.runTime()).isGreaterThanOrEqualTo(stats.maxRunTime());
        assertThat(stats.maxRunTime()).isPositive();
        assertThat(stats.queueTime()).isGreaterThanOrEqualTo(stats.maxQueueTime());
    }

    @Test
    default void dump_tellsWhatRunsAndWaits() throws Exception {
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            executor.addListener(new ExecutorListener() {});
            Future<?> running = executor.withName("first").submit(gate::pass);
            gate.awaitArrivals(1);
            Eventually.await().until(running::isRunning);
            executor.withName("second").submit(() -> {});
            assertThat(executor.dump().lines())
                    .anyMatch(line -> line.matches("  #1 .* \"first\", for [0-9.]+ s.*\\(slot 0\\).*"))
                    .anyMatch(line -> line.matches("  #2 .* \"second\", for [0-9.]+ s"));
        }
    }

    @Test
    default void nullListener_isRefusedByName() {
        try (FutureExecutor executor = newExecutor(1)) {
            assertThatNullPointerException()
                    .isThrownBy(() -> executor.addListener(null))
                    .withMessage("listener");
        }
    }
}
