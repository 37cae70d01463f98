// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Callbacks on promises: in a row, and many on one. */
public class Callbacks extends Case {
    private static final int CHAIN = 10;
    private static final int FAN = 10_000;

    @Param({Contestants.FUTURES, PromiseKinds.COMPLETABLE, Contestants.GUAVA, Contestants.NETTY, Contestants.KOTLIN})
    String contestant;

    private PromiseKind kind;
    private int called;

    /** Chooses the kind of promise. */
    @Setup
    public void choose() {
        kind = PromiseKinds.of(contestant);
    }

    /**
     * Makes ten promises, of which each but the first is completed by a callback of the one before, and completes the
     * first. The score is for the whole chain.
     *
     * @return the last promise
     * @throws Exception if the last promise has no result
     */
    @Benchmark
    public Object chain() throws Exception {
        Object first = kind.create();
        Object last = first;
        for (int i = 1; i < CHAIN; i++) {
            Object next = kind.create();
            kind.listen(last, kind.listener(last, result -> kind.complete(next, result)));
            last = next;
        }
        kind.complete(first, Work.DONE);
        Work.ensureDone(kind.await(last));
        return last;
    }

    /** Adds 10,000 callbacks to one promise, and completes it. The score is for one callback. */
    @Benchmark
    @OperationsPerInvocation(FAN)
    public void fan() {
        called = 0;
        Consumer<Object> counter = result -> called++;
        Object promise = kind.create();
        for (int i = 0; i < FAN; i++) {
            kind.listen(promise, kind.listener(promise, counter));
        }
        kind.complete(promise, Work.DONE);
        if (called != FAN) {
            throw new AssertionError("callbacks called: " + called);
        }
    }
}
