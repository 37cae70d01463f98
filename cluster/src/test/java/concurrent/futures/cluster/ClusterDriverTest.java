// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.Future;
import concurrent.futures.Task;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers come and go, and leave nothing on the workers. */
class ClusterDriverTest {
    private static final int WORKERS = 2;
    private static final int THREADS = 2;
    private static final int SLOTS = WORKERS * THREADS;

    /** How long it may take until a task of a driver that has been killed is interrupted. */
    private static final long SOON_MILLIS = 5_000;

    @TempDir
    static Path directory;

    private static Workers workers;

    private Marks marks;

    @BeforeAll
    static void open() throws Exception {
        workers = Workers.start(directory, WORKERS, THREADS);
    }

    @AfterAll
    static void close() {
        workers.close();
    }

    @BeforeEach
    void newMarks() throws Exception {
        marks = Marks.in(directory);
    }

    /**
     * What a worker has said.
     *
     * @param pid which one it was
     * @param value what it has said
     */
    private record Answer<T>(long pid, T value) implements Serializable {
        static <T> Answer<T> of(T value) {
            return new Answer<>(ProcessHandle.current().pid(), value);
        }
    }

    /** What workers say, each of which is asked at least once. */
    private static <T> Map<Long, T> askAll(ClusterExecutor executor, Task<T> question) throws Exception {
        Map<Long, T> answers = new HashMap<>();
        long end = System.nanoTime() + Eventually.PATIENCE.toNanos();
        while (answers.size() < WORKERS && System.nanoTime() < end) {
            List<Future<Answer<T>>> futures = new ArrayList<>();
            for (int i = 0; i < SLOTS; i++) {
                futures.add(executor.submit(() -> {
                    Answer<T> answer = Answer.of(question.call());
                    // So that the other workers have a turn.
                    Thread.sleep(20);
                    return answer;
                }));
            }
            for (Future<Answer<T>> future : futures) {
                Answer<T> answer = future.result(Eventually.PATIENCE);
                answers.put(answer.pid(), answer.value());
            }
        }
        assertThat(answers).as("answers of all workers").hasSize(WORKERS);
        return answers;
    }

    /** Whether each worker has lost the class loader that was remembered there. */
    private static boolean areLoadersGone(ClusterExecutor executor) throws Exception {
        return askAll(executor, DriverProgram::isLoaderGone).values().stream().allMatch(gone -> gone);
    }

    @Test
    void driverIsKilled_itsTasksAreInterrupted_andItsClassesAreGone() throws Exception {
        List<String> command = new ArrayList<>(Workers.java());
        command.addAll(List.of("-Xmx96m", "-cp", System.getProperty("java.class.path")));
        command.addAll(
                List.of(DriverProgram.class.getName(), workers.address(), Integer.toString(SLOTS), marks.directory()));
        Path log = Files.createTempFile(directory, "driver", ".log");
        Process driver = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            Eventually.await("the driver has its tasks running").until(() -> {
                String printed = Files.readString(log);
                assertThat(driver.isAlive()).as(printed).isTrue();
                return printed.contains(DriverProgram.READY);
            });
            try (ClusterExecutor other = workers.connect()) {
                // The threads are all taken. This waits behind them, and is all that is there when they are free.
                Future<Integer> waiting = other.submit(() -> 42);
                long killed = System.currentTimeMillis();
                driver.destroyForcibly().waitFor();
                assertThat(waiting.result(Eventually.PATIENCE)).isEqualTo(42);
                Eventually.await("all tasks are interrupted")
                        .until(() -> IntStream.range(0, SLOTS)
                                .allMatch(i -> marks.of("interrupt-" + i).size() == 1));
                long latest =
                        marks.all().stream().mapToLong(Marks.Mark::millis).max().orElseThrow() - killed;
                System.out.println("the last task of a driver that was killed was interrupted after " + latest + " ms");
                assertThat(latest).isLessThanOrEqualTo(SOON_MILLIS);
                Eventually.await("the classes are gone").until(() -> areLoadersGone(other));
                assertThat(marks.all().stream().map(Marks.Mark::what))
                        .as("what waited for them does not begin")
                        .doesNotContain("start-" + SLOTS)
                        .noneMatch(what -> what.startsWith("end-"));
            }
        } finally {
            driver.destroyForcibly();
        }
    }

    @Test
    void driverCloses_itsClassesAreGone() throws Exception {
        try (ClusterExecutor driver = workers.connect()) {
            var unused = askAll(driver, () -> {
                DriverProgram.rememberLoader();
                return true;
            });
        }
        try (ClusterExecutor other = workers.connect()) {
            Eventually.await("the classes are gone").until(() -> areLoadersGone(other));
        }
    }

    @Test
    void driverShutsDownNow_itsTasksAreInterrupted() throws Exception {
        Marks there = marks;
        try (ClusterExecutor driver = workers.connect()) {
            for (int i = 0; i < 2 * SLOTS; i++) {
                int number = i;
                driver.submit(() -> there.hold(number));
            }
            Eventually.await("as many run as there are threads")
                    .until(() -> marks.all().size() == SLOTS);
            assertThat(driver.shutdownNow()).hasSize(SLOTS);
        }
        assertThat(IntStream.range(0, SLOTS))
                .allMatch(i -> marks.of("interrupt-" + i).size() == 1);
        assertThat(marks.all()).hasSize(2 * SLOTS);
    }

    /** Has one value for each driver and worker, since each driver has classes of its own. */
    private static final class Counter {
        private static final AtomicInteger COUNT = new AtomicInteger();

        private Counter() {}

        static int next() {
            return COUNT.incrementAndGet();
        }
    }

    @Test
    void twoDrivers_workAtTheSameTime_withClassesOfTheirOwn() throws Exception {
        int tasks = 200;
        try (ClusterExecutor one = workers.connect();
                ClusterExecutor other = workers.connect()) {
            List<Future<Answer<Integer>>> ofOne = new ArrayList<>();
            List<Future<Answer<Integer>>> ofOther = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                ofOne.add(one.submit(() -> Answer.of(Counter.next())));
                ofOther.add(other.submit(() -> Answer.of(Counter.next())));
            }
            assertThat(highest(ofOne)).isEqualTo(tasks);
            assertThat(highest(ofOther)).isEqualTo(tasks);
        }
        assertThat(Counter.COUNT).hasValue(0);
    }

    /** The sum over all workers of how far they have counted. */
    private static int highest(List<Future<Answer<Integer>>> futures) throws Exception {
        Map<Long, Integer> counts = new HashMap<>();
        for (Future<Answer<Integer>> future : futures) {
            Answer<Integer> answer = future.result(Eventually.PATIENCE);
            counts.merge(answer.pid(), answer.value(), Math::max);
        }
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void driverThatWaits_getsItsTurn_whileAnotherOneHasManyTasks() throws Exception {
        try (ClusterExecutor busy = workers.connect();
                ClusterExecutor other = workers.connect()) {
            List<Future<?>> many = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                many.add(busy.submit(() -> Thread.sleep(20)));
            }
            assertThat(other.submit(() -> 42).result(Eventually.PATIENCE)).isEqualTo(42);
            assertThat(many.get(many.size() - 1).isDone())
                    .as("the queue is the driver's, and not the worker's")
                    .isFalse();
            busy.shutdownNow();
        }
    }
}
