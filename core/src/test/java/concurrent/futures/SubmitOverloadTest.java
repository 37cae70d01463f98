// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which submit the compiler picks; that this file compiles is half of the test. */
class SubmitOverloadTest {
    private String picked;

    /** Remembers which method was called. */
    private final FutureExecutor executor = (FutureExecutor) Proxy.newProxyInstance(
            FutureExecutor.class.getClassLoader(),
            new Class<?>[] {FutureExecutor.class},
            (proxy, method, arguments) -> {
                picked = Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .toList()
                        .toString();
                return null;
            });

    private final AtomicInteger counter = new AtomicInteger();

    private static String compute() throws IOException {
        throw new IOException();
    }

    private static void perform() throws IOException {
        throw new IOException();
    }

    @Test
    void lambdaWithResult_isATask() {
        Future<Integer> future = executor.submit(() -> 1);
        assertThat(picked).isEqualTo("[Task]");
        assertThat(future).isNull();
    }

    @Test
    void lambdaWithResultAndCheckedException_isATask() {
        Future<String> future = executor.submit(() -> compute());
        assertThat(picked).isEqualTo("[Task]");
        assertThat(future).isNull();
    }

    @Test
    void lambdaWithoutResult_isAnAction() {
        Future<?> future = executor.submit(() -> {
            counter.incrementAndGet();
        });
        assertThat(picked).isEqualTo("[Action]");
        assertThat(future).isNull();
    }

    @Test
    void lambdaWithoutResultWithCheckedException_isAnAction() {
        Future<?> future = executor.submit(() -> {
            perform();
        });
        assertThat(picked).isEqualTo("[Action]");
        assertThat(future).isNull();
    }

    @Test
    void emptyLambda_isAnAction() {
        executor.submit(() -> {});
        assertThat(picked).isEqualTo("[Action]");
    }

    @Test
    void lambdaThatIsACallWithoutResult_isAnAction() {
        executor.submit(() -> perform());
        assertThat(picked).isEqualTo("[Action]");
    }

    @Test
    void lambdaThatOnlyThrows_isATask() {
        executor.submit(() -> {
            throw new IOException();
        });
        assertThat(picked).isEqualTo("[Task]");
    }

    @Test
    void methodReferenceWithResult_isATask() {
        Future<Integer> future = executor.submit(counter::incrementAndGet);
        assertThat(picked).isEqualTo("[Task]");
        assertThat(future).isNull();
        executor.submit(SubmitOverloadTest::compute);
        assertThat(picked).isEqualTo("[Task]");
    }

    @Test
    void methodReferenceWithoutResult_isAnAction() {
        executor.submit(SubmitOverloadTest::perform);
        assertThat(picked).isEqualTo("[Action]");
    }

    @Test
    void lambdaWithGivenResult_isARunnable() {
        Future<String> future = executor.submit(() -> {}, "given");
        assertThat(picked).isEqualTo("[Runnable, Object]");
        assertThat(future).isNull();
    }

    @Test
    void typedArguments_areWhatTheyAre() {
        Callable<String> callable = () -> "callable";
        Runnable runnable = () -> {};
        Task<String> task = () -> "task";
        Action action = () -> {};
        Future<String> ofCallable = executor.submit(callable);
        assertThat(picked).isEqualTo("[Callable]");
        executor.submit(runnable);
        assertThat(picked).isEqualTo("[Runnable]");
        Future<String> ofTask = executor.submit(task);
        assertThat(picked).isEqualTo("[Task]");
        executor.submit(action);
        assertThat(picked).isEqualTo("[Action]");
        assertThat(ofCallable).isSameAs(ofTask);
    }

    @Test
    void submitAll_takesLambdasInAList() {
        List<Future<Integer>> futures = executor.submitAll(List.<Task<Integer>>of(() -> 1, () -> 2));
        assertThat(picked).isEqualTo("[Iterable]");
        assertThat(futures).isNull();
    }
}
