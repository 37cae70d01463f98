// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A benchmark in which every executor takes part. */
public abstract class ExecutorCase extends Case {
    @Param({
        Contestants.FUTURES,
        Contestants.FUTURES_VIRTUAL,
        Contestants.THREAD_POOL,
        Contestants.FORK_JOIN,
        Contestants.FORK_JOIN_ASYNC,
        Contestants.COMPLETABLE_ON_FORK_JOIN,
        Contestants.COMPLETABLE_ON_THREAD_POOL,
        Contestants.VIRTUAL_THREADS,
        Contestants.GUAVA,
        Contestants.NETTY,
        Contestants.KOTLIN,
        Contestants.JBOSS
    })
    String contestant;

    Contestant executor;

    ExecutorCase() {}

    /** How many tasks run at the same time. */
    abstract int workers();

    /** Opens the executor. */
    @Setup
    public void openExecutor() {
        executor = Contestants.open(contestant, workers());
    }

    /** Closes the executor. */
    @TearDown
    public void closeExecutor() {
        executor.close();
    }
}
