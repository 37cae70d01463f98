// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import static java.util.Objects.requireNonNull;

import concurrent.futures.Future;
import java.util.Collection;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far a job is: how many of its tasks have ended, not how many were submitted, how many of them failed, how
 * many end in a second, and how long it will take.
 *
 * {@snippet file="concurrent/futures/snippets/MonitorSnippets.java" region="progress"}
 *
 * <p>On a terminal it is a bar, which appears after half a second, so that short jobs do not flicker. Elsewhere, as in the
 * log of a build, it is a line each half minute, and one at the end of a job that took longer than that half second. Both
 * go to {@link System#err}, or where the {@linkplain #builder builder} says. All methods may be called by any thread.
 */
public final class Progress implements AutoCloseable {
    private static final int BAR_MILLIS = 100;
    private static final int LINE_MILLIS = 30_000;
    private static final int LONGEST_NAME = 30;

    private final ProgressOutput output;
    private final ProgressBar bar;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ReentrantLock failing = new ReentrantLock();
    private long failures; // guarded by that lock, so that the bar tells of them in their order

    private Progress(String task, long total, boolean terminal, Consumer<String> output) {
        this.output = new ProgressOutput(terminal, output);
        bar = new ProgressBarBuilder()
                .setTaskName(shown(task))
                .setInitialMax(Math.max(total, 0))
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(terminal ? BAR_MILLIS : LINE_MILLIS)
                .setConsumer(this.output)
                .continuousUpdate() // also while nothing ends
                .showSpeed()
                .build();
    }

    /** A name that leaves room for numbers, and moves nothing on a terminal. */
    private static String shown(String task) {
        String plain = task.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= LONGEST_NAME ? plain : plain.substring(0, LONGEST_NAME) + "…";
    }

    /**
     * {@return the progress of these futures, shown until it is closed}
     *
     * @param task what the job is called
     * @param futures its futures, of any executors
     */
    public static Progress of(String task, Collection<? extends Future<?>> futures) {
        Progress progress = start(task, futures.size());
        progress.watch(futures);
        return progress;
    }

    /**
     * {@return the progress of a job that tells of it by {@link #step} and {@link #fail}, or by {@link #count}}
     *
     * @param task what the job is called
     * @param total how many steps it has; 0 if that is not known yet
     */
    public static Progress start(String task, long total) {
        return builder(task).total(total).start();
    }

    /**
     * {@return a builder for the progress of a job}
     *
     * @param task what the job is called
     */
    public static Builder builder(String task) {
        return new Builder(requireNonNull(task, "task"));
    }

    /**
     * {@return the same stream, each element of which is counted when it comes out} For the stream of a {@code map}: an
     * item that fails is counted as failed. Results come out in order, so those that are done behind one that is not are
     * counted when that one is.
     *
     * @param results the stream
     * @param <T> the type of its elements
     */
    public <T> Stream<T> count(Stream<T> results) {
        Counted<T> counted = new Counted<>(results.spliterator(), this);
        return StreamSupport.stream(counted, /* parallel= */ false).onClose(results::close);
    }

    /**
     * Counts each of these futures when it is done.
     *
     * @param futures futures of any executors
     */
    public void watch(Collection<? extends Future<?>> futures) {
        for (Future<?> future : List.copyOf(futures)) {
            future.addDoneCallback(done -> ended(done.state() == Future.State.SUCCESS));
        }
    }

    /**
     * Tells how many steps there are.
     *
     * @param total how many there are in all
     */
    public void expect(long total) {
        bar.maxHint(total);
    }

    /** Counts a step that is done. */
    public void step() {
        bar.step();
    }

    /** Counts a step that is done and has failed. */
    public void fail() {
        failing.lock();
        try {
            bar.setExtraMessage(" " + ++failures + " failed");
        } finally {
            failing.unlock();
        }
        bar.step();
    }

    /** Stops showing it: a bar goes away, a last line is written. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            output.ending();
            bar.close();
        }
    }

    private void ended(boolean well) {
        if (well) {
            step();
        } else {
            fail();
        }
    }

    /** Counts what comes out of another one. */
    private static final class Counted<T> extends Spliterators.AbstractSpliterator<T> {
        private final Spliterator<T> source;
        private final Progress progress;

        Counted(Spliterator<T> source, Progress progress) {
            super(source.estimateSize(), source.characteristics() & (ORDERED | NONNULL | IMMUTABLE));
            this.source = source;
            this.progress = progress;
        }

        @Override
        public boolean tryAdvance(Consumer<? super T> action) {
            boolean[] handedOut = new boolean[1];
            try {
                return source.tryAdvance(result -> {
                    handedOut[0] = true;
                    progress.step();
                    action.accept(result);
                });
            } catch (RuntimeException | Error e) {
                if (!handedOut[0]) {
                    progress.fail();
                }
                throw e;
            }
        }
    }

    /** How a progress is shown. */
    public static final class Builder {
        private final String task;
        private long total;
        private boolean terminal = ProgressOutput.isTerminal();
        private Consumer<String> output;

        private Builder(String task) {
            this.task = task;
            this.output = text -> {
                System.err.print(text);
                System.err.flush();
            };
        }

        /**
         * How many steps there are.
         *
         * @param steps how many; 0 if that is not known yet
         * @return this builder
         */
        public Builder total(long steps) {
            this.total = steps;
            return this;
        }

        /**
         * Whether there is a terminal. Java itself knows that only of standard input and output together.
         *
         * @param isTerminal whether a bar is to be drawn rather than lines be written
         * @return this builder
         */
        public Builder terminal(boolean isTerminal) {
            this.terminal = isTerminal;
            return this;
        }

        /**
         * Where what is shown goes.
         *
         * @param characters takes it, line ends and control characters included
         * @return this builder
         */
        public Builder output(Consumer<String> characters) {
            this.output = requireNonNull(characters, "characters");
            return this;
        }

        /** {@return the progress, shown from now on} */
        public Progress start() {
            return new Progress(task, total, terminal, output);
        }
    }
}
