// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An executor on the threads of another one, which has a life of its own. */
@Timeout(30)
class OverTest {
    @Test
    void close_leavesTheOtherOneOpen() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
            FutureExecutor executor = FutureExecutor.over(threads);
            assertThat(executor.submit(() -> 42).result()).isEqualTo(42);
            executor.close();
            assertThat(executor.isTerminated()).isTrue();
            assertThat(threads.submit(() -> 43).get()).isEqualTo(43);
        }
    }

    @Test
    void taskThatIsQueuedThere_canBeCancelled_orRunByWhoeverWaits() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(1);
                FutureExecutor executor = FutureExecutor.over(threads)) {
            Future<Integer> outer = executor.submit(() -> {
                Future<Integer> cancelled = executor.submit(() -> 1);
                assertThat(cancelled.status()).isEqualTo(Future.Status.PENDING);
                assertThat(cancelled.cancel()).isTrue();
                return executor.submit(() -> 2).result();
            });
            assertThat(outer.result()).isEqualTo(2);
        }
    }

    @Test
    void groupsInsideOfGroups_needASingleThread() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(1);
                FutureExecutor executor = FutureExecutor.over(threads)) {
            assertThat(executor.submit(() -> TaskGroupContract.leaves(executor, 600))
                            .result())
                    .isEqualTo(600);
        }
    }

    @Test
    void refusal_failsTheFuture() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(1);
        try (FutureExecutor executor = FutureExecutor.over(threads)) {
            threads.shutdown();
            assertThat(executor.submit(() -> 42).exception()).isInstanceOf(RejectedExecutionException.class);
        }
    }

    @Test
    void whatTheOtherOneHandsBack_areTheFutures() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(1);
        try (FutureExecutor executor = FutureExecutor.over(threads);
                Gate gate = new Gate()) {
            executor.submit(gate::passUninterruptibly);
            gate.awaitArrivals(1);
            Future<?> queued = executor.submit(() -> {});
            List<Runnable> dropped = threads.shutdownNow();
            assertThat(dropped).hasSize(1).allMatch(each -> each == queued);
            queued.cancel();
            dropped.forEach(Runnable::run);
            gate.open();
        }
    }

    @Test
    void callingThread_willDo() throws Exception {
        try (FutureExecutor executor = FutureExecutor.over(Runnable::run, 1)) {
            Thread thread = executor.submit(Thread::currentThread).result();
            assertThat(thread).isSameAs(Thread.currentThread());
            assertThat(executor.map(number -> number + 1, List.of(1, 2, 3)).toList())
                    .containsExactly(2, 3, 4);
        }
    }

    @Test
    void badInput_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> FutureExecutor.over(null))
                .withMessage("threads");
        assertThatIllegalArgumentException().isThrownBy(() -> FutureExecutor.over(Runnable::run, 0));
    }
}
