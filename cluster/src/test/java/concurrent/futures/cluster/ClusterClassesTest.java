// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.Future;
import concurrent.futures.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that have nothing but the library run whatever is made of classes of the driver. */
class ClusterClassesTest {
    @TempDir
    static Path directory;

    private static Workers workers;
    private static ClusterExecutor executor;

    @BeforeAll
    static void open() throws Exception {
        workers = Workers.start(directory, 2, 2);
        executor = workers.connect();
    }

    @AfterAll
    static void close() {
        executor.close();
        workers.close();
    }

    private static <T> T resultOf(Future<T> future) throws Exception {
        return future.result(Eventually.PATIENCE);
    }

    private record Point(int x, int y) implements Serializable {
        Point plus(Point other) {
            return Adder.sum(this, other);
        }
    }

    /** Is used by what is sent, and not sent itself. */
    private static final class Adder {
        private Adder() {}

        static Point sum(Point one, Point other) {
            return new Point(one.x + other.x, one.y + other.y);
        }
    }

    private record Doubling(int number) implements Task<Integer> {
        @Override
        public Integer call() {
            return 2 * number;
        }
    }

    private static final class OutOfPaper extends Exception {
        private static final long serialVersionUID = 1;

        private final Point where;

        OutOfPaper(String message, Point where) {
            super(message);
            this.where = where;
        }
    }

    private enum Color {
        RED {
            @Override
            String shout() {
                return "RED!";
            }
        };

        abstract String shout();
    }

    private sealed interface Shape extends Serializable {
        record Circle(double radius) implements Shape {}

        record Square(Point corner, Color color) implements Shape {}
    }

    @Test
    void workersHaveNoClassOfTheDriver() throws Exception {
        String own = Marks.class.getName();
        assertThat(resultOf(executor.submit(() -> {
                    try {
                        return Class.forName(own, false, ClassLoader.getSystemClassLoader())
                                .getName();
                    } catch (ClassNotFoundException e) {
                        return "none";
                    }
                })))
                .isEqualTo("none");
        assertThat(resultOf(executor.submit(() -> ProcessHandle.current().pid())))
                .isIn(workers.alive().stream().map(Workers.Worker::pid).toList());
    }

    @Test
    void lambda() throws Exception {
        int base = 40;
        assertThat(resultOf(executor.submit(() -> base + 2))).isEqualTo(42);
    }

    @Test
    void methodReference() throws Exception {
        assertThat(resultOf(executor.submit(new Point(1, 2)::toString))).isEqualTo("Point[x=1, y=2]");
    }

    @Test
    void recordThatIsATask() throws Exception {
        assertThat(resultOf(executor.submit(new Doubling(21)))).isEqualTo(42);
    }

    @Test
    void lambdaThatCapturesARecord_andUsesAHelper_andReturnsARecord() throws Exception {
        Point captured = new Point(1, 2);
        assertThat(resultOf(executor.submit(() -> captured.plus(new Point(10, 20)))))
                .isEqualTo(new Point(11, 22));
    }

    @Test
    void enumsAndSealedTypes_thereAndBack() throws Exception {
        Shape shape = new Shape.Square(new Point(1, 2), Color.RED);
        assertThat(resultOf(executor.submit(() -> switch (shape) {
                    case Shape.Circle circle -> "a circle of " + circle.radius();
                    case Shape.Square square -> square.color().shout();
                })))
                .isEqualTo("RED!");
        assertThat(resultOf(executor.submit(() -> List.of(shape, new Shape.Circle(1)))))
                .containsExactly(shape, new Shape.Circle(1));
        assertThat(resultOf(executor.submit(() -> Color.RED))).isSameAs(Color.RED);
    }

    @Test
    void anonymousAndLocalClasses() throws Exception {
        record Local(int number) implements Serializable {}
        Local local = new Local(7);
        assertThat(resultOf(executor.submit(anonymous()))).isEqualTo("anonymous");
        assertThat(resultOf(executor.submit(() -> new Local(local.number() + 1))))
                .isEqualTo(new Local(8));
    }

    private static Task<String> anonymous() {
        return new Task<>() {
            private static final long serialVersionUID = 1;

            @Override
            public String call() {
                return "anonymous";
            }
        };
    }

    @Test
    void lambdaThatMakesALambda() throws Exception {
        assertThat(resultOf(executor.submit(
                        () -> IntStream.range(0, 10).map(i -> i * i).sum())))
                .isEqualTo(285);
    }

    @Test
    void exceptionOfTheDriver_comesBackAsItself() {
        Future<Integer> future = executor.submit((Task<Integer>) () -> {
            throw new OutOfPaper("no paper", new Point(3, 4));
        });
        assertThatThrownBy(() -> resultOf(future))
                .isExactlyInstanceOf(OutOfPaper.class)
                .hasMessage("no paper")
                .satisfies(thrown -> {
                    assertThat(((OutOfPaper) thrown).where).isEqualTo(new Point(3, 4));
                    List<StackTraceElement> trace = List.of(thrown.getStackTrace());
                    assertThat(trace.get(0).getClassName()).isEqualTo(ClusterClassesTest.class.getName());
                    assertThat(trace.get(trace.size() - 1).toString())
                            .as("the worker that has thrown it")
                            .containsAnyOf(workers.alive().stream()
                                    .map(Workers.Worker::address)
                                    .toArray(String[]::new));
                });
    }

    @Test
    void classThatTheDriverLacksToo_isAnErrorAtOnce() {
        long begin = System.nanoTime();
        Future<String> future =
                executor.submit(() -> Class.forName("no.such.Thing").getName());
        assertThatThrownBy(() -> resultOf(future))
                .isExactlyInstanceOf(ClassNotFoundException.class)
                .hasMessageContaining("no.such.Thing");
        Future<String> again = executor.submit(() -> Class.forName(
                        "no.such.Thing", true, Thread.currentThread().getContextClassLoader())
                .getName());
        assertThatThrownBy(() -> resultOf(again))
                .isExactlyInstanceOf(ClassNotFoundException.class)
                .hasMessageContaining("no.such.Thing");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void classOfTheDriver_isFoundByNameInTheContextOfTheTask() throws Exception {
        String name = Color.class.getName();
        assertThat(resultOf(executor.submit(
                        () -> Class.forName(name, true, Thread.currentThread().getContextClassLoader())
                                .getName())))
                .isEqualTo(name);
    }

    @Test
    void classOfTheDriver_canBeCarriedOn() throws Exception {
        String file = Color.class.getName().replace('.', '/') + ".class";
        assertThat(resultOf(executor.submit(() -> {
                    try (InputStream bytes =
                            Thread.currentThread().getContextClassLoader().getResourceAsStream(file)) {
                        return bytes != null && bytes.readAllBytes().length > 0;
                    }
                })))
                .isEqualTo(true);
    }

    @Test
    void whatCannotBeCarried_isAnErrorThatNamesIt_andHarmsNoWorker() throws Exception {
        Object plain = new Object();
        assertThat(executor.submit(() -> plain.hashCode()).exception(Eventually.PATIENCE))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("java.lang.Object");
        assertThat(executor.submit(Object::new).exception(Eventually.PATIENCE))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("the result");
        assertThat(executor.submit(() -> 42).get(30, TimeUnit.SECONDS)).isEqualTo(42);
    }

    /** Is another one in each JVM, so that no copy can be made. */
    private record Elsewhere(long pid) implements Serializable {
        Elsewhere {
            if (pid != ProcessHandle.current().pid()) {
                throw new IllegalArgumentException("made by another JVM");
            }
        }
    }

    @Test
    void whatCannotBeRead_isAnErrorThatSaysSo() throws Exception {
        Elsewhere here = new Elsewhere(ProcessHandle.current().pid());
        assertThat(executor.submit(() -> here.pid()).exception(Eventually.PATIENCE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the task cannot be read by its worker")
                .hasMessageContaining("made by another JVM");
        assertThat(executor.submit(() -> new Elsewhere(ProcessHandle.current().pid()))
                        .exception(Eventually.PATIENCE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the result cannot be read")
                .hasMessageContaining("made by another JVM");
    }

    @Test
    void map_ofManyItems_keepsTheirOrder() {
        List<Integer> items = IntStream.range(0, 2_000).boxed().toList();
        assertThat(executor.map(
                        item -> new Point(item, item).plus(new Point(1, 1)).x(), items))
                .containsExactlyElementsOf(items.stream().map(item -> item + 1).toList());
    }
}
