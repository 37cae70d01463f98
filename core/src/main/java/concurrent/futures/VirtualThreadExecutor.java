// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs each call on a fresh virtual thread, a bounded number at a time; the rest of the calls wait in a queue.
 *
 * <p>The bound is what tells it from {@link java.util.concurrent.Executors#newVirtualThreadPerTaskExecutor()}: what the
 * calls use (connections, memory, a service on the other side) is bounded too. Choose it by that, not by the number of
 * processors. While calls wait for other futures, as many more may run. Work that is outstanding keeps the JVM alive,
 * although virtual threads do not.
 *
 * {@snippet file="concurrent/futures/snippets/ExecutorSnippets.java" region="virtualThreadExecutor"}
 */
public final class VirtualThreadExecutor extends BaseExecutor {
    private static final int WORKERS_BY_DEFAULT = 10_000;

    /** More than others have, as a virtual thread costs next to nothing. */
    private static final int SPARES_BY_DEFAULT = 10_000;

    private static final AtomicInteger EXECUTORS = new AtomicInteger();

    private final Engine engine;

    /** Creates an executor that runs 10,000 calls at a time. */
    public VirtualThreadExecutor() {
        this(builder());
    }

    /**
     * Creates an executor.
     *
     * @param maxWorkers how many calls it runs at a time, beside those that wait
     * @throws IllegalArgumentException if {@code maxWorkers} is not positive
     */
    public VirtualThreadExecutor(int maxWorkers) {
        this(builder().maxWorkers(maxWorkers));
    }

    private VirtualThreadExecutor(Builder options) {
        String name = options.threadNamePrefix;
        if (name == null) {
            name = "VirtualThreadExecutor-" + EXECUTORS.getAndIncrement();
        }
        ThreadFactory threads = WorkerThreads.virtual(name);
        engine = new SlotEngine(options, threads, name);
    }

    /** {@return a builder for an executor with more options} */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    Engine engine() {
        return engine;
    }

    /**
     * Options for a {@link VirtualThreadExecutor}; refuses values out of range at once. Not for use by several threads.
     */
    public static final class Builder {
        int maxWorkers = WORKERS_BY_DEFAULT;
        int maxSpareWorkers = SPARES_BY_DEFAULT;
        boolean helpsWhileWaiting = true;

        @Nullable
        Integer queueCapacity;

        WhenFull whenFull = WhenFull.BLOCK;

        private @Nullable String threadNamePrefix;

        private Builder() {}

        /**
         * Sets how many calls are run at a time, beside those that wait.
         *
         * @param maxWorkers the number; 10,000 by default
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
         * @param threadNamePrefix the beginning; {@code VirtualThreadExecutor-N} by default
         * @return this
         */
        public Builder threadNamePrefix(String threadNamePrefix) {
            this.threadNamePrefix = requireNonNull(threadNamePrefix, "threadNamePrefix");
            return this;
        }

        /**
         * Bounds the queue.
         *
         * @param queueCapacity how many tasks may wait while {@code maxWorkers} run; without bound by default
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
         * @param maxSpareWorkers the number; 10,000 by default, zero for none
         * @return this
         * @throws IllegalArgumentException if the number is negative
         */
        public Builder maxSpareWorkers(int maxSpareWorkers) {
            this.maxSpareWorkers = Numbers.notNegative(maxSpareWorkers, "maxSpareWorkers");
            return this;
        }

        /** {@return a new executor with these options} */
        public VirtualThreadExecutor build() {
            return new VirtualThreadExecutor(this);
        }
    }
}
