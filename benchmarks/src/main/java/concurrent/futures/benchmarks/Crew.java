// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;

/** Threads that do the same job together, again and again. Whoever asks for it is one of them. */
final class Crew implements AutoCloseable {
    private final Job job;
    private final CyclicBarrier barrier;
    private final List<Thread> helpers = new ArrayList<>();

    /** Why a helper could not do its share; written before the helper reaches the barrier, read behind it. */
    private volatile @Nullable Throwable failure;

    /** What each member of the crew does. */
    interface Job {
        void perform(int member) throws Exception;
    }

    Crew(int members, Job job) {
        this.job = job;
        this.barrier = new CyclicBarrier(members);
        for (int member = 1; member < members; member++) {
            int number = member;
            helpers.add(Thread.ofPlatform().daemon().start(() -> help(number)));
        }
    }

    /** Does the job once, and returns when all have done it. */
    void perform() throws Exception {
        barrier.await();
        job.perform(0);
        barrier.await();
        if (failure != null) {
            throw new IllegalStateException("a helper failed", failure);
        }
    }

    private void help(int member) {
        try {
            while (true) {
                barrier.await();
                try {
                    job.perform(member);
                } catch (Exception e) {
                    failure = e;
                }
                barrier.await();
            }
        } catch (InterruptedException | BrokenBarrierException e) {
            // This crew is closed.
        }
    }

    @Override
    public void close() {
        helpers.forEach(Thread::interrupt);
    }
}
