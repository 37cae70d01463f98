// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners that fail, or do what they should not. */
class ExecutorListenerFailureTest {
    /** Fails at each step. */
    private static final class Failing implements ExecutorListener {
        private static void fail() {
            throw new StackOverflowError("on purpose");
        }

        @Override
        public void submitted(TaskEvent task) {
            fail();
        }

        @Override
        public void started(TaskEvent task) {
            fail();
        }

        @Override
        public void finished(TaskEvent task) {
            fail();
        }

        @Override
        public void workerStarted(WorkerEvent worker) {
            fail();
        }

        @Override
        public void workerEnded(WorkerEvent worker) {
            fail();
        }
    }

    @Test
    void failure_isLogged_andTouchesNobody() throws Exception {
        EventLog second = new EventLog();
        try (FutureLog log = new FutureLog()) {
            FutureExecutor executor = new ThreadExecutor(1);
            executor.addListener(new Failing());
            executor.addListener(second);
            assertThat(executor.submit(() -> 42).result()).isEqualTo(42);
            executor.close();
            assertThat(second.tasks()).containsExactly("1 submitted", "1 started", "1 SUCCEEDED");
            assertThat(second.workers()).hasSize(2);
            assertThat(log.thrown()).hasSize(5).hasOnlyElementsOfType(StackOverflowError.class);
            assertThat(log.messages()).allMatch(message -> message.contains("a listener to an executor failed"));
        }
    }

    @Test
    void interruptThatAListenerLeaves_doesNotReachTheNextTask() throws Exception {
        try (FutureExecutor executor = new ThreadExecutor(1)) {
            executor.addListener(new ExecutorListener() {
                @Override
                public void finished(TaskEvent task) {
                    Thread.currentThread().interrupt();
                }
            });
            for (int i = 0; i < 10; i++) {
                assertThat(executor.submit(() -> Thread.currentThread().isInterrupted())
                                .result())
                        .isFalse();
            }
        }
    }

    @Test
    void interruptOfTheTask_isKeptForIt() throws Exception {
        try (FutureExecutor executor = new ThreadExecutor(1)) {
            executor.addListener(new ExecutorListener() {
                @Override
                public void started(TaskEvent task) {
                    task.future().cancel(true);
                }
            });
            Promise<Boolean> interrupted = new Promise<>();
            Future<?> future = executor.submit(
                    () -> interrupted.setResult(Thread.currentThread().isInterrupted()));
            assertThat(interrupted.result()).isTrue();
            assertThat(future.isCancelled()).isTrue();
        }
    }

    @Test
    void listenerThatSubmits_isNotHeldUp() throws Exception {
        EventLog log = new EventLog();
        Promise<Integer> followUp = new Promise<>();
        FutureExecutor executor = new ThreadExecutor(1);
        executor.addListener(new ExecutorListener() {
            @Override
            public void finished(TaskEvent task) {
                if (task.id() == 1) {
                    executor.submit(() -> followUp.setResult(7));
                }
            }
        });
        executor.addListener(log);
        executor.withDeadline(Duration.ofMinutes(1)).submit(() -> 1).result();
        assertThat(followUp.result()).isEqualTo(7);
        executor.close();
        assertThat(log.tasks()).hasSize(6);
    }

    @Test
    void listenerThatBlocksTheEnd_leavesTheQueueToAnotherWorker() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(2);
                Gate gate = new Gate()) {
            executor.addListener(new ExecutorListener() {
                @Override
                public void finished(TaskEvent task) {
                    if (task.id() == 1) {
                        gate.passUninterruptibly();
                    }
                }
            });
            executor.submit(() -> 1);
            gate.awaitArrivals(1);
            assertThat(executor.submit(() -> 2).result(Duration.ofSeconds(20))).isEqualTo(2);
        }
    }

    @Test
    void submissionToAnExecutorThatIsShutDown_isNotTold() {
        EventLog log = new EventLog();
        FutureExecutor executor = new ThreadExecutor(1);
        executor.addListener(log);
        executor.close();
        assertThatThrownBy(() -> executor.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
        assertThat(log.tasks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void submissionDuringWhichItIsShutDown_isToldAsCancelled(boolean byCaller) throws Exception {
        EventLog log = new EventLog();
        try (ThreadExecutor executor = ThreadExecutor.builder()
                        .maxWorkers(1)
                        .queueCapacity(1)
                        .whenFull(WhenFull.CALLER_RUNS)
                        .build();
                Gate gate = new Gate()) {
            executor.submit(gate::pass);
            gate.awaitArrivals(1);
            if (byCaller) {
                executor.submit(() -> {}); // The queue is full.
            }
            executor.addListener(log);
            executor.addListener(new ExecutorListener() {
                @Override
                public void submitted(TaskEvent task) {
                    executor.shutdown();
                }
            });
            assertThatThrownBy(() -> executor.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
        }
        assertThat(log.tasks()).containsExactly("1 submitted", "1 CANCELLED");
    }
}
