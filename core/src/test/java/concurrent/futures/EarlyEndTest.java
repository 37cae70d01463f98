// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An item may end on the dispatching thread, before it has been dispatched to the end. */
class EarlyEndTest {
    /** A place that keeps its first item and is gone afterwards. */
    private static final class Vanishing extends AbstractFutureExecutor {
        private WorkItem<?> first;

        Vanishing() {
            super("Vanishing", 1);
        }

        @Override
        protected <T> void dispatch(WorkItem<T> item) {
            item.start(mayInterrupt -> {});
            if (first == null) {
                first = item;
            } else {
                item.fail(new IOException("gone"));
            }
        }
    }

    @Test
    void fail_insideDispatch_withALongQueue_endsAllOfIt() throws Exception {
        Vanishing executor = new Vanishing();
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            int number = i;
            futures.add(executor.submit(() -> number));
        }

        executor.first.complete(null);

        assertThat(futures).allMatch(Future::isDone);
        executor.shutdown();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void complete_callbackThatCloses_isRefused() {
        Vanishing executor = new Vanishing();
        Future<String> future = executor.submit(() -> "unused");
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        future.addDoneCallback(done -> {
            try {
                executor.close();
                refused.complete(null);
            } catch (DeadlockException e) {
                refused.complete(e);
            }
        });

        executor.first.complete(null);

        assertThat(refused.join()).isInstanceOf(DeadlockException.class);
        executor.close();
    }
}
