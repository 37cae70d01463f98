// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An executor of somebody else's that fails to stop a task keeps nobody from hearing of a shutdown. */
@Timeout(30)
class ShutdownNowFaultTest {
    /** Starts each item and never ends it; its place cannot be told of a cancellation. */
    private static final class Disconnected extends AbstractFutureExecutor {
        Disconnected() {
            super("disconnected", 1);
        }

        @Override
        protected <T> void dispatch(WorkItem<T> item) {
            item.start(mayInterrupt -> {
                throw new IllegalStateException("the connection is gone");
            });
        }
    }

    @Test
    void placeThatCannotBeTold_isLogged_andWhatIsQueuedHearsOfIt() throws Exception {
        try (FutureLog log = new FutureLog()) {
            Disconnected executor = new Disconnected();
            executor.submit(() -> "running");
            Future<String> queued = executor.submit(() -> "queued");
            CountDownLatch told = new CountDownLatch(1);
            queued.addDoneCallback(done -> told.countDown());
            assertThat(executor.shutdownNow()).hasSize(1);
            Gate.await(told);
            assertThat(queued.isCancelled()).isTrue();
            assertThat(log.thrown()).hasSize(1);
        }
    }
}
