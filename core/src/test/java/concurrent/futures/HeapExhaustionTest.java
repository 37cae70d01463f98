// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The heap runs full, for real, in tasks and in callbacks: whoever asked for the memory fails, and the rest goes on. */
@Timeout(60)
class HeapExhaustionTest {
    private static final int TASKS = 60;
    private static final int EACH = 3;

    @Test
    void onPlatformThreads_whatAsksForTooMuchFails_andTheRestGoesOn() throws Exception {
        goesOn(OnPlatformThreads.class);
    }

    @Test
    void onVirtualThreads_whatAsksForTooMuchFails_andTheRestGoesOn() throws Exception {
        goesOn(OnVirtualThreads.class);
    }

    private static void goesOn(Class<?> main) throws Exception {
        ChildJvm.Result result = ChildJvm.of(main).with("-Xmx24m").run();
        assertThat(result.output()).contains("afterwards ran").contains("callbacks " + TASKS + " of " + TASKS);
        assertThat(result.exit()).as(result.output()).isZero();
    }

    static final class OnPlatformThreads {
        public static void main(String[] args) throws Exception {
            exhaust(new ThreadExecutor(2));
        }
    }

    static final class OnVirtualThreads {
        public static void main(String[] args) throws Exception {
            exhaust(new VirtualThreadExecutor(2));
        }
    }

    private static void exhaust(FutureExecutor executor) throws Exception {
        AtomicInteger callbacks = new AtomicInteger();
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            int number = i;
            Future<Integer> future = executor.submit(() -> number % EACH == 0 ? fill() : number);
            future.addDoneCallback(done -> {
                callbacks.incrementAndGet();
                if (number % EACH == 1) {
                    fill();
                }
            });
            futures.add(future);
        }
        for (int i = 0; i < TASKS; i++) {
            Throwable thrown = futures.get(i).exception();
            // Any task may be the one for which there is nothing left; those that fill the heap have to be.
            if (i % EACH == 0 ? !(thrown instanceof OutOfMemoryError) : !isExpected(thrown)) {
                throw new AssertionError("task " + i, thrown);
            }
        }
        System.out.println("afterwards " + executor.submit(() -> "ran").result());
        executor.close();
        System.out.println("callbacks " + callbacks + " of " + TASKS);
    }

    private static boolean isExpected(Throwable thrown) {
        return thrown == null || thrown instanceof OutOfMemoryError;
    }

    /** Fills the heap, and lets go of it all. */
    private static int fill() {
        List<byte[]> all = new ArrayList<>();
        while (true) {
            all.add(new byte[100_000]);
        }
    }
}
