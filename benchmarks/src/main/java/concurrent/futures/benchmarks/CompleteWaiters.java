// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A thread completes a promise for which others wait. The score is the time until all of them have returned. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CompleteWaiters extends Case {
    @Param({
        Contestants.FUTURES,
        PromiseKinds.COMPLETABLE,
        PromiseKinds.FUTURE_TASK,
        Contestants.GUAVA,
        Contestants.NETTY,
        Contestants.KOTLIN
    })
    String contestant;

    @Param({"1", "10"})
    int waiters;

    private PromiseKind kind;
    private Waiters threads;
    private Object promise;

    /** Starts the threads. */
    @Setup
    public void start() {
        kind = PromiseKinds.of(contestant);
        threads = new Waiters(kind, waiters);
    }

    /** Ends the threads. */
    @TearDown
    public void end() {
        threads.close();
    }

    /** Has the threads wait for a new promise. */
    @Setup(Level.Invocation)
    public void send() {
        promise = kind.create();
        threads.send(promise);
    }

    /**
     * Completes the promise.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    @Benchmark
    public void complete() throws InterruptedException {
        kind.complete(promise, Work.DONE);
        threads.awaitReturn();
    }
}
