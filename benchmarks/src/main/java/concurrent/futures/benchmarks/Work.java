// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.Blackhole;

/** What tasks do. */
final class Work {
    /** What {@link #NOTHING} returns. */
    static final Integer DONE = 1;

    /** A task that does nothing. */
    static final Callable<Integer> NOTHING = () -> DONE;

    /** How many tokens JMH burns in a microsecond; measured on an AMD EPYC, and roughly right elsewhere. */
    private static final long TOKENS = 500;

    private Work() {}

    /** Keeps the processor busy: the same amount of work each time, however many threads share the processor. */
    static void burn(int microseconds) {
        if (microseconds > 0) {
            Blackhole.consumeCPU(microseconds * TOKENS);
        }
    }

    static void ensureDone(@Nullable Object result) {
        if (result != DONE) {
            throw new AssertionError("a task returned " + result);
        }
    }
}
