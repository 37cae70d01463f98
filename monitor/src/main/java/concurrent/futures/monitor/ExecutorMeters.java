// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import static java.util.Objects.requireNonNull;

import concurrent.futures.ExecutorListener;
import concurrent.futures.ExecutorStats;
import concurrent.futures.FutureExecutor;
import concurrent.futures.TaskEvent;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Gives the numbers of an executor to Micrometer, by the names that its own {@code ExecutorServiceMetrics} uses, so that
 * dashboards made for those show them as well.
 *
 * {@snippet file="concurrent/futures/snippets/MonitorSnippets.java" region="meters"}
 *
 * <p>Gauges are {@code executor.active}, {@code executor.queued}, {@code executor.pool.size},
 * {@code executor.pool.core} and {@code executor.pool.max}, counters {@code executor.completed} and beyond those of
 * Micrometer {@code executor.failed} and {@code executor.cancelled}; timers are {@code executor}, how long tasks run,
 * and {@code executor.idle}, how long they wait before. All have the tag {@code name}.
 *
 * <p>Micrometer has to be there: this module does not bring it.
 */
public final class ExecutorMeters implements MeterBinder, AutoCloseable {
    /** The meters of one look of the registry are asked one after the other. */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final FutureExecutor executor;
    private final Tags tags;
    private final Set<MeterRegistry> registries = ConcurrentHashMap.newKeySet();
    private final List<ExecutorListener.Registration> registrations = new CopyOnWriteArrayList<>();

    /** Pending tasks are counted one by one, which one look of the registry need do once. */
    private final Snapshot snapshot;

    private volatile boolean closed;

    /**
     * Creates meters for an executor.
     *
     * @param executor the executor
     * @param name the value of the tag {@code name}
     * @param tags more tags
     */
    public ExecutorMeters(FutureExecutor executor, String name, Tag... tags) {
        // Micrometer keeps nothing alive, and a view would be gone at once.
        this.executor = requireNonNull(executor, "executor").unwrapped();
        this.snapshot = new Snapshot(this.executor.stats());
        this.tags = Tags.of(tags).and("name", requireNonNull(name, "name"));
    }

    /**
     * Adds the meters to a registry, unless that has been done before.
     *
     * @throws IllegalStateException if these meters are closed
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        if (closed) {
            throw new IllegalStateException("these meters are closed");
        }
        if (!registries.add(registry)) {
            return;
        }
        gauge(registry, "executor.active", "Tasks that run", BaseUnits.THREADS, stats -> stats.running());
        gauge(registry, "executor.queued", "Tasks that wait for a worker", BaseUnits.TASKS, stats -> stats.pending());
        gauge(registry, "executor.pool.size", "Workers", BaseUnits.THREADS, ExecutorStats::liveWorkers);
        gauge(registry, "executor.pool.core", "Workers at most", BaseUnits.THREADS, ExecutorStats::maxWorkers);
        gauge(registry, "executor.pool.max", "Workers at most", BaseUnits.THREADS, ExecutorStats::maxWorkers);
        counter(registry, "executor.completed", "Tasks that have ended", stats -> stats.completed());
        counter(registry, "executor.failed", "Tasks that have failed", stats -> stats.failed());
        counter(registry, "executor.cancelled", "Tasks that were cancelled", stats -> stats.cancelled());
        Timer running = timer(registry, "executor", "How long tasks run");
        Timer waiting = timer(registry, "executor.idle", "How long tasks wait before they run");
        registrations.add(executor.addListener(new Times(running, waiting)));
    }

    /** Stops measuring times. What was measured stays in the registry. */
    @Override
    public void close() {
        closed = true;
        registrations.forEach(ExecutorListener.Registration::close);
    }

    /** What an executor tells, or has told a moment ago. It does not keep it alive, as meters do not. */
    private static final class Snapshot {
        private record Look(ExecutorStats stats, long nanos) {}

        private volatile Look latest;

        Snapshot(ExecutorStats first) {
            this.latest = new Look(first, System.nanoTime());
        }

        ExecutorStats of(FutureExecutor executor) {
            Look seen = latest;
            long now = System.nanoTime();
            if (now - seen.nanos > FRESH_NANOS) {
                seen = new Look(executor.stats(), now);
                latest = seen;
            }
            return seen.stats;
        }
    }

    private void gauge(
            MeterRegistry registry, String name, String what, String unit, ToDoubleFunction<ExecutorStats> value) {
        Snapshot shown = snapshot;
        Gauge.builder(name, executor, each -> value.applyAsDouble(shown.of(each)))
                .tags(tags)
                .description(what)
                .baseUnit(unit)
                .register(registry);
    }

    private void counter(MeterRegistry registry, String name, String what, ToDoubleFunction<ExecutorStats> value) {
        Snapshot shown = snapshot;
        FunctionCounter.builder(name, executor, each -> value.applyAsDouble(shown.of(each)))
                .tags(tags)
                .description(what)
                .baseUnit(BaseUnits.TASKS)
                .register(registry);
    }

    private Timer timer(MeterRegistry registry, String name, String what) {
        return Timer.builder(name).tags(tags).description(what).register(registry);
    }

    private record Times(Timer running, Timer waiting) implements ExecutorListener {
        @Override
        public void finished(TaskEvent task) {
            if (task.started() != 0) {
                running.record(task.runTime());
                waiting.record(task.queueTime());
            }
        }
    }
}
