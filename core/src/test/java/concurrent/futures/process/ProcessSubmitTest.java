// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.Future;
import concurrent.futures.MapOptions;
import concurrent.futures.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be submitted to processes, and what comes back. */
class ProcessSubmitTest {
    private static ProcessExecutor executor;

    @BeforeAll
    static void open() {
        executor = Processes.small(2).build();
    }

    @AfterAll
    static void close() {
        executor.close();
    }

    private record Square(int of) implements Task<Integer> {
        @Override
        public Integer call() {
            return of * of;
        }
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    @Test
    void submit_ofLambda_runsInAnotherProcess() throws Exception {
        String captured = "captured";
        Future<String> future =
                executor.submit(() -> captured + " " + ProcessHandle.current().pid());
        assertThat(future.result()).startsWith("captured ").doesNotEndWith(" " + pid());
    }

    @Test
    void submit_ofMethodReference_runs() throws Exception {
        assertThat(executor.submit(ProcessSubmitTest::pid).result()).isNotEqualTo(pid());
        assertThat(executor.submit("abc"::length).result()).isEqualTo(3);
    }

    @Test
    void submit_ofRecord_runs() throws Exception {
        assertThat(executor.submit(new Square(7)).result()).isEqualTo(49);
    }

    @Test
    void submit_ofActionAndNull_givesNull() throws Exception {
        assertThat((Object) executor.submit(() -> {}).result()).isNull();
        assertThat(executor.submit((Task<Object>) () -> null).result()).isNull();
    }

    @Test
    void submit_takesWhatIsCapturedAsItIsThen() throws Exception {
        List<String> list = new ArrayList<>(List.of("before"));
        Future<String> future = executor.submit(() -> String.valueOf(list));
        list.add("after");
        assertThat(future.result()).isEqualTo("[before]");
    }

    @Test
    void submit_ofMany_runsAll() throws Exception {
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            int number = i;
            futures.add(executor.submit(() -> number + 1));
        }
        for (int i = 0; i < futures.size(); i++) {
            assertThat(futures.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(i + 1);
        }
    }

    @Test
    void submit_ofMuchData_echoes() throws Exception {
        byte[] data = new byte[5_000_000];
        data[4_999_999] = 7;
        assertThat(executor.submit(() -> data).result()).isEqualTo(data);
    }

    static List<Object> values() {
        return List.of(
                1,
                "text",
                new ArrayList<>(Arrays.asList(1, null, "three")),
                List.of(new Square(1), new Square(2)),
                Stream.of(1, null).toList(),
                Arrays.asList("a", "b"),
                new double[] {1.5, -0.0},
                new String[] {"a", null},
                new HashMap<>(Map.of("list", new ArrayList<>(Collections.nCopies(100, 'x')))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void value_goesThereAndComesBackAsItWas(Object value) throws Exception {
        assertThat(executor.submit(() -> value).result()).isEqualTo(value).hasSameClassAs(value);
        assertThat(executor.submit(() -> value.getClass().getName()).result())
                .isEqualTo(value.getClass().getName());
    }

    @Test
    void valueThatIsCapturedTwice_isOneThere() throws Exception {
        List<Integer> list = new ArrayList<>(List.of(1));
        List<Integer> same = list;
        assertThat(executor.submit(() -> list == same && same.add(2) ? list : null)
                        .result())
                .containsExactly(1, 2);
        assertThat(list).containsExactly(1);
    }

    @Test
    void map_ofRecordsAndNulls_yieldsThem() {
        List<Square> squares = new ArrayList<>(Arrays.asList(new Square(1), null, new Square(3)));
        assertThat(executor.map(square -> square, squares)).containsExactlyElementsOf(squares);
        assertThat(executor.map(
                        square -> square == null ? null : new Square(square.call()),
                        squares,
                        MapOptions.defaults().chunkSize(3)))
                .containsExactly(new Square(1), null, new Square(9));
    }

    @Test
    void submit_withName_namesTheThread() throws Exception {
        assertThat(executor.withName("parse")
                        .submit(() -> Thread.currentThread().getName())
                        .result())
                .endsWith(": parse");
        assertThat(executor.submit(() -> Thread.currentThread().getName()).result())
                .doesNotContain("parse");
    }

    private static String thread() {
        Thread thread = Thread.currentThread();
        return thread.getPriority() + " " + thread.getContextClassLoader().getClass() + " "
                + thread.getUncaughtExceptionHandler().getClass();
    }

    @Test
    void whatATaskMakesOfItsThread_isGoneForTheNext() throws Exception {
        try (ProcessExecutor single = Processes.small(1).name("single").build()) {
            String before = single.submit(ProcessSubmitTest::thread).result();
            single.submit(() -> {
                        Thread thread = Thread.currentThread();
                        thread.setName("mine");
                        thread.setPriority(Thread.MIN_PRIORITY);
                        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
                        thread.setUncaughtExceptionHandler((dying, thrown) -> {});
                    })
                    .result();
            assertThat(single.submit(ProcessSubmitTest::thread).result()).isEqualTo(before);
            assertThat(single.submit(() -> Thread.currentThread().getName()).result())
                    .isEqualTo("single-worker-1");
        }
    }

    @Test
    void map_withoutChunkSize_makesFewTasks() {
        List<Integer> items = IntStream.range(0, 1_000).boxed().toList();
        long before = executor.completedTasks();
        assertThat(executor.map(i -> i * 2, items)).hasSize(1_000).startsWith(0, 2, 4);
        assertThat(executor.completedTasks() - before).isEqualTo(10);
        assertThat(executor.map(i -> i, items.subList(0, 9))).hasSize(9);
        assertThat(executor.completedTasks() - before).isEqualTo(10 + 5);
        assertThat(executor.map(
                        i -> i, items.subList(0, 9), MapOptions.defaults().chunkSize(1)))
                .hasSize(9);
        assertThat(executor.completedTasks() - before).isEqualTo(10 + 5 + 9);
    }

    @Test
    void map_ofNobodyKnowsHowMany_makesATaskOfEach() {
        Iterable<Integer> items = () -> List.of(1, 2, 3).iterator();
        long before = executor.completedTasks();
        assertThat(executor.map(i -> i + 1, items)).containsExactly(2, 3, 4);
        assertThat(executor.completedTasks() - before).isEqualTo(3);
    }

    @Test
    void callback_mayWaitForATaskOfTheSameWorker() throws Exception {
        try (ProcessExecutor one = Processes.small(1).build()) {
            List<Integer> results = new ArrayList<>();
            Future<Integer> first = one.submit(() -> {
                Thread.sleep(50);
                return 1;
            });
            Future<Integer> after =
                    first.thenApply(value -> one.submit(() -> value + 1).result() + 1);
            results.add(after.get(20, TimeUnit.SECONDS));
            assertThat(results).containsExactly(3);
            assertThat(one.submit(() -> 4).get(20, TimeUnit.SECONDS)).isEqualTo(4);
        }
    }

    /** A task that cannot be sent is told without a worker, so that whoever hears of it may use one. */
    @Test
    void callbackOfATaskThatCannotBeSerialized_mayWaitForOneOfTheSameWorker() throws Exception {
        try (ProcessExecutor one = Processes.small(1).build()) {
            Object unserializable = new Object();
            Future<?> before = one.submit(() -> Thread.sleep(50));
            Future<Integer> after = one.submit(() -> unserializable.hashCode())
                    .exceptionally(thrown -> one.submit(() -> 1).result());
            assertThat(after.get(20, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(before.exception(Duration.ofSeconds(20))).isNull();
        }
    }
}
