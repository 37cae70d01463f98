// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Closing: it waits until all is done, unless it never could. */
interface CloseContract extends ExecutorSource {

    @Test
    default void close_waitsForWhatRunsAndWhatIsQueued() throws Exception {
        assumeTrue(sharesMemory());
        AtomicInteger runs = new AtomicInteger();
        try (Gate gate = new Gate()) {
            FutureExecutor executor = newExecutor(1);
            executor.submit(gate::pass);
            for (int i = 0; i < 10; i++) {
                executor.submit(runs::incrementAndGet);
            }
            gate.awaitArrivals(1);
            Thread closer = new Thread(executor::close);
            closer.start();
            Eventually.await().until(() -> closer.getState() == Thread.State.WAITING);
            assertThat(executor.isShutdown()).isTrue();
            assertThat(executor.isTerminated()).isFalse();
            gate.open();
            Gate.await(closer);
            assertThat(executor.isTerminated()).isTrue();
            assertThat(runs).hasValue(10);
        }
    }

    @Test
    default void close_twiceAndByMany_isTheSameAsOnce() throws Exception {
        try (Gate gate = new Gate()) {
            FutureExecutor executor = newExecutor();
            executor.submit(gate::pass);
            gate.awaitArrivals(1);
            List<Thread> closers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                closers.add(new Thread(executor::close));
                closers.get(i).start();
            }
            gate.open();
            for (Thread closer : closers) {
                Gate.await(closer);
            }
            executor.close();
            assertThat(executor.isTerminated()).isTrue();
        }
    }

    @Test
    default void close_interrupted_stopsTheWorkAndKeepsTheInterrupt() throws Exception {
        AtomicInteger never = new AtomicInteger();
        try (Gate gate = new Gate()) {
            FutureExecutor executor = newExecutor(1);
            Future<?> running = executor.submit(gate::pass);
            Future<?> pending = executor.submit(never::incrementAndGet);
            gate.awaitArrivals(1);
            Eventually.await().until(running::isRunning);
            AtomicBoolean interruptedAfter = new AtomicBoolean();
            Thread closer = new Thread(() -> {
                executor.close();
                interruptedAfter.set(Thread.currentThread().isInterrupted());
            });
            closer.start();
            Eventually.await().until(() -> closer.getState() == Thread.State.WAITING);
            closer.interrupt();
            Gate.await(closer);
            assertThat(interruptedAfter).isTrue();
            assertThat(executor.isTerminated()).isTrue();
            assertThat(running.exception()).isInstanceOf(InterruptedException.class);
            assertThat(pending.isCancelled()).isTrue();
        }
        assertThat(never).hasValue(0);
    }

    @Test
    default void close_withInterruptStatusSet_keepsItIfThereIsNothingToWaitFor() throws Exception {
        FutureExecutor executor = newExecutor();
        executor.submit(() -> "done").result();
        executor.shutdown();
        executor.awaitTermination(20, TimeUnit.SECONDS);
        Thread.currentThread().interrupt();
        executor.close();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    default void close_fromOwnTask_throwsAndShutsNothingDown() throws Exception {
        assumeTrue(runsTasksItself());
        try (FutureExecutor executor = newExecutor()) {
            Future<?> task = executor.submit(executor::close);
            assertThat(task.exception()).isInstanceOf(DeadlockException.class);
            assertThat(executor.isShutdown()).isFalse();
            assertThat(executor.submit(() -> "still open").result()).isEqualTo("still open");
        }
    }

    @Test
    default void close_fromOwnTaskAfterShutdown_throws() throws Exception {
        assumeTrue(runsTasksItself());
        FutureExecutor executor = newExecutor();
        Future<?> task = executor.submit(() -> {
            executor.shutdown();
            executor.close();
        });
        assertThat(task.exception()).isInstanceOf(DeadlockException.class);
        executor.close();
    }

    @Test
    default void close_fromCallbackOfOwnTask_throws() throws Exception {
        try (FutureExecutor executor = newExecutor();
                Gate gate = new Gate()) {
            Future<?> task = executor.submit(gate::pass);
            Promise<Object> thrown = new Promise<>();
            task.addDoneCallback(done -> {
                try {
                    ExecutorSource.end(executor);
                    thrown.setResult("nothing");
                } catch (DeadlockException e) {
                    thrown.setResult(e);
                }
            });
            gate.open();
            assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(DeadlockException.class);
        }
    }

    @Test
    default void awaitTermination_withoutEndFromOwnTask_throws() throws Exception {
        assumeTrue(runsTasksItself());
        try (FutureExecutor executor = newExecutor()) {
            Future<Boolean> task =
                    executor.submit(() -> executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS));
            assertThat(task.exception()).isInstanceOf(DeadlockException.class);
        }
    }

    @Test
    default void awaitTermination_withTimeoutFromOwnTask_isFalse() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor()) {
            assertThat(executor.submit(() -> executor.awaitTermination(1, TimeUnit.MILLISECONDS))
                            .result())
                    .isFalse();
        }
    }

    @Test
    default void close_fromTaskOfAnotherExecutor_waits() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor other = newExecutor()) {
            FutureExecutor executor = newExecutor();
            executor.submit(() -> "done");
            other.submit(executor::close).result();
            assertThat(executor.isTerminated()).isTrue();
        }
    }
}
