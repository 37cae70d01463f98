// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Threads from a factory of the user's, which may also fail: no task is lost, and nobody waits for ever. */
class ThreadExecutorFactoryTest {

    @Test
    void threadFactory_namesItsThreadsItself() throws Exception {
        CountingFactory factory = new CountingFactory();
        try (ThreadExecutor executor =
                ThreadExecutor.builder().maxWorkers(1).threadFactory(factory).build()) {
            assertThat(executor.submit(() -> Thread.currentThread().getName()).result())
                    .isEqualTo("own-0");
            assertThat(factory.threads.get(0).isDaemon()).isTrue();
        }
    }

    @Test
    void threadFactory_withPrefix_isNamedByThePrefix() throws Exception {
        try (ThreadExecutor executor = ThreadExecutor.builder()
                .maxWorkers(1)
                .threadFactory(new CountingFactory())
                .threadNamePrefix("mine")
                .build()) {
            assertThat(executor.submit(() -> Thread.currentThread().getName()).result())
                    .isEqualTo("mine_0");
        }
    }

    @Test
    void threadFactory_ofVirtualThreads_works() throws Exception {
        try (ThreadExecutor executor = ThreadExecutor.builder()
                .maxWorkers(2)
                .threadFactory(Thread.ofVirtual().factory())
                .build()) {
            assertThat(executor.submit(() -> Thread.currentThread().isVirtual()).result())
                    .isTrue();
        }
    }

    @Test
    void threadFactory_returningNull_failsTheTask() throws Exception {
        try (ThreadExecutor executor =
                ThreadExecutor.builder().threadFactory(task -> null).build()) {
            Throwable failure = executor.submit(() -> "never").exception(Duration.ofSeconds(10));
            assertThat(failure)
                    .isExactlyInstanceOf(RejectedExecutionException.class)
                    .hasCauseInstanceOf(NullPointerException.class);
            assertThat(executor.liveWorkers()).isZero();
            assertThat(executor.isBroken()).isFalse();
        }
    }

    @Test
    void threadFactory_alwaysFailing_failsEachTaskWithTheReason() throws Exception {
        for (Throwable thrown : List.of(new IllegalStateException("no"), new OutOfMemoryError("no more threads"))) {
            try (ThreadExecutor executor = ThreadExecutor.builder()
                    .maxWorkers(3)
                    .threadFactory(task -> {
                        throw FailureContract.<RuntimeException>sneaky(thrown);
                    })
                    .build()) {
                for (int i = 0; i < 10; i++) {
                    Throwable failure = executor.submit(() -> "never").exception(Duration.ofSeconds(10));
                    assertThat(failure)
                            .isExactlyInstanceOf(RejectedExecutionException.class)
                            .hasCause(thrown);
                }
                assertThat(executor.liveWorkers()).isZero();
            }
        }
    }

    @Test
    void threadFactory_alwaysFailing_withManySubmitters_endsEveryFuture() throws Exception {
        try (ThreadExecutor executor = ThreadExecutor.builder()
                .maxWorkers(3)
                .threadFactory(failing(1, new AtomicInteger()))
                .build()) {
            SubmitContract.inParallel(3, number -> {
                for (int i = 0; i < 300; i++) {
                    Future<?> future = executor.submit(() -> "never");
                    assertThat(future.exception(Duration.ofSeconds(10))).isInstanceOf(RejectedExecutionException.class);
                }
            });
        }
    }

    @Test
    void threadFactory_alwaysFailing_withABlockingQueue_blocksNobody() throws Exception {
        try (ThreadExecutor executor = ThreadExecutor.builder()
                .maxWorkers(1)
                .queueCapacity(1)
                .threadFactory(failing(1, new AtomicInteger()))
                .build()) {
            for (int i = 0; i < 20; i++) {
                Future<?> future = executor.submit(() -> "never");
                assertThat(future.exception(Duration.ofSeconds(10))).isInstanceOf(RejectedExecutionException.class);
            }
        }
    }

    @Test
    void threadFactory_failingOnceThereIsAWorker_leavesTheWorkToIt() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (ThreadExecutor executor = ThreadExecutor.builder()
                        .maxWorkers(4)
                        .threadFactory(task -> {
                            if (calls.incrementAndGet() > 1) {
                                throw new OutOfMemoryError("no more threads");
                            }
                            return new Thread(task);
                        })
                        .build();
                Gate gate = new Gate()) {
            executor.submit(gate::pass);
            gate.awaitArrivals(1);
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int number = i;
                futures.add(executor.submit(() -> number));
            }
            assertThat(executor.liveWorkers()).isEqualTo(1);
            gate.open();
            for (int i = 0; i < 20; i++) {
                assertThat(futures.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(i);
            }
            assertThat(calls.get()).isGreaterThan(1);
        }
    }

    /** With workers that expire at once, threads are needed all the time, and every second one cannot be had. */
    @Test
    void threadFactory_failingSometimes_losesNothing() throws Exception {
        for (int workers = 1; workers <= 3; workers++) {
            AtomicInteger runs = new AtomicInteger();
            AtomicInteger failures = new AtomicInteger();
            ThreadExecutor executor = ThreadExecutor.builder()
                    .maxWorkers(workers)
                    .keepAlive(Duration.ZERO)
                    .threadFactory(failing(2, new AtomicInteger()))
                    .build();
            SubmitContract.inParallel(2, number -> {
                for (int i = 0; i < 400; i++) {
                    Future<?> one = executor.submit(runs::incrementAndGet);
                    Future<?> two = executor.submit(runs::incrementAndGet);
                    for (Future<?> future : List.of(one, two)) {
                        Throwable failure = future.exception(Duration.ofSeconds(10));
                        if (failure != null) {
                            assertThat(failure).isInstanceOf(RejectedExecutionException.class);
                            failures.incrementAndGet();
                        }
                    }
                }
            });
            executor.close();
            assertThat(runs.get() + failures.get()).isEqualTo(1_600);
            assertThat(runs.get()).isPositive();
        }
    }

    @Test
    void threadFactory_givingAStartedThread_isTreatedAsFailed() throws Exception {
        try (ThreadExecutor executor = ThreadExecutor.builder()
                .maxWorkers(1)
                .threadFactory(task -> {
                    Thread thread = new Thread(() -> {});
                    thread.start();
                    return thread;
                })
                .build()) {
            assertThat(executor.submit(() -> "never").exception(Duration.ofSeconds(10)))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasCauseInstanceOf(IllegalThreadStateException.class);
        }
    }

    @Test
    void threadFactory_null_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> ThreadExecutor.builder().threadFactory(null))
                .withMessageContaining("threadFactory");
    }

    /** Fails each n-th time. */
    private static ThreadFactory failing(int eachNth, AtomicInteger calls) {
        return task -> {
            if (calls.incrementAndGet() % eachNth == 0) {
                throw new OutOfMemoryError("no more threads");
            }
            return new Thread(task);
        };
    }

    /** All other workers wait, and perhaps for what is queued. */
    @Test
    void threadThatCannotBeHadForASpareWorker_isAskedForAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (FutureLog log = new FutureLog();
                ThreadExecutor executor = ThreadExecutor.builder()
                        .maxWorkers(1)
                        .threadFactory(task -> {
                            int number = asked.getAndIncrement();
                            if (number > 0 && number < 4) {
                                throw new OutOfMemoryError("no more threads");
                            }
                            return new Thread(task);
                        })
                        .build()) {
            Promise<Integer> promise = new Promise<>();
            Future<Integer> waiting = executor.submit(() -> {
                executor.submit(() -> promise.setResult(42));
                return promise.result();
            });
            assertThat(waiting.result(Duration.ofSeconds(30))).isEqualTo(42);
            assertThat(log.messages()).hasSize(1);
        }
    }
}
