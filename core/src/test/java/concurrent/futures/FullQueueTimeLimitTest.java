// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A time limit also holds while a full queue has no room, in which nothing has been submitted yet. */
class FullQueueTimeLimitTest {
    private final CountDownLatch open = new CountDownLatch(1);
    private final ThreadExecutor executor =
            ThreadExecutor.builder().maxWorkers(1).queueCapacity(1).build();
    private final Callable<String> blocked = () -> {
        open.await();
        return "late";
    };

    @AfterEach
    void close() {
        open.countDown();
        executor.close();
    }

    @Test
    void invokeAll_cancelsThoseWithoutRoom() throws Exception {
        assertThat(executor.invokeAll(List.of(blocked, blocked, blocked), 50, TimeUnit.MILLISECONDS))
                .hasSize(3)
                .allMatch(java.util.concurrent.Future::isCancelled);
    }

    @Test
    void invokeAny_timesOut() {
        assertThatThrownBy(() -> executor.invokeAny(List.of(blocked, blocked, blocked), 50, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void invokeAny_returnsTheFirstResult_althoughTheOthersFillTheQueue() throws Exception {
        Callable<String> quick = () -> "quick";
        assertThat(executor.invokeAny(List.of(quick, blocked, blocked, blocked, blocked)))
                .isEqualTo("quick");
    }

    @Test
    void map_timesOut() {
        MapOptions options = MapOptions.defaults().timeout(Duration.ofMillis(50));
        assertThatThrownBy(() -> executor.map(i -> blocked.call(), List.of(1, 2, 3, 4), options)
                        .toList())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
    }
}
