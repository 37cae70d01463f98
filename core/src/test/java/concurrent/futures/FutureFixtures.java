// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** What the tests of futures share. */
final class FutureFixtures {
    /** Long enough for any machine; only a test that fails waits for it to end. */
    static final Duration LONG = Duration.ofSeconds(20);

    private FutureFixtures() {}

    static ConditionFactory soon() {
        return Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(LONG);
    }

    static boolean opens(CountDownLatch latch) throws InterruptedException {
        return latch.await(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    /** Waits like a body that does not listen to interrupts, and leaves none behind. */
    static void awaitDeaf(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // Deaf.
            }
        }
    }

    /** Waits until somebody has registered with the future: a wait that has begun to block, for example. */
    static void awaitListener(Future<?> future) {
        soon().until(() -> future.word() instanceof Listening);
    }

    /** How many listeners hang on the future, those that are marked as removed included. */
    static int listeners(Future<?> future) {
        int count = 0;
        Listener each = future.word() instanceof Open open ? open.newest() : null;
        for (; each != null; each = each.older) {
            count++;
        }
        return count;
    }

    static void awaitCollected(WeakReference<?> reference) {
        soon().until(() -> {
            System.gc();
            return reference.get() == null;
        });
    }

    /** Throws anything from where the compiler sees nothing. */
    static RuntimeException sneak(Throwable thrown) {
        throw Failed.<RuntimeException>rethrow(thrown);
    }

    /** A call on a thread of its own. */
    static <T> Background<T> inBackground(Callable<T> call) {
        Background<T> background = new Background<>(call);
        background.thread.start();
        return background;
    }

    static final class Background<T> {
        final Thread thread;
        private final FutureTask<T> task;

        private Background(Callable<T> call) {
            task = new FutureTask<>(call);
            thread = new Thread(task, "background");
            thread.setDaemon(true);
        }

        T get() throws Exception {
            return task.get(LONG.toSeconds(), TimeUnit.SECONDS);
        }

        /** What the call threw; fails if it returned. */
        Throwable failure() throws Exception {
            task.state();
            thread.join(LONG);
            return task.exceptionNow();
        }

        boolean isDone() {
            return task.isDone();
        }
    }

    /** A listener that counts how often it is told. */
    static class Probe extends Listener {
        final AtomicInteger told = new AtomicInteger();

        @Override
        void done(Future<?> future) {
            told.incrementAndGet();
        }
    }

    /** An executor that runs nothing by itself: its items are there for the taking. */
    static final class Shelf extends AbstractFutureExecutor {
        final Queue<WorkItem<?>> items = new ConcurrentLinkedQueue<>();

        Shelf() {
            super("shelf", Integer.MAX_VALUE);
        }

        @Override
        protected <T> void dispatch(WorkItem<T> item) {
            items.add(item);
        }

        /** Submits a task, and gives the item that stands for it. */
        @SuppressWarnings("unchecked")
        <T> WorkItem<T> item(Task<T> task) {
            Future<T> future = submit(task);
            items.remove(future);
            return (WorkItem<T>) future;
        }
    }

    /** A single worker that is busy until the gate is opened, so that what is submitted stays pending. */
    static final class Blocked implements AutoCloseable {
        final ThreadExecutor executor = new ThreadExecutor(1);
        final CountDownLatch gate = new CountDownLatch(1);

        Blocked() throws InterruptedException {
            CountDownLatch running = new CountDownLatch(1);
            executor.submit(() -> {
                running.countDown();
                awaitDeaf(gate);
            });
            opens(running);
        }

        @Override
        public void close() {
            gate.countDown();
            executor.close();
        }
    }

    /**
     * Lets several threads begin each round at the same moment. It spins, because threads that are woken begin at
     * different moments.
     */
    static final class Lockstep {
        private static final int SPINS = 300;

        private final int parties;
        private final AtomicInteger arrived = new AtomicInteger();
        private volatile boolean broken;

        Lockstep(int parties) {
            this.parties = parties;
        }

        /** Waits until all parties have come as often as this one; {@code turn} counts from 1. */
        void await(int turn) {
            arrived.incrementAndGet();
            for (int spins = 0; arrived.get() < turn * parties; spins++) {
                if (broken) {
                    throw new IllegalStateException("another thread has failed");
                }
                if (spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
        }

        /** Runs the bodies on a thread each and throws what one of them throws. */
        void run(Body... bodies) throws Exception {
            List<Background<Object>> threads = new ArrayList<>();
            for (Body body : bodies) {
                threads.add(inBackground(() -> {
                    try {
                        body.run();
                    } catch (Throwable thrown) {
                        broken = true;
                        throw thrown;
                    }
                    return null;
                }));
            }
            Exception failure = null;
            for (Background<Object> thread : threads) {
                try {
                    thread.get();
                } catch (Exception e) {
                    failure = failure == null || failure.getCause() instanceof IllegalStateException ? e : failure;
                }
            }
            if (failure != null) {
                throw failure;
            }
        }
    }

    interface Body {
        void run() throws Exception;
    }
}
