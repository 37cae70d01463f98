// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What tasks throw: it ends up where it belongs, and whoever ran the task lives on. */
interface FailureContract extends ExecutorSource {

    /** Neither an exception nor an error. */
    @SuppressWarnings("serial") // Goes nowhere.
    final class Outlandish extends Throwable {}

    @Test
    default void task_mayThrowAnything_andTheNextOneRuns() throws Exception {
        assumeTrue(sharesMemory());
        List<Throwable> anything = List.of(
                new IOException("checked"),
                new IllegalStateException("unchecked"),
                new AssertionError("error"),
                new OutOfMemoryError("as if"),
                new StackOverflowError("as if"),
                new InterruptedException("not about a wait"),
                new TimeoutException("not about a wait"),
                new CancellationException("not about a future"),
                new Outlandish());
        try (FutureExecutor executor = newExecutor()) {
            for (Throwable thrown : anything) {
                Future<Object> failed = executor.submit(() -> {
                    throw FailureContract.<Exception>sneaky(thrown);
                });
                assertThat(failed.exception()).isSameAs(thrown);
                assertThat(failed.status()).isEqualTo(Future.Status.FINISHED);
                assertThat(failed.isCancelled()).isFalse();
                assertThat(executor.submit(() -> "next").result()).isEqualTo("next");
            }
        }
    }

    @Test
    default void task_thatOverflowsTheStack_failsAlone() throws Exception {
        try (FutureExecutor executor = newExecutor()) {
            Future<Integer> failed = executor.submit(() -> endless(1));
            assertThat(failed.exception()).isInstanceOf(StackOverflowError.class);
            assertThat(executor.submit(() -> "next").result()).isEqualTo("next");
        }
    }

    @Test
    default void result_throwsTheSameObject_getWrapsIt() {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor()) {
            IOException thrown = new IOException("thrown");
            Future<Object> failed = executor.submit(() -> {
                throw thrown;
            });
            assertThatThrownBy(failed::result).isSameAs(thrown);
            assertThatThrownBy(failed::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isSameAs(thrown);
        }
    }

    @Test
    default void action_throwsCheckedExceptionsUnwrapped() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor()) {
            IOException thrown = new IOException("thrown");
            Action action = () -> {
                throw thrown;
            };
            assertThat(executor.submit(action).exception()).isSameAs(thrown);
            assertThat(executor.submit((Runnable) action).exception()).isSameAs(thrown);
            assertThat(executor.submit(action, "result").exception()).isSameAs(thrown);
        }
    }

    @Test
    default void submit_withResult_ofFailingRunnable_fails() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor()) {
            IllegalStateException thrown = new IllegalStateException();
            Future<String> failed = executor.submit(
                    () -> {
                        throw thrown;
                    },
                    "result");
            assertThat(failed.exception()).isSameAs(thrown);
        }
    }

    @Test
    default void execute_failure_goesToTheHandlerOfItsThread_andTheNextOneRuns() throws Exception {
        assumeTrue(sharesMemory());
        LinkedBlockingQueue<Throwable> handled = new LinkedBlockingQueue<>();
        try (FutureExecutor executor = newExecutor()) {
            for (Throwable thrown : List.of(new IllegalStateException(), new AssertionError(), new Outlandish())) {
                executor.execute(() -> {
                    Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {
                        assertThat(thread).isSameAs(Thread.currentThread());
                        handled.add(failure);
                    });
                    throw FailureContract.<RuntimeException>sneaky(thrown);
                });
                assertThat(handled.poll(20, TimeUnit.SECONDS)).isSameAs(thrown);
            }
            assertThat(executor.submit(() -> "next").result()).isEqualTo("next");
        }
        assertThat(handled).isEmpty();
    }

    @Test
    default void execute_withHandlerThatFails_doesNotHurtTheNextOne() throws Exception {
        assumeTrue(sharesMemory());
        try (FutureExecutor executor = newExecutor(1);
                Gate gate = new Gate()) {
            executor.execute(() -> {
                Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {
                    gate.passUninterruptibly();
                    throw new IllegalStateException("the handler fails");
                });
                throw new IllegalStateException("the task fails");
            });
            gate.awaitArrivals(1);
            gate.open();
            assertThat(executor.submit(() -> "next").get(20, TimeUnit.SECONDS)).isEqualTo("next");
        }
    }

    private static int endless(int depth) {
        return endless(depth + 1) + 1;
    }

    /** Throws anything from where the compiler sees none. */
    @SuppressWarnings("unchecked")
    static <E extends Throwable> E sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
