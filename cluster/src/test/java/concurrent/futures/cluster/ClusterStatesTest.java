// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a future tells of a task elsewhere is true, and what is asked of the future happens there. */
class ClusterStatesTest {
    private static final int WORKERS = 3;
    private static final int SLOTS = 12;
    private static final int TASKS = 2 * SLOTS;
    private static final int LOOPS = 100;

    /** How long it may take until an interrupt has arrived elsewhere. */
    private static final long SOON_MILLIS = 1_000;

    @TempDir
    static Path directory;

    private static Workers workers;
    private static ClusterExecutor executor;

    private Marks marks;

    @BeforeAll
    static void open() throws Exception {
        workers = Workers.start(directory, WORKERS, SLOTS / WORKERS);
        executor = workers.connect();
    }

    @AfterAll
    static void close() {
        executor.close();
        workers.close();
    }

    @BeforeEach
    void newMarks() throws Exception {
        marks = Marks.in(directory);
    }

    @AfterEach
    void release() throws Exception {
        marks.release();
    }

    private Future<Integer> hold(int number) {
        Marks there = marks;
        return executor.submit(() -> there.hold(number));
    }

    private List<Future<Integer>> holdAll() {
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            futures.add(hold(i));
        }
        return futures;
    }

    private static long count(List<Future<Integer>> futures, Future.Status status) {
        return futures.stream().filter(future -> future.status() == status).count();
    }

    /** Waits until that many run, as far as this side knows, and as they have told themselves. */
    private void awaitRunning(List<Future<Integer>> futures, int tasks) {
        Eventually.await(tasks + " tasks run")
                .until(() -> count(futures, Future.Status.RUNNING) == tasks
                        && marks.all().size() == tasks);
    }

    private static List<Future<Integer>> with(List<Future<Integer>> futures, Future.Status status) {
        return futures.stream().filter(future -> future.status() == status).toList();
    }

    @Test
    void asManyRunAsThereAreThreads_andTheOthersArePending() throws Exception {
        List<Future<Integer>> futures = holdAll();
        awaitRunning(futures, SLOTS);
        assertThat(count(futures, Future.Status.PENDING)).isEqualTo(TASKS - SLOTS);
        for (int i = 0; i < SLOTS; i++) {
            assertThat(futures.get(i).status())
                    .as("first come, first served: %d", i)
                    .isEqualTo(Future.Status.RUNNING);
            assertThat(marks.of("start-" + i))
                    .as("RUNNING is told by the worker: %d", i)
                    .hasSize(1);
        }
        marks.release();
        for (int i = 0; i < TASKS; i++) {
            assertThat(futures.get(i).result(Eventually.PATIENCE)).isEqualTo(i);
            assertThat(marks.of("start-" + i)).as("starts of %d", i).hasSize(1);
        }
    }

    @Test
    void whatIsPending_isCancelledAtOnce_andNeverBegins() throws Exception {
        List<Future<Integer>> futures = holdAll();
        awaitRunning(futures, SLOTS);
        List<Future<Integer>> pending = with(futures, Future.Status.PENDING);
        assertThat(pending).hasSize(TASKS - SLOTS);
        long begin = System.nanoTime();
        assertThat(pending).allMatch(Future::cancel);
        assertThat(pending).allMatch(Future::isDone).allMatch(Future::isCancelled);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        assertThat(with(futures, Future.Status.RUNNING)).hasSize(SLOTS).noneMatch(Future::cancel);
        marks.release();
        for (int i = 0; i < TASKS; i++) {
            if (pending.contains(futures.get(i))) {
                assertThat(marks.of("start-" + i)).as("starts of %d", i).isEmpty();
            } else {
                assertThat(futures.get(i).result(Eventually.PATIENCE)).isEqualTo(i);
            }
        }
    }

    @Test
    void cancelTrue_interruptsWhatRuns_withinASecond() throws Exception {
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            futures.add(hold(i));
        }
        awaitRunning(futures, SLOTS);
        long[] cancelled = new long[SLOTS];
        for (int i = 0; i < SLOTS; i++) {
            cancelled[i] = System.currentTimeMillis();
            assertThat(futures.get(i).cancel(true)).isTrue();
            assertThat(futures.get(i).isCancelled()).isTrue();
        }
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            assertThat(futures.get(i).ended().result(Eventually.PATIENCE)).isNull();
            List<Marks.Mark> interrupts = marks.of("interrupt-" + i);
            assertThat(interrupts).as("interrupts of %d", i).hasSize(1);
            delays.add(interrupts.get(0).millis() - cancelled[i]);
        }
        System.out.println("milliseconds until interrupted elsewhere: " + delays);
        assertThat(delays).allMatch(delay -> delay <= SOON_MILLIS);
    }

    @Test
    void cancelFalse_ofWhatRuns_letsItGoOnUnheard() throws Exception {
        Future<Integer> future = hold(1);
        awaitRunning(List.of(future), 1);
        assertThat(future.cancel(false)).isTrue();
        assertThat(future.isCancelled()).isTrue();
        assertThat(future.ended().isDone()).isFalse();
        marks.release();
        assertThat(future.ended().result(Eventually.PATIENCE)).isNull();
        assertThat(marks.of("end-1")).hasSize(1);
        assertThat(marks.of("interrupt-1")).isEmpty();
    }

    @Test
    void cancelTrue_ofWhatRuns_overAndOver() throws Exception {
        long slowest = 0;
        for (int i = 0; i < LOOPS; i++) {
            int loop = i;
            Future<Integer> future = hold(i);
            Eventually.await("it runs")
                    .until(() -> future.isRunning() && marks.of("start-" + loop).size() == 1);
            long begin = System.currentTimeMillis();
            assertThat(future.cancel(true)).as("loop %d", i).isTrue();
            assertThat(future.isCancelled()).as("loop %d", i).isTrue();
            assertThat(future.ended().result(Eventually.PATIENCE)).isNull();
            List<Marks.Mark> interrupts = marks.of("interrupt-" + i);
            assertThat(interrupts).as("loop %d", i).hasSize(1);
            slowest = Math.max(slowest, interrupts.get(0).millis() - begin);
        }
        System.out.println("the slowest of " + LOOPS + " interrupts has taken " + slowest + " ms");
        assertThat(slowest).isLessThanOrEqualTo(SOON_MILLIS);
        assertThat(marks.all().stream().map(Marks.Mark::what).filter(what -> what.startsWith("end-")))
                .isEmpty();
    }

    /** Whatever a cancellation meets, it stops that task for good, and no other one. */
    @Test
    void cancelTrue_atAnyMoment_neverMeetsAnotherTask() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        System.out.println("seed " + seed);
        try (Workers single = Workers.start(directory, 1, 1);
                ClusterExecutor one = ClusterExecutor.connect(single.address())) {
            for (int i = 0; i < 3 * LOOPS; i++) {
                Future<?> unwanted = one.submit(() -> new CountDownLatch(1).await(20, TimeUnit.SECONDS));
                // It comes next on the same thread, and is there for as long as an interrupt may take to come.
                Future<Boolean> other = one.submit(() -> {
                    Thread.sleep(5);
                    return Thread.interrupted();
                });
                LockSupport.parkNanos(random.nextInt(3_000_000));
                assertThat(unwanted.cancel(true))
                        .as("round %d, seed %d", i, seed)
                        .isTrue();
                assertThat(other.result(Duration.ofSeconds(10)))
                        .as("the one before has ended long before its time, round %d, seed %d", i, seed)
                        .isFalse();
                assertThat(unwanted.ended().result(Duration.ofSeconds(10)))
                        .as("round %d, seed %d", i, seed)
                        .isNull();
            }
        }
    }

    /** A worker that has nothing else to do runs the task on the thread that hears of it, while another hears of this. */
    @Test
    void cancelTrue_soon_freesTheOnlyThread() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        System.out.println("seed " + seed);
        try (Workers single = Workers.start(directory, 1, 1);
                ClusterExecutor one = ClusterExecutor.connect(single.address())) {
            for (int i = 0; i < 3 * LOOPS; i++) {
                int round = i;
                assertThat(one.submit(() -> round).result(Eventually.PATIENCE))
                        .as("seed %d", seed)
                        .isEqualTo(i);
                Eventually.await("the worker is idle").until(() -> one.idleWorkers() == 1);
                Future<?> unwanted = one.submit(() -> new CountDownLatch(1).await(1, TimeUnit.HOURS));
                long end = System.nanoTime() + random.nextInt(1_500_000);
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                assertThat(unwanted.cancel(true)).isTrue();
            }
        }
    }

    @Test
    void threadOfATask_isAsItWasForTheNextOne() throws Exception {
        try (ClusterExecutor one = ClusterExecutor.builder().embedded(1, 1).build()) {
            for (int i = 0; i < LOOPS; i++) {
                one.submit(() -> {
                            Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
                            Thread.currentThread().setName("changed");
                            Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
                        })
                        .result(Eventually.PATIENCE);
                assertThat(one.submit(() -> Thread.currentThread().getPriority() + " "
                                        + Thread.currentThread().getName())
                                .result(Eventually.PATIENCE))
                        .startsWith("5 ")
                        .doesNotContain("changed");
            }
        }
    }

    @Test
    void timeout_failsTheFuture_andInterruptsTheTask() throws Exception {
        Marks there = marks;
        Future<Integer> future = executor.withTimeout(Duration.ofMillis(300)).submit(() -> there.hold(1));
        assertThat(future.exception(Eventually.PATIENCE)).isInstanceOf(TimeoutException.class);
        long failed = System.currentTimeMillis();
        assertThat(future.ended().result(Eventually.PATIENCE)).isNull();
        assertThat(marks.of("start-1")).hasSize(1);
        assertThat(marks.of("interrupt-1")).hasSize(1);
        assertThat(marks.of("interrupt-1").get(0).millis() - failed).isLessThanOrEqualTo(SOON_MILLIS);
        assertThat(marks.of("interrupt-1").get(0).millis()
                        - marks.of("start-1").get(0).millis())
                .isGreaterThanOrEqualTo(250);
    }

    @Test
    void timeout_countsFromTheStartElsewhere_andNotFromTheQueue() throws Exception {
        List<Future<Integer>> before = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            before.add(hold(i));
        }
        awaitRunning(before, SLOTS);
        Future<Integer> timed = executor.withTimeout(Duration.ofSeconds(2)).submit(() -> 42);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2_500));
        assertThat(timed.status()).isEqualTo(Future.Status.PENDING);
        marks.release();
        assertThat(timed.result(Eventually.PATIENCE)).isEqualTo(42);
    }

    @Test
    void moreTasksThanThreads_areSpreadOverAllWorkers() throws Exception {
        List<Future<Integer>> futures = holdAll();
        awaitRunning(futures, SLOTS);
        List<Long> pids = marks.all().stream()
                .filter(mark -> mark.what().startsWith("start-"))
                .map(Marks.Mark::pid)
                .sorted(Comparator.naturalOrder())
                .toList();
        for (Workers.Worker worker : workers.alive()) {
            assertThat(pids).filteredOn(pid -> pid == worker.pid()).hasSize(SLOTS / WORKERS);
        }
        marks.release();
        for (Future<Integer> future : futures) {
            assertThat(future.result(Eventually.PATIENCE)).isNotNull();
        }
    }

    @Test
    void taskIsNamedElsewhere_asItIsHere() throws Exception {
        assertThat(executor.withName("polish the brass")
                        .submit(() -> Thread.currentThread().getName())
                        .result(Eventually.PATIENCE))
                .contains("polish the brass");
    }
}
