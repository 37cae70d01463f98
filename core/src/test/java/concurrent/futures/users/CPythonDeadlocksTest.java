// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.users;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.DeadlockException;
import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Promise;
import concurrent.futures.ThreadExecutor;
import concurrent.futures.VirtualThreadExecutor;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The two examples with which Python's documentation of {@code ThreadPoolExecutor} shows that "deadlocks can occur when
 * the callable associated with a Future waits on the results of another Future". Here they end.
 */
@Timeout(60)
class CPythonDeadlocksTest {
    static Stream<FutureExecutor> ofTwoWorkers() {
        return Stream.of(new ThreadExecutor(2), new VirtualThreadExecutor(2));
    }

    static Stream<FutureExecutor> ofOneWorker() {
        return Stream.of(new ThreadExecutor(1), new VirtualThreadExecutor(1));
    }

    @ParameterizedTest
    @MethodSource("ofTwoWorkers")
    void wait_on_b_and_wait_on_a(FutureExecutor executor) throws Exception {
        try (executor) {
            Promise<Future<Integer>> b = new Promise<>();
            Future<Integer> a = executor.submit(() -> {
                b.result().result(); // b will never complete because it is waiting on a.
                return 5;
            });
            b.setResult(executor.submit(() -> {
                a.result(); // a will never complete because it is waiting on b.
                return 6;
            }));
            Throwable first = Objects.requireNonNull(a.exception());
            assertThat(first)
                    .isInstanceOf(DeadlockException.class)
                    .isSameAs(b.result().exception());
        }
    }

    @ParameterizedTest
    @MethodSource("ofOneWorker")
    void wait_on_future(FutureExecutor executor) throws Exception {
        try (executor) {
            Future<Double> outer = executor.submit(() -> {
                Future<Double> f = executor.submit(() -> Math.pow(5, 2));
                // In Python this never completes: there is only one worker, and it is executing this function.
                return f.result();
            });
            assertThat(outer.result()).isEqualTo(25);
        }
    }
}
