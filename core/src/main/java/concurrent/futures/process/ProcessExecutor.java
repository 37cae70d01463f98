// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static java.util.Objects.requireNonNull;

import concurrent.futures.AbstractFutureExecutor;
import concurrent.futures.Action;
import concurrent.futures.BrokenExecutorException;
import concurrent.futures.WhenFull;
import concurrent.futures.WorkItem;
import concurrent.futures.codec.Encoded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls in processes of their own, JVMs that may crash, leak or hang without harm to this one: Python's {@code
 * ProcessPoolExecutor}.
 *
 * <p>A worker is started when a call is submitted and none is idle, until there are {@code maxWorkers}; it runs one call
 * at a time. While calls are short it has some more at hand, which count as running. If it dies, by {@code System.exit},
 * a crash or a signal, the call that it ran fails with a {@link WorkerDiedException}, and a new worker takes its place.
 * What has begun is never run again. A call that is cancelled with an interrupt, or whose time is over, is interrupted,
 * and its worker killed if that does not end it in time.
 *
 * {@snippet file="concurrent/futures/snippets/ProcessSnippets.java" region="processExecutor"}
 *
 * <p>A call, what it captures, and its result are serialized, and copied thereby: a lambda given to {@code submit} can
 * be, if what it captures can, but not one for {@code execute} or {@code invokeAll}, since their types are not. They are
 * what they are at the moment of submitting. What cannot be serialized fails the one future that it belongs to, with the
 * way to the culprit. An exception comes back as what it was, with the stack trace of the worker, or as a copy that
 * names its class if it cannot. Callbacks run in this JVM, on the thread that reads from the worker; while one takes
 * long, another thread reads.
 *
 * <p>Workers have the class path, or module path, of this JVM, and ask for classes that are not there, such as those of
 * a program that is run from its source file. They end with this JVM, however it ends, and with this executor. What they
 * print is passed on line by line, with the name of the worker: by {@code System.out} what they print there, and by {@code
 * System.err} all else, such as what native code prints, or a process that has inherited their streams. They read nothing
 * from {@code System.in}. A call of more than some 64 kB is sent by the thread that submits it, which waits for a worker
 * that does not read, as one that has been stopped (SIGSTOP) does not, until that goes on, or is killed.
 *
 * <p>This isolates crashes. It is not a sandbox: workers run as the same user, with the same rights.
 */
public final class ProcessExecutor extends AbstractFutureExecutor {
    private static final AtomicInteger EXECUTORS = new AtomicInteger();

    private final Settings settings;
    private final Pool pool;

    /** Makes the start-up cache if it is missing; null if there is to be none. */
    private final @Nullable Training training;

    /** Creates an executor with as many workers as there are processors; with one if this is itself a worker. */
    public ProcessExecutor() {
        this(builder().settings());
    }

    /**
     * Creates an executor.
     *
     * @param maxWorkers how many workers there are at most
     * @throws IllegalArgumentException if {@code maxWorkers} is not positive
     */
    public ProcessExecutor(int maxWorkers) {
        this(builder().maxWorkers(maxWorkers).settings());
    }

    private ProcessExecutor(Settings settings) {
        super(settings.name(), settings.maxWorkers(), settings.queueCapacity(), settings.whenFull());
        this.settings = settings;
        this.pool = new Pool(settings, new Reports(this::breakDown, this::workerStarted, this::workerEnded));
        this.training = Training.begin(settings, ProcessExecutor::new);
    }

    /** {@return a builder for an executor with more options} */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    protected <T extends @Nullable Object> Callable<T> prepare(Callable<T> task) {
        return new Encoded<>(task, settings.maxMessage(), pool.loaders);
    }

    @Override
    protected <T extends @Nullable Object> void dispatch(WorkItem<T> item) {
        pool.dispatch(item);
    }

    @Override
    protected int itemsPerTask(int items) {
        return settings.itemsPerTask(items);
    }

    @Override
    protected int ahead() {
        return pool.ahead();
    }

    @Override
    protected int idleNow() {
        return pool.idle();
    }

    @Override
    protected void terminated() {
        pool.endings.close();
        if (training != null) {
            training.await();
        }
    }

    /** As {@link #killWorkers}, but asks workers to end by a signal, and kills those that do not heed it in time. */
    public void terminateWorkers() {
        endWorkers(/* forcibly= */ false);
    }

    /** Kills all workers. What they run fails, and what has not started is cancelled. The executor is shut down. */
    public void killWorkers() {
        endWorkers(/* forcibly= */ true);
    }

    private void endWorkers(boolean forcibly) {
        if (training != null) {
            training.stop();
        }
        pool.endings.hurry(forcibly);
        shutdown(/* cancelPending= */ true);
        pool.endings.endAll(forcibly);
    }

    /** Options for a {@link ProcessExecutor}; refuses values out of range at once. Not for use by several threads. */
    public static final class Builder {
        @Nullable
        String name;

        int maxWorkers = Boolean.getBoolean(WorkerMain.IN_WORKER)
                ? 1
                : Runtime.getRuntime().availableProcessors();

        @Nullable
        Action initializer;

        int queueCapacity = Integer.MAX_VALUE;
        WhenFull whenFull = WhenFull.BLOCK;
        int maxTasksPerWorker = Integer.MAX_VALUE;
        long maxHeap;
        List<String> jvmOptions = List.of();
        final Map<String, String> environment = new LinkedHashMap<>();

        @Nullable
        Path workingDirectory;

        Duration keepAlive = Duration.ofSeconds(60);
        OnWorkerDeath onWorkerDeath = OnWorkerDeath.REPLACE;
        Duration startTimeout = Duration.ofSeconds(60);
        Duration grace = Duration.ofSeconds(1);
        int maxMessage = Settings.LARGEST_MESSAGE;

        @Nullable
        Path cacheDirectory;

        @Nullable
        Action cacheTraining;

        /** Whether the start-up cache is an AOT cache; tests choose the other kind. */
        boolean aot = StartUpCache.isWithAot();

        private Builder() {}

        /**
         * Sets what this executor is called by messages, by its workers' names, and so before each line that they print.
         *
         * @param name the name; {@code ProcessExecutor-N} by default
         * @return this
         */
        public Builder name(String name) {
            this.name = requireNonNull(name, "name");
            return this;
        }

        /**
         * Sets how many workers there are at most.
         *
         * @param maxWorkers the number; as many as there are processors by default
         * @return this
         * @throws IllegalArgumentException if the number is not positive
         */
        public Builder maxWorkers(int maxWorkers) {
            this.maxWorkers = (int) Settings.positive(maxWorkers, "max_workers");
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
            this.queueCapacity = (int) Settings.positive(queueCapacity, "queueCapacity");
            return this;
        }

        /**
         * Sets what {@code submit} does when a bounded queue is full.
         *
         * @param whenFull what it does; it blocks by default. A task that its caller runs does not run in a process.
         * @return this
         */
        public Builder whenFull(WhenFull whenFull) {
            this.whenFull = requireNonNull(whenFull, "whenFull");
            return this;
        }

        /**
         * Sets what each worker does before its first task. If it throws, the executor is broken: what is queued fails
         * with a {@link BrokenExecutorException}, and so does what is submitted later.
         *
         * @param initializer what to do, which has to be serializable
         * @return this
         */
        public Builder initializer(Action initializer) {
            this.initializer = requireNonNull(initializer, "initializer");
            return this;
        }

        /**
         * Sets after how many tasks a worker is replaced by a new one, which bounds what tasks can leak.
         *
         * @param maxTasksPerWorker the number; without bound by default
         * @return this
         * @throws IllegalArgumentException if the number is not positive
         */
        public Builder maxTasksPerWorker(int maxTasksPerWorker) {
            this.maxTasksPerWorker = (int) Settings.positive(maxTasksPerWorker, "maxTasksPerWorker");
            return this;
        }

        /**
         * Sets the greatest size of a worker's heap. A task that needs more fails with an {@link OutOfMemoryError}.
         *
         * @param bytes the size; by default that of this JVM divided by the number of workers, but 64 MB at least
         * @return this
         * @throws IllegalArgumentException if it is less than 2 MB, with which no JVM starts
         */
        public Builder maxHeap(long bytes) {
            this.maxHeap = Settings.atLeast(Settings.LEAST_HEAP, bytes, "maxHeap");
            return this;
        }

        /**
         * Sets options of the workers' JVMs, which come after those that this executor gives by itself. What they print is
         * read in the charset of the platform.
         *
         * @param options the options, such as {@code -Dname=value}
         * @return this
         */
        public Builder jvmOptions(String... options) {
            this.jvmOptions = List.of(options);
            return this;
        }

        /**
         * Adds a variable to the environment of the workers, which otherwise is that of this process without {@code
         * JAVA_TOOL_OPTIONS}, {@code JDK_JAVA_OPTIONS} and {@code _JAVA_OPTIONS}.
         *
         * @param name the name
         * @param value the value
         * @return this
         */
        public Builder environment(String name, String value) {
            environment.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
            return this;
        }

        /**
         * Sets the working directory of the workers.
         *
         * @param directory the directory; by default that of this process
         * @return this
         */
        public Builder workingDirectory(Path directory) {
            this.workingDirectory = requireNonNull(directory, "directory");
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
            this.keepAlive = Settings.notNegative(keepAlive, "keepAlive");
            return this;
        }

        /**
         * Sets what becomes of this executor when a worker dies by itself.
         *
         * @param onWorkerDeath what; a new worker by default
         * @return this
         */
        public Builder onWorkerDeath(OnWorkerDeath onWorkerDeath) {
            this.onWorkerDeath = requireNonNull(onWorkerDeath, "onWorkerDeath");
            return this;
        }

        /**
         * Sets how long a worker may take to start, its initializer included. One that takes longer is killed, and the
         * executor is broken if none can be started.
         *
         * @param startTimeout the time; 60 seconds by default
         * @return this
         * @throws IllegalArgumentException if the time is not positive
         */
        public Builder startTimeout(Duration startTimeout) {
            this.startTimeout = Settings.positive(startTimeout, "startTimeout");
            return this;
        }

        /**
         * Sets how long a task may take to end after it has been interrupted, and a worker to end after it has been
         * asked to, before the worker is killed.
         *
         * @param grace the time; one second by default, zero to kill at once
         * @return this
         * @throws IllegalArgumentException if the time is negative
         */
        public Builder grace(Duration grace) {
            this.grace = Settings.notNegative(grace, "grace");
            return this;
        }

        /**
         * Limits the size of a serialized task, and that of a result; what is larger fails.
         *
         * @param bytes the size; 1 GB by default
         * @return this
         * @throws IllegalArgumentException if it is less than 1 kB, in which no failure could be told
         */
        public Builder maxMessageSize(int bytes) {
            this.maxMessage = (int) Settings.atLeast(Settings.LEAST_MESSAGE, bytes, "maxMessageSize");
            return this;
        }

        /**
         * Has workers start with less memory, and often faster, from what a JVM has noted in a file of the classes they need.
         * If there is none for this program in the directory, it is made while the executor is open, by a process that
         * does nothing else and takes a few seconds, for which {@code close} waits. Each combination of a JVM, its options,
         * and a class path has a file of its own, of 10 to 20 MB, which is made anew when one of them has changed. For
         * classes in directories there is no such file, as the log says: the class path must consist of jars.
         *
         * @param directory where the files are; created if need be. Whoever can write there decides what workers run.
         * @return this
         */
        public Builder startUpCache(Path directory) {
            this.cacheDirectory = requireNonNull(directory, "directory");
            this.cacheTraining = null;
            return this;
        }

        /**
         * As {@link #startUpCache(Path)}, for more classes than those of this library.
         *
         * @param directory where the files are
         * @param training what is done in order to have the JVM know classes, in a process of its own and only when a
         *     file is made: what typical tasks do. The initializer is not run there.
         * @return this
         */
        public Builder startUpCache(Path directory, Action training) {
            this.cacheDirectory = requireNonNull(directory, "directory");
            this.cacheTraining = requireNonNull(training, "training");
            return this;
        }

        /**
         * {@return a new executor with these options}
         *
         * @throws IllegalArgumentException if the initializer, or the training, cannot be serialized
         */
        public ProcessExecutor build() {
            return new ProcessExecutor(settings());
        }

        private Settings settings() {
            return Settings.of(this, "ProcessExecutor-" + EXECUTORS.getAndIncrement());
        }
    }
}
