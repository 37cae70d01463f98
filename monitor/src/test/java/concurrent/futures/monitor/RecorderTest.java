// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.ExecutorListener;
import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Promise;
import concurrent.futures.TaskEvent;
import concurrent.futures.TaskOutcome;
import concurrent.futures.ThreadExecutor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is recorded stays bounded, and what is counted is exact. */
class RecorderTest {
    private static final Future<?> FUTURE = new Promise<>();
    private static final long BEGIN = System.nanoTime();

    private final FutureExecutor executor = new ThreadExecutor(1);
    private final Recorder recorder = new Recorder("test", List.of(executor));
    private final ExecutorListener listener = recorder.executor(0);

    @Test
    void aMillionTasks_areAllCountedAndAFewKept() {
        int tasks = 1_000_000;
        for (int id = 0; id < tasks; id++) {
            tell(id, "task " + id % 1000, id % 4, TimeUnit.MICROSECONDS.toNanos(id % 50), null);
            if (id % 25_000 == 0) {
                recorder.tick((view, tick) -> assertThat(tick.spans()).hasSizeLessThanOrEqualTo(2000));
            }
        }
        recorder.read(view -> {
            assertThat(view.seen()).isEqualTo(tasks);
            assertThat(view.spans().size()).isBetween(10_000, 16_384 + 65_536 + 1);
            assertThat(view.slowest())
                    .hasSize(20)
                    .allSatisfy(span -> assertThat(span.run()).isEqualTo(TimeUnit.MICROSECONDS.toNanos(49)));
            assertThat(view.tasks()).hasSize(TaskCounts.MOST_NAMES + 2);
            assertThat(view.tasks().stream().mapToLong(RecorderTest::done).sum())
                    .isEqualTo(tasks);
        });
    }

    @Test
    void ofMoreTasksThanCanBeDrawn_theLongOnesAreKept() {
        for (int id = 0; id < 400_000; id++) {
            boolean isLong = id % 1000 == 0;
            tell(id, isLong ? "long" : "short", 0, TimeUnit.MICROSECONDS.toNanos(isLong ? 20_000 : 5), null);
            if (id % 25_000 == 24_999) {
                recorder.tick((view, tick) -> {});
            }
        }
        recorder.read(view -> {
            long kept = view.spans().all().stream()
                    .filter(span -> span.task().name().equals("long"))
                    .count();
            assertThat(kept).as("of 400 long ones").isGreaterThan(340);
        });
    }

    @Test
    void failures_areKeptAsTextAndCut() {
        for (int id = 0; id < 1000; id++) {
            tell(id, "task", 0, 1000, new IllegalStateException("x".repeat(100_000) + id));
            if (id % 10 == 9) {
                recorder.tick((view, tick) -> {});
            }
        }
        recorder.read(view -> {
            assertThat(view.failures())
                    .hasSize(20)
                    .extracting(failure -> failure.span().id())
                    .startsWith(999L, 998L);
            assertThat(view.failures()).allSatisfy(failure -> {
                assertThat(failure.what())
                        .startsWith("java.lang.IllegalStateException: xxx")
                        .hasSizeLessThan(310);
                assertThat(failure.trace()).hasSizeLessThan(4010);
                assertThat(failure.span().failure()).isNull();
            });
            assertThat(view.spans().all())
                    .allSatisfy(span -> assertThat(span.failure()).isNull());
        });
    }

    @Test
    void anExceptionThatCannotBeTold_isNamedAtLeast() {
        tell(1, "task", 0, 1000, new RuntimeException() {
            @Override
            public String getMessage() {
                throw new IllegalStateException("no message for you");
            }
        });
        recorder.tick((view, tick) -> assertThat(view.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.what()).startsWith(RecorderTest.class.getName())));
    }

    @Test
    void aTaskInsideOfAnother_knowsHowDeepItIs() {
        TaskEvent outer = event(1, "outer", 0, 1_000_000, null, null);
        TaskEvent inner = event(2, "inner", 0, 1_000, null, null);
        listener.submitted(outer);
        listener.started(outer);
        listener.submitted(inner);
        listener.started(inner);
        listener.finished(event(2, "inner", 0, 1_000, TaskOutcome.SUCCEEDED, null));
        listener.finished(event(1, "outer", 0, 1_000_000, TaskOutcome.SUCCEEDED, null));

        recorder.tick((view, tick) -> assertThat(tick.spans())
                .extracting(Span::id, Span::depth)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2L, 1), org.assertj.core.groups.Tuple.tuple(1L, 0)));
    }

    @Test
    void aTaskThatIsCancelledInTheQueue_isCountedAndNotDrawn() {
        TaskEvent submitted = event(1, "task", -1, 0, null, null);
        listener.submitted(submitted);
        listener.finished(
                new TaskEvent("e", 1, "task", null, -1, TaskOutcome.CANCELLED, BEGIN, 0, BEGIN + 1000, null, FUTURE));

        recorder.tick((view, tick) -> {
            assertThat(tick.spans()).isEmpty();
            assertThat(json(recorder.tasks().of("task")))
                    .contains("\"cancelled\":1,\"finished\":0,\"running\":0,\"queued\":0");
        });
    }

    private void tell(long id, String name, int slot, long run, Throwable exception) {
        listener.submitted(event(id, name, -1, run, null, null));
        listener.started(event(id, name, slot, run, null, null));
        TaskOutcome outcome = exception == null ? TaskOutcome.SUCCEEDED : TaskOutcome.FAILED;
        listener.finished(event(id, name, slot, run, outcome, exception));
    }

    private static TaskEvent event(long id, String name, int slot, long run, TaskOutcome outcome, Throwable exception) {
        long start = BEGIN + id * 1000;
        return new TaskEvent(
                "e",
                id,
                name,
                slot < 0 ? null : "worker " + slot,
                slot,
                outcome,
                start,
                slot < 0 ? 0 : start + 100,
                outcome == null ? 0 : start + 100 + run,
                exception,
                FUTURE);
    }

    private static long done(TaskCount count) {
        return ((Double) JsonReader.object(JsonReader.read(json(count))).get("done")).longValue();
    }

    private static String json(TaskCount count) {
        Json json = new Json();
        count.write(json);
        return json.toString();
    }
}
