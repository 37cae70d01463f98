// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.ThreadExecutor;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The numbers that Micrometer gets. */
class ExecutorMetersTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void names_areThoseOfMicrometersOwnMeters() {
        MeterRegistry own = new SimpleMeterRegistry();
        try (ThreadPoolExecutor pool = (ThreadPoolExecutor) Executors.newFixedThreadPool(1);
                FutureExecutor executor = new ThreadExecutor(1);
                ExecutorMeters meters = new ExecutorMeters(executor, "pool")) {
            ExecutorServiceMetrics.monitor(own, pool, "pool");
            meters.bindTo(registry);

            Set<String> expected = names(own);
            expected.remove("executor.queue.remaining"); // a queue without a bound has no remaining room
            assertThat(names(registry)).containsAll(expected);
        }
    }

    @Test
    void whatRunsAndWaits_isToldAndTimed() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (FutureExecutor executor = new ThreadExecutor(1);
                ExecutorMeters meters = new ExecutorMeters(executor, "pool", Tag.of("kind", "test"))) {
            meters.bindTo(registry);
            Future<?> first = executor.submit(() -> {
                running.countDown();
                goOn.await();
            });
            Future<?> second = executor.submit(() -> 1 / Integer.parseInt("0"));
            running.await();

            assertThat(gauge("executor.active")).isOne();
            assertThat(gauge("executor.queued")).isOne();
            assertThat(gauge("executor.pool.size")).isOne();
            assertThat(gauge("executor.pool.max")).isOne();

            goOn.countDown();
            first.result();
            assertThat(second.exception()).isInstanceOf(ArithmeticException.class);
            await().untilAsserted(() -> {
                assertThat(registry.get("executor.completed")
                                .tag("kind", "test")
                                .functionCounter()
                                .count())
                        .isEqualTo(2);
                assertThat(registry.get("executor.failed").functionCounter().count())
                        .isOne();
                assertThat(registry.get("executor").tag("name", "pool").timer().count())
                        .isEqualTo(2);
                assertThat(registry.get("executor.idle").timer().totalTime(TimeUnit.NANOSECONDS))
                        .isPositive();
            });
        }
    }

    private double gauge(String name) {
        return registry.get(name).tag("name", "pool").gauge().value();
    }

    private static Set<String> names(MeterRegistry registry) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .map(Meter.Id::getName)
                .collect(Collectors.toSet());
    }
}
