// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A task that waits for another task of its executor gets the result, however few workers there are. */
@ExtendWith(Schedules.class)
final class NestedWaitScheduleTest {
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void withHelp() throws Exception {
        nestTwice(true, 1);
    }

    @Test
    void withoutHelp() throws Exception {
        nestTwice(false, 1);
    }

    @Test
    void withHelpAndTwoWorkers() throws Exception {
        nestTwice(true, 2);
    }

    @Test
    void withoutHelpAndTwoWorkers() throws Exception {
        nestTwice(false, 2);
    }

    /** Two tasks that wait for two others each, all of which are run once. */
    private void nestTwice(boolean helps, int workers) throws Exception {
        try (ThreadExecutor executor = executor(helps, workers)) {
            Threads.together(
                    () -> executor.submit(() -> waitForTwo(executor)).result(),
                    () -> executor.submit(() -> waitForTwo(executor)).result());
        }
        assertThat(runs.get()).isEqualTo(6);
    }

    private Integer waitForTwo(ThreadExecutor executor) throws Exception {
        Future<Integer> a = executor.submit(runs::incrementAndGet);
        Future<Integer> b = executor.submit(runs::incrementAndGet);
        a.result();
        b.result();
        return runs.incrementAndGet();
    }

    /** One of two tasks that wait for each other hears that this would never end. */
    @Test
    void ring() throws Exception {
        try (ThreadExecutor executor = executor(/* helps= */ false, 2)) {
            AtomicReference<Future<String>> second = new AtomicReference<>();
            Promise<Void> known = new Promise<>();
            Future<String> first = executor.submit(() -> {
                known.result();
                return second.get().result();
            });
            second.set(executor.submit(() -> first.result()));
            known.setResult(null);
            assertThatThrownBy(first::result).isInstanceOf(DeadlockException.class);
        }
    }

    private static ThreadExecutor executor(boolean helps, int workers) {
        return Pools.builder(workers).helpWhileWaiting(helps).build();
    }
}
