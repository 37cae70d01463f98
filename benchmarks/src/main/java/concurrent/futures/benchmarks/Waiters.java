// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** Threads that all wait for one promise after the other. */
final class Waiters implements AutoCloseable {
    private final PromiseKind kind;
    private final List<Waiter> waiters = new ArrayList<>();

    /** Counts those that have not returned from the promise that they wait for. */
    private volatile CountDownLatch unreturned = new CountDownLatch(0);

    Waiters(PromiseKind kind, int number) {
        this.kind = kind;
        for (int i = 0; i < number; i++) {
            waiters.add(new Waiter());
        }
    }

    /** Has all threads wait for a promise, and returns when they are parked. */
    void send(Object promise) {
        unreturned = new CountDownLatch(waiters.size());
        waiters.forEach(waiter -> waiter.promises.add(promise));
        waiters.forEach(Waiter::awaitParked);
    }

    /** Waits until the promise is done for all threads. */
    void awaitReturn() throws InterruptedException {
        unreturned.await();
    }

    @Override
    public void close() {
        waiters.forEach(waiter -> waiter.thread.interrupt());
    }

    private final class Waiter {
        final BlockingQueue<Object> promises = new LinkedBlockingQueue<>();
        final Thread thread = Thread.ofPlatform().daemon().start(this::run);

        /** Whether the thread is at the promise, and no longer at its queue. */
        private volatile boolean waiting;

        private void run() {
            try {
                while (true) {
                    Object promise = promises.take();
                    waiting = true;
                    Work.ensureDone(kind.await(promise));
                    waiting = false;
                    unreturned.countDown();
                }
            } catch (InterruptedException e) {
                // These waiters are closed.
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        void awaitParked() {
            while (!waiting || !isParked(thread.getState())) {
                Thread.yield();
            }
        }

        /** Kotlin sets itself a time limit, so long that it is none. */
        private static boolean isParked(Thread.State state) {
            if (state == Thread.State.TERMINATED) {
                throw new IllegalStateException("a thread does not wait any more");
            }
            return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        }
    }
}
