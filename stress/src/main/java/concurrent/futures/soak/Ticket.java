// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.soak;

import concurrent.futures.BrokenExecutorException;
import concurrent.futures.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One submitted task, and how often it has been run. */
final class Ticket {
    final String kind;
    private final AtomicInteger runs = new AtomicInteger();

    /** Written by the submitter. */
    private volatile @Nullable Future<?> future;

    Ticket(String kind) {
        this.kind = kind;
    }

    /** The task begins to run. */
    void begins() {
        runs.incrementAndGet();
    }

    void has(Future<?> submitted) {
        future = submitted;
    }

    /** Checks, after the end of the executor, that all is as it must be, and counts it. */
    void check(Tally tally) {
        int count = runs.get();
        Future<?> submitted = future;
        if (submitted == null) {
            tally.refused.increment();
            ensure(count == 0, "was refused, and run");
            return;
        }
        ensure(submitted.isDone(), "is not done");
        if (submitted.isCancelled()) {
            tally.cancelled.increment();
            ensure(count <= 1, "was cancelled, and run twice");
        } else if (submitted.state() == java.util.concurrent.Future.State.SUCCESS) {
            tally.succeeded.increment();
            ensure(count == 1, "succeeded without having been run once");
        } else {
            tally.failed.increment();
            Throwable thrown = submitted.exceptionNow();
            if (thrown instanceof AssertionError) {
                throw new AssertionError(kind + " found a mistake", thrown);
            }
            boolean unrun = thrown instanceof BrokenExecutorException || thrown instanceof RejectedExecutionException;
            ensure(count == 1 || (unrun && count == 0), "failed without having been run once");
        }
    }

    boolean isOpen() {
        Future<?> submitted = future;
        return submitted != null && !submitted.isDone();
    }

    @Override
    public String toString() {
        return kind + " " + future;
    }

    private void ensure(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(kind + " " + otherwise + ": " + runs + " runs of " + future);
        }
    }
}
