// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What is particular about the executor on virtual threads. */
class VirtualThreadExecutorTest {

    @Test
    void submit_runsEachTaskInAFreshVirtualThread() throws Exception {
        try (VirtualThreadExecutor executor = new VirtualThreadExecutor(2)) {
            Set<Thread> threads = Collections.newSetFromMap(new IdentityHashMap<>());
            for (int i = 0; i < 100; i++) {
                threads.add(executor.submit(Thread::currentThread).result());
            }
            assertThat(threads).hasSize(100).allMatch(Thread::isVirtual);
        }
    }

    @Test
    void threads_areNumberedAfterTheExecutor() throws Exception {
        try (VirtualThreadExecutor executor = new VirtualThreadExecutor()) {
            Set<String> names = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                names.add(
                        executor.submit(() -> Thread.currentThread().getName()).result());
            }
            assertThat(names).hasSize(3).allMatch(name -> name.matches("VirtualThreadExecutor-\\d+_[012]"));
        }
    }

    @Test
    void threads_withPrefix_areNumberedFromZero() throws Exception {
        try (VirtualThreadExecutor executor =
                VirtualThreadExecutor.builder().threadNamePrefix("mine").build()) {
            for (int i = 0; i < 3; i++) {
                assertThat(executor.submit(() -> Thread.currentThread().getName())
                                .result())
                        .isEqualTo("mine_" + i);
            }
        }
    }

    @Test
    void threads_takeNothingFromTheSubmitter() throws Exception {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        try (VirtualThreadExecutor executor = new VirtualThreadExecutor()) {
            local.set("of the submitter");
            assertThat(executor.submit(local::get).result()).isNull();
        } finally {
            local.remove();
        }
    }

    @Test
    void maxWorkers_byDefault_isTenThousand() {
        try (VirtualThreadExecutor executor = new VirtualThreadExecutor()) {
            assertThat(executor.maxWorkers()).isEqualTo(10_000);
        }
    }

    @Test
    void submit_ofManyBlockingTasks_runsTenThousandAtATime() throws Exception {
        int tasks = 100_000;
        AtomicInteger running = new AtomicInteger();
        AtomicInteger peak = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(10_000);
        List<Future<?>> futures = new ArrayList<>(tasks);
        try (VirtualThreadExecutor executor = new VirtualThreadExecutor()) {
            for (int i = 0; i < tasks; i++) {
                futures.add(executor.submit(() -> {
                    peak.accumulateAndGet(running.incrementAndGet(), Math::max);
                    full.countDown();
                    // The first ten thousand wait for each other, so that the bound is not only kept but reached.
                    Gate.await(full);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                    running.decrementAndGet();
                }));
            }
            for (Future<?> future : futures) {
                future.result(Duration.ofSeconds(30));
            }
            assertThat(peak).hasValue(10_000);
            assertThat(executor.completedTasks()).isEqualTo(tasks);
            assertThat(executor.queuedTasks()).isZero();
        }
    }

    @Test
    void numbers_tellWhatGoesOn() throws Exception {
        VirtualThreadExecutor executor = new VirtualThreadExecutor(2);
        try (executor;
                Gate gate = new Gate()) {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                futures.add(executor.submit(gate::pass));
            }
            gate.awaitArrivals(2);
            assertThat(executor.liveWorkers()).isEqualTo(2);
            assertThat(executor.runningWorkers()).isEqualTo(2);
            assertThat(executor.idleWorkers()).isZero();
            assertThat(executor.queuedTasks()).isEqualTo(3);
            assertThat(executor.completedTasks()).isZero();
            futures.get(4).cancel();
            assertThat(executor.queuedTasks()).isEqualTo(2);
        }
        assertThat(executor.liveWorkers()).isZero();
        assertThat(executor.completedTasks()).isEqualTo(4);
    }

    @Test
    void shutdownNow_interruptsAll() throws Exception {
        try (VirtualThreadExecutor executor = new VirtualThreadExecutor(500);
                Gate gate = new Gate()) {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                futures.add(executor.submit(gate::pass));
            }
            gate.awaitArrivals(500);
            assertThat(executor.shutdownNow()).hasSize(500);
            assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            assertThat(futures.subList(0, 500))
                    .allMatch(future -> future.exceptionNow() instanceof InterruptedException);
            assertThat(futures.subList(500, 1_000)).allMatch(Future::isCancelled);
        }
    }

    @Test
    void builder_refusesBadValues() {
        VirtualThreadExecutor.Builder builder = VirtualThreadExecutor.builder();
        assertThatThrownBy(() -> builder.maxWorkers(0)).hasMessage("max_workers must be greater than 0");
        assertThatThrownBy(() -> builder.queueCapacity(0)).hasMessageContaining("queueCapacity");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.threadNamePrefix(null))
                .withMessageContaining("threadNamePrefix");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.whenFull(null))
                .withMessageContaining("whenFull");
    }
}
