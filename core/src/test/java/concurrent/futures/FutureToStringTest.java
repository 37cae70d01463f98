// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.FutureFixtures.awaitDeaf;
import static concurrent.futures.FutureFixtures.opens;
import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.FutureFixtures.Blocked;
import concurrent.futures.FutureFixtures.Shelf;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FutureToStringTest {
    private static String name(String kind, Future<?> future) {
        return kind + "@" + Integer.toHexString(System.identityHashCode(future));
    }

    @Test
    void promise_inEachState() {
        Promise<Object> promise = new Promise<>();
        String name = name("Promise", promise);
        assertThat(promise).hasToString(name + "[pending]");
        promise.addDoneCallback(done -> {});
        assertThat(promise).hasToString(name + "[pending]");
        promise.setRunningOrNotifyCancel();
        assertThat(promise).hasToString(name + "[running]");
        promise.setResult(List.of());
        assertThat(promise.toString()).startsWith(name + "[finished returned List");
    }

    @Test
    void promise_finished_namesTypesAndNotValues() {
        assertThat(outcome(Futures.completed("secret"))).isEqualTo("[finished returned String]");
        assertThat(outcome(Futures.completed(null))).isEqualTo("[finished returned null]");
        assertThat(outcome(Futures.completed(new int[3]))).isEqualTo("[finished returned int[]]");
        assertThat(outcome(Futures.failed(new IOException("secret")))).isEqualTo("[finished raised IOException]");
    }

    @Test
    void anonymousTypes_haveANameToo() {
        Object value = new Object() {};
        Exception exception = new Exception() {
            private static final long serialVersionUID = 1;
        };
        assertThat(outcome(Futures.completed(value))).matches("\\[finished returned .*\\S\\]");
        assertThat(outcome(Futures.failed(exception))).matches("\\[finished raised .*\\S\\]");
    }

    @Test
    void valuesAreNotAskedForTheirText() {
        Object hostile = new Object() {
            @Override
            public String toString() {
                throw new AssertionError("called");
            }
        };
        assertThat(outcome(Futures.completed(hostile))).startsWith("[finished returned");
    }

    private static String outcome(Future<?> future) {
        return future.toString().replaceFirst("Promise@[0-9a-f]+", "");
    }

    @Test
    void promise_cancelled() {
        Promise<Object> promise = new Promise<>();
        promise.cancel();
        assertThat(promise).hasToString(name("Promise", promise) + "[cancelled]");
        promise.setRunningOrNotifyCancel();
        assertThat(promise).hasToString(name("Promise", promise) + "[cancelled]");
    }

    @Test
    void futureOfAnExecutor_saysWhere() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (ThreadExecutor executor =
                ThreadExecutor.builder().maxWorkers(1).threadNamePrefix("mill").build()) {
            Future<?> first = executor.submit(() -> {
                running.countDown();
                awaitDeaf(gate);
            });
            Future<?> second = executor.submit(() -> "value");
            opens(running);
            try {
                assertThat(first).hasToString(name("Future", first) + "[running on mill_0]");
                first.addDoneCallback(done -> {});
                assertThat(first).hasToString(name("Future", first) + "[running on mill_0]");
                assertThat(second).hasToString(name("Future", second) + "[pending in mill]");
                second.addDoneCallback(done -> {});
                assertThat(second).hasToString(name("Future", second) + "[pending in mill]");
            } finally {
                gate.countDown();
            }
            second.result();
            assertThat(second).hasToString(name("Future", second) + "[finished returned String]");
        }
    }

    @Test
    void futureOfAnExecutor_cancelled() throws Exception {
        try (Blocked blocked = new Blocked()) {
            Future<?> future = blocked.executor.submit(() -> "never");
            future.cancel();
            assertThat(future).hasToString(name("Future", future) + "[cancelled]");
        }
    }

    @Test
    void itemThatRunsElsewhere_saysSo() {
        Shelf shelf = new Shelf();
        WorkItem<String> item = shelf.item(() -> "value");
        assertThat(item).hasToString(name("Future", item) + "[pending in shelf]");
        item.start(mayInterrupt -> {});
        assertThat(item).hasToString(name("Future", item) + "[running elsewhere]");
        item.complete("value");
        assertThat(item).hasToString(name("Future", item) + "[finished returned String]");
    }

    @Test
    void futureOfAStage() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Future<String> future = Futures.from(stage);
        assertThat(future).hasToString(name("Future", future) + "[pending]");
        stage.complete("value");
        assertThat(future).hasToString(name("Future", future) + "[finished returned String]");
    }
}
