// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An error in the library's own code, while it runs a task, is logged. Nothing is lost, and the executor is as before. */
@Timeout(30)
class LibraryErrorTest {
    private static final int TASKS = 20;

    static Stream<FutureExecutor> executors() {
        return Stream.of(
                new ThreadExecutor(1),
                new ThreadExecutor(2),
                ThreadExecutor.builder().maxWorkers(2).queueCapacity(TASKS + 2).build(),
                new VirtualThreadExecutor(1),
                new VirtualThreadExecutor(2));
    }

    /** Fails where no code of users runs, so where the library expects no failure. */
    private static final class Deadly extends Listener {
        private boolean failed;

        @Override
        boolean runsUserCode() {
            if (failed) {
                return false;
            }
            failed = true;
            throw new Error("as if the library were wrong");
        }

        @Override
        void done(Future<?> future) {}
    }

    @ParameterizedTest
    @MethodSource("executors")
    void errors_loseNothingThatIsQueued(FutureExecutor executor) throws Exception {
        List<Future<Integer>> futures = new ArrayList<>();
        try (FutureLog log = new FutureLog();
                Gate gate = new Gate()) {
            for (int i = 0; i < executor.maxWorkers(); i++) {
                Future<?> deadly = executor.submit(gate::pass);
                deadly.listen(new Deadly());
            }
            gate.awaitArrivals(executor.maxWorkers());
            for (int i = 0; i < TASKS; i++) {
                int number = i;
                futures.add(executor.submit(() -> number));
            }
            gate.open();
            for (int i = 0; i < TASKS; i++) {
                assertThat(futures.get(i).result()).isEqualTo(i);
            }
            executor.close();
            assertThat(executor.isTerminated()).isTrue();
            assertThat(log.thrown()).hasSize(executor.maxWorkers()).allMatch(Error.class::isInstance);
        }
    }

    @ParameterizedTest
    @MethodSource("executors")
    void errors_tellThoseWhoWait_andLeaveRoomForOthers(FutureExecutor executor) throws Exception {
        try (FutureLog log = new FutureLog()) {
            for (int round = 0; round < 2 * executor.maxWorkers(); round++) {
                endDeadly(executor);
            }
            try (Gate all = new Gate()) {
                for (int i = 0; i < executor.maxWorkers(); i++) {
                    executor.submit(all::pass);
                }
                all.awaitArrivals(executor.maxWorkers());
            }
            executor.shutdown();
            assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            assertThat(log.thrown()).hasSize(2 * executor.maxWorkers()).allMatch(Error.class::isInstance);
        }
    }

    private static void endDeadly(FutureExecutor executor) throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        try (Gate gate = new Gate()) {
            Future<?> deadly = executor.submit(gate::pass);
            gate.awaitArrivals(1);
            deadly.addDoneCallback(done -> told.countDown());
            deadly.listen(new Deadly());
            gate.open();
            Gate.await(told);
        }
    }
}
