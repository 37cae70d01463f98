// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A step in the life of a task, as an {@link ExecutorListener} hears of it. Immutable; each step has an event of its own,
 * which knows what was known then.
 *
 * <p>Later versions may have more components, so neither take it apart by a pattern nor, outside of tests, make one.
 *
 * <p>Whoever keeps an event keeps the future, its result and perhaps the task.
 *
 * @param executor the name of the executor
 * @param id the number of the task, which no other watched task of this executor has
 * @param name the name that {@link FutureExecutor#withName} has given it; null if it has none
 * @param worker the name of the thread, process or member that runs it; null before it begins, or if nobody knows
 * @param slot the number of the worker of a {@link ThreadExecutor}, or for other executors the lowest number that no
 *     task had which was running when this one began. Tasks that are run inside of another one while that waits have its
 *     number. -1 before it begins, and for those that their submitters run themselves
 * @param outcome how it has ended; null before it has
 * @param submitted when it was submitted, by {@link System#nanoTime()}
 * @param started when it began to run, by the same clock; 0 if it has not
 * @param ended when it returned, threw, or was cancelled before it began, by the same clock; 0 if it has not
 * @param exception what it has failed with; null if it has not
 * @param future its future, with which it can be cancelled
 */
public record TaskEvent(
        String executor,
        long id,
        @Nullable String name,
        @Nullable String worker,
        int slot,
        @Nullable TaskOutcome outcome,
        long submitted,
        long started,
        long ended,
        @Nullable Throwable exception,
        Future<?> future) {
    /**
     * Creates an event; for tests of listeners, as those of executors are made by these.
     *
     * @throws NullPointerException if {@code executor} or {@code future} is null
     */
    public TaskEvent {
        requireNonNull(executor, "executor");
        requireNonNull(future, "future");
    }

    /** {@return how long the task has waited until it began, or was cancelled; zero while it waits} */
    public Duration queueTime() {
        return between(submitted, started == 0 ? ended : started);
    }

    /** {@return how long the task has run; zero if it has not begun, or not ended} */
    public Duration runTime() {
        return between(started, ended);
    }

    private static Duration between(long begin, long end) {
        return begin == 0 || end == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, end - begin));
    }
}
