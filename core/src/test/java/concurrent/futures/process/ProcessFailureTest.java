// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.Future;
import concurrent.futures.Task;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What cannot be carried to a worker, or back, fails the one future that it belongs to, and says what it is. */
class ProcessFailureTest {
    private static ProcessExecutor executor;
    private static long worker;

    @BeforeAll
    static void open() throws Exception {
        executor = Processes.small(1).maxMessageSize(1 << 20).build();
        worker = executor.submit(() -> ProcessHandle.current().pid()).result();
    }

    /** Whatever has happened, it is the same worker that goes on. */
    @AfterEach
    void workerIsTheSame() throws Exception {
        assertThat(executor.submit(() -> ProcessHandle.current().pid()).result())
                .isEqualTo(worker);
    }

    @AfterAll
    static void close() {
        executor.close();
    }

    @SuppressWarnings("serial") // That is what is tried.
    private static final class Job implements Serializable {
        private static final long serialVersionUID = 1;

        final List<Object> parts = new ArrayList<>();
    }

    @SuppressWarnings("serial") // As before.
    private static final class Wired extends RuntimeException {
        private static final long serialVersionUID = 1;

        final Thread thread = Thread.currentThread();

        Wired(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static final class Unreadable implements Serializable {
        private static final long serialVersionUID = 1;

        private Object readResolve() {
            throw new IllegalStateException("cannot be read");
        }
    }

    /** Cannot even say what is wrong. */
    private static final class Mute extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }

    private static final class Poisoned implements Serializable {
        private static final long serialVersionUID = 1;

        private void readObject(ObjectInputStream in) {
            throw new Mute();
        }
    }

    private static final class PoisonedFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Object readResolve() {
            throw new Mute();
        }
    }

    private static final class UnwritableFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        private void writeObject(ObjectOutputStream out) {
            throw new Mute();
        }
    }

    /** Does not want to be told where it comes from. */
    private static final class Stubborn extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public void setStackTrace(StackTraceElement[] trace) {
            throw new Mute();
        }
    }

    /** Is another one in each process. */
    private record Local(int number) implements Serializable {
        Local {
            int here = Boolean.getBoolean(WorkerMain.IN_WORKER) ? 1 : 0;
            if (number != here) {
                throw new IllegalArgumentException("no number but " + here + " here");
            }
        }
    }

    private static final class Node implements Serializable {
        private static final long serialVersionUID = 1;

        Node next;

        static Node chain(int length) {
            Node first = null;
            for (int i = 0; i < length; i++) {
                Node node = new Node();
                node.next = first;
                first = node;
            }
            return first;
        }
    }

    private static Throwable failure(Future<?> future) throws Exception {
        return future.exception(Duration.ofSeconds(20));
    }

    @Test
    void taskThatCapturesWhatCannotBeSerialized_tellsClassAndWay() throws Exception {
        Job job = new Job();
        job.parts.add("fine");
        job.parts.add(new Socket());
        assertThat(failure(executor.submit(() -> job.parts.size())))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("java.net.Socket")
                .hasMessageContaining("captured by a lambda of " + ProcessFailureTest.class.getName())
                .hasMessageContaining("Job.parts -> [1]");
    }

    @Test
    void plainCallable_isToldFromATask() throws Exception {
        Callable<Integer> plain = () -> 1;
        assertThat(failure(executor.submit(plain)))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("a lambda of " + ProcessFailureTest.class.getName() + ", which is no Task");
    }

    @Test
    void resultThatCannotBeSerialized_tellsClassAndWay() throws Exception {
        assertThat(failure(executor.submit(() -> List.of(1, new Object()))))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("the result")
                .hasMessageContaining("[1]: java.lang.Object");
    }

    @Test
    void resultWithALambda_isRefused() throws Exception {
        assertThat(failure(executor.submit(() -> (Supplier<String> & Serializable) () -> "evil")))
                .hasMessageContaining("it has a lambda");
        assertThat(failure(executor.submit(
                        () -> new HashMap<>(Map.of(1, (Supplier<String> & Serializable) () -> "evil")))))
                .hasMessageContaining("it has a lambda");
    }

    @Test
    void resultThatCannotBeRead_fails() throws Exception {
        assertThat(failure(executor.submit(Unreadable::new))).hasMessageContaining("cannot be read");
        assertThat(failure(executor.submit(() -> new Local(1))))
                .hasMessageContaining("cannot be read")
                .hasMessageContaining("no number but 0 here");
    }

    @Test
    void resultThatCannotBeRead_norTellsWhy_fails() throws Exception {
        assertThat(failure(executor.submit(Poisoned::new)))
                .hasMessageContaining("cannot be read")
                .hasMessageContaining(Mute.class.getName());
    }

    @Test
    void exceptionWhoseMethodsFail_failsItsTask() throws Exception {
        assertThat(failure(executor.submit((Task<Integer>) () -> {
                    throw new Stubborn();
                })))
                .isInstanceOf(Stubborn.class);
        assertThat(failure(executor.submit((Task<Integer>) () -> {
                    throw new PoisonedFailure();
                })))
                .hasMessageContaining(PoisonedFailure.class.getName())
                .hasMessageContaining(Mute.class.getName());
        assertThat(failure(executor.submit((Task<Integer>) () -> {
                    throw new UnwritableFailure();
                })))
                .hasMessageContaining(UnwritableFailure.class.getName())
                .hasMessageContaining(Mute.class.getName());
    }

    @Test
    void taskThatCannotBeRead_fails() throws Exception {
        Local local = new Local(0);
        assertThat(failure(executor.submit(() -> local.number)))
                .hasMessageContaining("the task cannot be read in its worker")
                .hasMessageContaining("no number but 1 here");
    }

    @Test
    void tooLarge_fails() throws Exception {
        byte[] large = new byte[2 << 20];
        assertThat(failure(executor.submit(() -> large.length))).hasMessageContaining("the task is too large");
        assertThat(failure(executor.submit(() -> new byte[2 << 20]))).hasMessageContaining("the result is too large");
        List<Integer> list = new ArrayList<>(Collections.nCopies(1 << 20, 1));
        assertThat(failure(executor.submit(() -> list.size()))).hasMessageContaining("the task is too large");
        assertThat(failure(executor.submit(() -> new HashMap<>(Map.of(1, new long[1 << 20])))))
                .hasMessageContaining("the result is too large");
    }

    @Test
    void tooDeep_fails() throws Exception {
        Node deep = Node.chain(20_000);
        assertThat(failure(executor.submit(() -> deep.next == null))).hasMessageContaining("nested");
        assertThat(failure(executor.submit(() -> Node.chain(20_000)))).hasMessageContaining("nested");
        assertThat(failure(executor.submit(() -> Node.chain(1_200)))).hasMessageContaining("nested");
        assertThat(executor.submit(() -> Node.chain(400)).result()).isNotNull();
    }

    @Test
    void exception_comesBackAsWhatItWas_withTheTraceOfTheWorker() throws Exception {
        Future<Integer> future = executor.submit(ProcessFailureTest::failing);
        assertThatThrownBy(future::result)
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("disk full")
                .hasCauseExactlyInstanceOf(IllegalStateException.class)
                .satisfies(thrown -> {
                    List<StackTraceElement> trace = List.of(thrown.getStackTrace());
                    assertThat(trace.get(0).getMethodName()).isEqualTo("failing");
                    assertThat(trace.get(trace.size() - 1))
                            .hasToString(
                                    "process." + executor.toString().split("\\[")[0] + "-worker-1(pid " + worker + ")");
                });
    }

    private static int failing() throws IOException {
        throw new IOException("disk full", new IllegalStateException("quota"));
    }

    @Test
    void exceptionThatCannotBeSerialized_comesBackAsACopy() throws Exception {
        assertThat(failure(executor.submit((Task<Integer>) () -> {
                    throw new Wired("on purpose", new IOException("below"));
                })))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining(Wired.class.getName() + ": on purpose")
                .hasMessageContaining("Wired.thread: java.lang.Thread is not Serializable")
                .satisfies(thrown -> {
                    assertThat(thrown.getCause()).hasMessageContaining("java.io.IOException: below");
                    assertThat(thrown.getStackTrace()[0].getClassName()).isEqualTo(ProcessFailureTest.class.getName());
                });
    }

    @Test
    void exceptionOfAnItem_thatCannotBeSerialized_failsThatItemAlone() {
        Iterator<Integer> results = executor.map(
                        i -> {
                            if (i == 2) {
                                throw new Wired("on purpose", null);
                            }
                            return i;
                        },
                        List.of(1, 2, 3, 4, 5, 6, 7, 8))
                .iterator();
        assertThat(results.next()).isEqualTo(1);
        assertThatThrownBy(results::next).hasMessageContaining("on purpose");
        assertThat(results.next()).isEqualTo(3);
    }
}
