// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As many waits as anybody has: all end, and none costs more because there are others. */
@Timeout(60)
class ManyWaitersTest {
    private static final int THREADS = 1_000;
    private static final int FUTURES = 1_000_000;

    @Test
    void aThousandThreads_waitForOneFuture() throws Exception {
        Promise<String> promise = new Promise<>();
        AtomicInteger heard = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> heard.addAndGet(promise.join().length()));
            threads.add(thread);
            thread.start();
        }
        Eventually.await().until(() -> threads.stream().allMatch(each -> each.getState() == Thread.State.WAITING));
        promise.setResult("1");
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(heard).hasValue(THREADS);
    }

    @Test
    void aThousandTasks_waitForOneFuture() throws Exception {
        Promise<String> promise = new Promise<>();
        List<Future<String>> futures = new ArrayList<>();
        try (ThreadExecutor executor =
                ThreadExecutor.builder().maxWorkers(1).maxSpareWorkers(THREADS).build()) {
            for (int i = 0; i < THREADS; i++) {
                futures.add(executor.submit(() -> promise.result()));
            }
            Eventually.await().until(() -> futures.stream().allMatch(Future::isRunning));
            promise.setResult("value");
            for (Future<String> future : futures) {
                assertThat(future.result()).isEqualTo("value");
            }
        }
    }

    @Test
    void oneThread_waitsForAMillionFutures() throws Exception {
        List<Promise<Integer>> promises = promises();
        Thread completer = completing(promises);
        assertThat(Futures.await(promises).done()).hasSize(FUTURES);
        completer.join();
    }

    @Test
    void oneThread_iteratesOverAMillionFutures() throws Exception {
        List<Promise<Integer>> promises = promises();
        Thread completer = completing(promises);
        Set<Future<Integer>> seen = new HashSet<>();
        for (Future<Integer> future : Futures.asCompleted(promises)) {
            assertThat(seen.add(future)).isTrue();
        }
        assertThat(seen).hasSize(FUTURES);
        completer.join();
    }

    private static List<Promise<Integer>> promises() {
        List<Promise<Integer>> promises = new ArrayList<>(FUTURES);
        for (int i = 0; i < FUTURES; i++) {
            promises.add(new Promise<>());
        }
        return promises;
    }

    /** Completes the futures on a thread of its own, the last first. */
    private static Thread completing(List<Promise<Integer>> promises) {
        Thread completer = new Thread(() -> {
            for (int i = promises.size() - 1; i >= 0; i--) {
                promises.get(i).setResult(i);
            }
        });
        completer.start();
        return completer;
    }
}
