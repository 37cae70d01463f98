// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * What an executor was doing at a moment, and has done so far: {@link FutureExecutor#stats()}. Its numbers are read one
 * after the other, so they need not fit each other while tasks come and go.
 *
 * <p>Later versions may have more components, so neither take it apart by a pattern nor, outside of tests, make one.
 *
 * <p>Times are of the {@code timed} tasks alone: those that were submitted while somebody listened, or Flight Recorder
 * recorded them, have begun, and have ended. Otherwise nobody looks at a clock.
 *
 * @param name the name of the executor
 * @param since when it was created
 * @param liveWorkers how many workers there are
 * @param idleWorkers how many of them have nothing to do
 * @param runningWorkers how many of them run a task, those included that wait for something in it
 * @param spareWorkers how many of them are there beyond {@code maxWorkers}, because others wait
 * @param maxWorkers how many there may be, spare ones aside
 * @param pending how many tasks have been submitted and have not begun; they are counted one by one
 * @param running how many tasks run, those aside that a worker runs inside of another one
 * @param completed how many tasks have been run to their end, whatever it was
 * @param failed how many have failed: have thrown something, were not done in time, or could not be run; also those
 *     that were not accepted before their deadline, which no listener hears of
 * @param cancelled how many were cancelled, before they began or while they ran; the latter count when they have ended
 * @param timed how many tasks the times are of
 * @param queueTime how long these have waited, all together
 * @param maxQueueTime how long one of these has waited at most
 * @param runTime how long these have run, all together
 * @param maxRunTime how long one of these has run at most
 */
public record ExecutorStats(
        String name,
        Instant since,
        int liveWorkers,
        int idleWorkers,
        int runningWorkers,
        int spareWorkers,
        int maxWorkers,
        long pending,
        long running,
        long completed,
        long failed,
        long cancelled,
        long timed,
        Duration queueTime,
        Duration maxQueueTime,
        Duration runTime,
        Duration maxRunTime) {
    /**
     * Creates statistics; for tests, as those of executors are made by these.
     *
     * @throws NullPointerException if an argument is null
     */
    public ExecutorStats {
        requireNonNull(name, "name");
        requireNonNull(since, "since");
        requireNonNull(queueTime, "queueTime");
        requireNonNull(maxQueueTime, "maxQueueTime");
        requireNonNull(runTime, "runTime");
        requireNonNull(maxRunTime, "maxRunTime");
    }

    static ExecutorStats of(Engine engine) {
        Watchers watchers = engine.watchers;
        Journal journal = watchers.journalOrNull();
        int live = engine.liveWorkers();
        int running = Math.min(live, engine.runningWorkers());
        int max = engine.places.maxWorkers();
        return new ExecutorStats(
                engine.name(),
                Instant.ofEpochMilli(watchers.bornMillis),
                live,
                live - running,
                running,
                Math.max(0, live - max),
                max,
                pendingIn(engine),
                engine.workersRun() + engine.inCallers.size(),
                engine.completedTasks(),
                watchers.failed.sum(),
                watchers.cancelled.sum(),
                journal == null ? 0 : journal.timed.sum(),
                Duration.ofNanos(journal == null ? 0 : journal.queueNanos.sum()),
                Duration.ofNanos(journal == null ? 0 : journal.maxQueueNanos.get()),
                Duration.ofNanos(journal == null ? 0 : journal.runNanos.sum()),
                Duration.ofNanos(journal == null ? 0 : journal.maxRunNanos.get()));
    }

    /** What has been handed out may be queued where it was handed to. */
    private static long pendingIn(Engine engine) {
        return engine.queue.countPending()
                + engine.handedOut().stream().filter(WorkItem::isPending).count();
    }
}
