// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.BrokenExecutorException;
import concurrent.futures.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker is killed: what it had is lost, and told so; all else goes on, once. */
class ClusterLossTest {
    private static final int WORKERS = 3;
    private static final int THREADS = 4;
    private static final int SLOTS = WORKERS * THREADS;
    private static final int TASKS = 2 * SLOTS;
    private static final int MANY = 30_000;

    @TempDir
    static Path directory;

    private static Workers workers;

    private Marks marks;
    private ClusterExecutor executor;

    @BeforeAll
    static void open() throws Exception {
        workers = Workers.start(directory, WORKERS, THREADS);
    }

    @AfterAll
    static void close() {
        workers.close();
    }

    /** Others come in place of those that the test before has killed. */
    @BeforeEach
    void replace() throws Exception {
        workers.startMore(WORKERS - workers.alive().size());
        marks = Marks.in(directory);
    }

    @AfterEach
    void leave() throws Exception {
        marks.release();
        if (executor != null) {
            executor.close();
        }
    }

    private List<Future<Integer>> holdAll() {
        Marks there = marks;
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            int number = i;
            futures.add(executor.submit(() -> there.hold(number)));
        }
        Eventually.await("all threads have a task")
                .until(() -> futures.stream().filter(Future::isRunning).count() == SLOTS
                        && marks.all().size() == SLOTS);
        return futures;
    }

    private Set<Integer> startedOn(Workers.Worker worker) {
        Set<Integer> numbers = new HashSet<>();
        for (int i = 0; i < TASKS; i++) {
            if (marks.of("start-" + i).stream().anyMatch(mark -> mark.pid() == worker.pid())) {
                numbers.add(i);
            }
        }
        return numbers;
    }

    private List<Long> pidsOf(int tasks) throws Exception {
        List<Future<Long>> futures = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            futures.add(executor.submit(() -> {
                Thread.sleep(5);
                return ProcessHandle.current().pid();
            }));
        }
        List<Long> pids = new ArrayList<>();
        for (Future<Long> future : futures) {
            pids.add(future.result(Eventually.PATIENCE));
        }
        return pids;
    }

    /** The oldest worker is the one that the driver connects to, and the one that leads the cluster. */
    @ParameterizedTest
    @ValueSource(ints = {0, WORKERS - 1})
    void whatRanThere_fails_andAllElseRunsOnce(int index) throws Exception {
        executor = workers.connect();
        List<Future<Integer>> futures = holdAll();
        Workers.Worker victim = workers.alive().get(index);
        Set<Integer> lost = startedOn(victim);
        assertThat(lost).hasSize(THREADS);
        victim.kill();
        for (int i : lost) {
            assertThat(futures.get(i).exception(Eventually.PATIENCE))
                    .as("task %d", i)
                    .isExactlyInstanceOf(WorkerLostException.class)
                    .hasMessageContaining(victim.address())
                    .extracting(thrown -> ((WorkerLostException) thrown).worker())
                    .asString()
                    .startsWith(victim.address());
        }
        marks.release();
        for (int i = 0; i < TASKS; i++) {
            if (!lost.contains(i)) {
                assertThat(futures.get(i).result(Eventually.PATIENCE)).isEqualTo(i);
            }
            assertThat(marks.of("start-" + i)).as("starts of %d", i).hasSize(1);
        }
        assertThat(executor.maxWorkers()).isEqualTo(SLOTS - THREADS);
    }

    @Test
    void withRerunLost_allSucceed_andOnlyWhatWasLostIsRunTwice() throws Exception {
        executor = workers.connect(ClusterExecutor.builder().rerunLost());
        List<Future<Integer>> futures = holdAll();
        Workers.Worker victim = workers.alive().get(1);
        Set<Integer> lost = startedOn(victim);
        assertThat(lost).hasSize(THREADS);
        victim.kill();
        marks.release();
        for (int i = 0; i < TASKS; i++) {
            assertThat(futures.get(i).result(Eventually.PATIENCE)).isEqualTo(i);
            assertThat(marks.of("start-" + i)).as("starts of %d", i).hasSize(lost.contains(i) ? 2 : 1);
            assertThat(marks.of("end-" + i)).as("ends of %d", i).hasSize(1);
        }
    }

    @Test
    void withRerunLost_taskThatEndsItsWorker_endsTwoAtMost() throws Exception {
        executor = workers.connect(ClusterExecutor.builder().rerunLost());
        Future<?> killer = executor.submit(() -> Runtime.getRuntime().halt(1));
        assertThat(killer.exception(Eventually.PATIENCE)).isExactlyInstanceOf(WorkerLostException.class);
        // A process is heard to have lost its connections a moment before it is known to have ended.
        Eventually.await("two workers have ended").until(() -> workers.alive().size() == WORKERS - 2);
        assertThat(pidsOf(10)).containsOnly(workers.alive().get(0).pid());
    }

    @Test
    void deadWorker_isNotUsedAgain() throws Exception {
        executor = workers.connect();
        assertThat(pidsOf(10)).hasSize(10);
        Workers.Worker victim = workers.alive().get(2);
        List<Future<Integer>> futures = holdAll();
        Set<Integer> lost = startedOn(victim);
        victim.kill();
        assertThat(futures.get(lost.iterator().next()).exception(Eventually.PATIENCE))
                .isInstanceOf(WorkerLostException.class);
        marks.release();
        // From the moment when one task is known to be lost, no other one is sent there.
        assertThat(pidsOf(200)).hasSize(200).doesNotContain(victim.pid());
    }

    /** Whoever hears of the loss may wait for anything, with the threads that hear of acknowledgements going on. */
    @Test
    void callbackOfALostTask_mayWaitForOthers() throws Exception {
        executor = workers.connect();
        List<Future<Integer>> futures = holdAll();
        Workers.Worker victim = workers.alive().get(1);
        Set<Integer> lost = startedOn(victim);
        Future<Integer> again = futures.get(lost.iterator().next()).exceptionally(thrown -> {
            int sum = 0;
            for (int round = 0; round < 20; round++) {
                sum += executor.submit(() -> 1).result()
                        + executor.submit(() -> 1).result();
            }
            return sum;
        });
        victim.kill();
        marks.release();
        assertThat(again.result(Eventually.PATIENCE)).isEqualTo(40);
    }

    @Test
    void newWorker_takesWorkThatWaits() throws Exception {
        executor = workers.connect();
        List<Future<Integer>> futures = holdAll();
        workers.alive().get(1).kill();
        Workers.Worker recruit = workers.startMore(1).get(0);
        assertThat(executor.awaitThreads(SLOTS, Eventually.PATIENCE)).isTrue();
        Eventually.await("the new worker has tasks")
                .until(() -> startedOn(recruit).size() == THREADS);
        assertThat(futures.stream().filter(Future::isRunning).count()).isEqualTo(SLOTS);
        marks.release();
        assertThat(futures.stream()
                        .filter(future -> exceptionOf(future) instanceof WorkerLostException)
                        .count())
                .isEqualTo(THREADS);
        assertThat(futures.stream()
                        .filter(future -> exceptionOf(future) == null)
                        .count())
                .isEqualTo(TASKS - THREADS);
        assertThat(pidsOf(100)).contains(recruit.pid());
    }

    private static Throwable exceptionOf(Future<?> future) {
        try {
            return future.exception(Eventually.PATIENCE);
        } catch (Exception e) {
            throw new AssertionError("nothing hangs", e);
        }
    }

    /** While many short tasks come and go, a worker is killed at some moment. */
    @Test
    void shortTasks_eitherSucceedOnce_orAreTold() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        System.out.println("seed " + seed);
        int tasks = 600;
        Marks there = marks;
        executor = workers.connect();
        List<Future<Integer>> futures = new ArrayList<>();
        int killedAt = tasks / 4 + random.nextInt(tasks / 2);
        Workers.Worker victim = workers.alive().get(random.nextInt(WORKERS));
        for (int i = 0; i < tasks; i++) {
            int number = i;
            futures.add(executor.submit(() -> {
                there.leave("start-" + number);
                Thread.sleep(1);
                return number;
            }));
        }
        assertThat(futures.get(killedAt / 2).result(Eventually.PATIENCE)).isEqualTo(killedAt / 2);
        victim.kill();
        int lost = 0;
        for (int i = 0; i < tasks; i++) {
            Throwable thrown = exceptionOf(futures.get(i));
            int starts = marks.of("start-" + i).size();
            if (thrown == null) {
                assertThat(starts).as("starts of %d, seed %d", i, seed).isEqualTo(1);
            } else {
                lost++;
                assertThat(thrown).as("seed %d", seed).isInstanceOf(WorkerLostException.class);
                assertThat(starts).as("starts of %d, seed %d", i, seed).isLessThanOrEqualTo(1);
            }
        }
        System.out.println(lost + " of " + tasks + " tasks were lost");
        assertThat(pidsOf(20)).doesNotContain(victim.pid());
    }

    /** A worker that is told to end does so in order, and its tasks are interrupted. */
    @Test
    void workerThatLeaves_interruptsItsTasks_whichAreTold() throws Exception {
        executor = workers.connect();
        List<Future<Integer>> futures = holdAll();
        Workers.Worker leaver = workers.alive().get(1);
        Set<Integer> lost = startedOn(leaver);
        leaver.process().destroy();
        for (int i : lost) {
            assertThat(futures.get(i).exception(Eventually.PATIENCE)).isInstanceOf(WorkerLostException.class);
            Eventually.await("task " + i + " is interrupted")
                    .until(() -> marks.of("interrupt-" + i).size() == 1);
        }
        marks.release();
        for (int i = 0; i < TASKS; i++) {
            if (!lost.contains(i)) {
                assertThat(futures.get(i).result(Eventually.PATIENCE)).isEqualTo(i);
            }
        }
        Eventually.await("it ends").until(() -> !leaver.isAlive());
    }

    /** While tasks are short, it has many at hand that it has not begun, or of which it has not told the end. */
    @Test
    void workerThatLeaves_losesAtMostWhatItRuns() throws Exception {
        executor = workers.connect();
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            int number = i;
            futures.add(executor.submit(() -> number));
        }
        assertThat(futures.get(MANY / 10).result(Eventually.PATIENCE)).isEqualTo(MANY / 10);
        Workers.Worker leaver = workers.alive().get(1);
        leaver.process().destroy();
        int lost = 0;
        for (int i = 0; i < MANY; i++) {
            Throwable thrown = futures.get(i).exception(Eventually.PATIENCE);
            if (thrown == null) {
                assertThat(futures.get(i).result()).isEqualTo(i);
            } else {
                assertThat(thrown).isInstanceOf(WorkerLostException.class);
                lost++;
            }
        }
        System.out.println(lost + " of " + MANY + " tasks were lost by a worker that left");
        assertThat(lost).isLessThanOrEqualTo(THREADS);
        Eventually.await("it ends").until(() -> !leaver.isAlive());
    }

    @Test
    void noWorkerIsLeft_nothingHangs() throws Exception {
        Marks there = marks;
        try (Workers alone = Workers.start(directory, 1, 1)) {
            executor = alone.connect(ClusterExecutor.builder().connectTimeout(Duration.ofSeconds(3)));
            Future<Integer> running = executor.submit(() -> there.hold(0));
            Future<Integer> queued = executor.submit(() -> there.hold(1));
            Eventually.await("one runs").until(running::isRunning);
            alone.alive().get(0).kill();
            assertThat(running.exception(Eventually.PATIENCE)).isInstanceOf(WorkerLostException.class);
            assertThat(queued.exception(Eventually.PATIENCE)).isInstanceOf(BrokenExecutorException.class);
            assertThat(executor.isBroken()).isTrue();
            assertThatThrownBy(() -> executor.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
            assertThat(marks.of("start-1")).isEmpty();
        }
    }
}
