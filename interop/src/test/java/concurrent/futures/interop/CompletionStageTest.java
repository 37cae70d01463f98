// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Futures;
import concurrent.futures.ThreadExecutor;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our futures as stages, and stages as our futures. */
@Timeout(30)
class CompletionStageTest {
    private final FutureExecutor executor = new ThreadExecutor(1);

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    private CompletableFuture<String> stage(Callable<String> task) {
        // @start region="to"
        CompletableFuture<String> stage = executor.submit(task).toCompletableFuture();
        // @end
        return stage;
    }

    private static Future<Integer> number(CompletionStage<String> stage) {
        // @start region="from"
        Future<Integer> number = Futures.from(stage).thenApply(text -> Integer.parseInt(text));
        // @end
        return number;
    }

    @Test
    void results_passBothWays() throws Exception {
        assertThat(stage(() -> "42").join()).isEqualTo("42");
        assertThat(number(stage(() -> "42")).result()).isEqualTo(42);
    }

    @Test
    void failureOfATask_isTheCauseThatTheStageTells() {
        IOException thrown = new IOException("no page");
        Throwable joined = catchThrowable(() -> stage(() -> {
                    throw thrown;
                })
                .join());
        assertThat(joined).isInstanceOf(CompletionException.class);
        assertThat(joined.getCause()).isSameAs(thrown);
    }

    @Test
    void failureOfAStage_comesOutOfItsCompletionException() {
        IOException thrown = new IOException("no page");
        CompletableFuture<String> failing = CompletableFuture.failedFuture(thrown);
        assertThat(catchThrowable(
                        () -> number(failing.thenApply(text -> text + "0")).result()))
                .isSameAs(thrown);
        assertThat(catchThrowable(() -> number(stage(() -> "no number")).result()))
                .isExactlyInstanceOf(NumberFormatException.class);
    }

    @Test
    void cancellingTheStage_interruptsTheTask() throws Exception {
        Endless endless = new Endless();
        CompletableFuture<String> stage = stage(endless);
        endless.awaitBegin();
        stage.cancel(true);
        endless.awaitInterrupt();
    }

    @Test
    void cancellingADependentStage_doesNotReachTheTask() throws Exception {
        Endless endless = new Endless();
        CompletableFuture<String> stage = stage(endless);
        endless.awaitBegin();
        stage.thenApply(text -> text + "!").cancel(true);
        assertThat(stage).isNotDone();
    }

    @Test
    void cancellingOurFuture_cancelsTheStage() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        number(stage).cancel(true);
        assertThat(stage).isCancelled();
    }

    @Test
    void cancellingAcrossBoth_interruptsTheTask() throws Exception {
        Endless endless = new Endless();
        Future<String> there = Futures.from(stage(endless));
        endless.awaitBegin();
        there.cancel(true);
        endless.awaitInterrupt();
    }
}
