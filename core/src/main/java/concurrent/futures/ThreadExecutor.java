// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls on a pool of platform threads: Python's {@code ThreadPoolExecutor}.
 *
 * <p>A worker is started when a call is submitted and none is idle, until there are {@code maxWorkers}; the rest of the
 * calls wait in a queue. While calls wait for other futures, as many spare workers may run what is queued. Workers that
 * have been idle for the time of {@code keepAlive} end. They are daemon threads that inherit no thread-locals; work
 * that is outstanding keeps the JVM alive by other means. An executor that nobody can reach any more ends its workers
 * when its work is done, even if it was not closed.
 *
 * {@snippet file="concurrent/futures/snippets/ExecutorSnippets.java" region="threadExecutor"}
 */
public final class ThreadExecutor extends BaseExecutor {
    /** Python's default: some more than there are processors, because most calls wait for something. */
    private static final int MORE_THAN_PROCESSORS = 4;

    private static final int MOST_BY_DEFAULT = 32;

    private static final AtomicInteger EXECUTORS = new AtomicInteger();

    private final WorkerPool pool;

    /** Creates an executor with {@code min(32, processors + 4)} workers at most. */
    public ThreadExecutor() {
        this(builder());
    }

    /**
     * Creates an executor.
     *
     * @param maxWorkers how many workers there are at most, beside those that stand in for others that wait
     * @throws IllegalArgumentException if {@code maxWorkers} is not positive
     */
    public ThreadExecutor(int maxWorkers) {
        this(builder().maxWorkers(maxWorkers));
    }

    private ThreadExecutor(Builder options) {
        String name = options.threadNamePrefix;
        if (name == null) {
            name = "ThreadExecutor-" + EXECUTORS.getAndIncrement();
        }
        pool = new WorkerPool(
                options, WorkerThreads.factory(options.threadFactory, options.threadNamePrefix, name), name);
        Reclaim.register(this, pool::shutdown);
    }

    /** {@return a builder for an executor with more options} */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    Engine engine() {
        return pool;
    }

    /**
     * Changes how many workers there are at most, beside those that stand in for others that wait. If there are more,
     * those that are idle end now, and others when they have finished their task.
     *
     * @param maxWorkers the number
     * @throws IllegalArgumentException if it is not positive
     */
    public void setMaxWorkers(int maxWorkers) {
        pool.setMaxWorkers(Numbers.maxWorkers(maxWorkers));
    }

    /** Options for a {@link ThreadExecutor}; refuses values out of range at once. Not for use by several threads. */
    public static final class Builder {
        int maxWorkers = Math.min(MOST_BY_DEFAULT, Runtime.getRuntime().availableProcessors() + MORE_THAN_PROCESSORS);
        Duration keepAlive = Duration.ofSeconds(60);

        @Nullable
        String threadNamePrefix;

        @Nullable
        Runnable initializer;

        @Nullable
        ThreadFactory threadFactory;

        @Nullable
        Integer queueCapacity;

        WhenFull whenFull = WhenFull.BLOCK;
        int maxSpareWorkers = Places.SPARES_BY_DEFAULT;
        boolean helpsWhileWaiting = true;

        private Builder() {}

        /**
         * Sets how many workers there are at most, beside those that stand in for others that wait.
         *
         * @param maxWorkers the number; {@code min(32, processors + 4)} by default
         * @return this
         * @throws IllegalArgumentException if the number is not positive
         */
        public Builder maxWorkers(int maxWorkers) {
            this.maxWorkers = Numbers.maxWorkers(maxWorkers);
            return this;
        }

        /**
         * Sets the beginning of the threads' names, which an underscore and a number follow.
         *
         * @param threadNamePrefix the beginning; {@code ThreadExecutor-N} by default
         * @return this
         */
        public Builder threadNamePrefix(String threadNamePrefix) {
            this.threadNamePrefix = requireNonNull(threadNamePrefix, "threadNamePrefix");
            return this;
        }

        /**
         * Sets what each worker runs before its first task. If it throws, the executor is broken: what is queued fails
         * with a {@link BrokenExecutorException}, and so does what is submitted later.
         *
         * @param initializer what to run
         * @return this
         */
        public Builder initializer(Runnable initializer) {
            this.initializer = requireNonNull(initializer, "initializer");
            return this;
        }

        /**
         * Sets how long an idle worker stays.
         *
         * @param keepAlive the time; 60 seconds by default, zero to end a worker as soon as it has nothing to do
         * @return this
         * @throws IllegalArgumentException if the time is negative
         */
        public Builder keepAlive(Duration keepAlive) {
            if (requireNonNull(keepAlive, "keepAlive").isNegative()) {
                throw new IllegalArgumentException("keepAlive must not be negative: " + keepAlive);
            }
            this.keepAlive = keepAlive;
            return this;
        }

        /**
         * Bounds the queue.
         *
         * @param queueCapacity how many tasks may wait while all workers are busy; without bound by default
         * @return this
         * @throws IllegalArgumentException if the number is not positive
         */
        public Builder queueCapacity(int queueCapacity) {
            this.queueCapacity = Numbers.positive(queueCapacity, "queueCapacity");
            return this;
        }

        /**
         * Sets what {@code submit} does when a bounded queue is full.
         *
         * @param whenFull what it does; it blocks by default
         * @return this
         */
        public Builder whenFull(WhenFull whenFull) {
            this.whenFull = requireNonNull(whenFull, "whenFull");
            return this;
        }

        /**
         * Sets what makes the threads. It also names them, unless a {@linkplain #threadNamePrefix prefix} is set. They
         * are made daemon threads. If it fails while there are other workers, these do the work; if there are none,
         * what is queued fails with a {@link java.util.concurrent.RejectedExecutionException}.
         *
         * @param threadFactory what makes threads
         * @return this
         */
        public Builder threadFactory(ThreadFactory threadFactory) {
            this.threadFactory = requireNonNull(threadFactory, "threadFactory");
            return this;
        }

        /**
         * Sets whether a task that waits without end for another one of this executor runs that one itself, if it has
         * not started. If not, a spare worker stands in, and the awaited task sees neither the thread-locals nor the
         * locks of the one that waits for it.
         *
         * @param helps whether it does; true by default
         * @return this
         */
        public Builder helpWhileWaiting(boolean helps) {
            this.helpsWhileWaiting = helps;
            return this;
        }

        /**
         * Sets how many workers there may be beside {@code maxWorkers} to stand in for workers that wait for futures.
         * At that bound the executor warns in the log, once, and goes on without; tasks may wait for each other for
         * ever then.
         *
         * @param maxSpareWorkers the number; 256 by default, zero for none
         * @return this
         * @throws IllegalArgumentException if the number is negative
         */
        public Builder maxSpareWorkers(int maxSpareWorkers) {
            this.maxSpareWorkers = Numbers.notNegative(maxSpareWorkers, "maxSpareWorkers");
            return this;
        }

        /** {@return a new executor with these options} */
        public ThreadExecutor build() {
            return new ThreadExecutor(this);
        }
    }
}
