// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;

/** Where a pool gets its threads from, and what it does when there are none to be had. */
final class ThreadSupply {
    private final ThreadFactory factory;
    private final String name;

    /** Asks for a thread again if there is still need for one. */
    private final Runnable retry;

    /** Whether the last thread that was asked for could not be had; so the log hears of it only once. */
    private final AtomicBoolean exhausted = new AtomicBoolean();

    /** Whether that is going to be tried again. */
    private final AtomicBoolean retrying = new AtomicBoolean();

    ThreadSupply(ThreadFactory factory, String name, Runnable retry) {
        this.factory = factory;
        this.name = name;
        this.retry = retry;
    }

    /** Starts a thread; throws whatever the factory throws, or an error if there are no more threads. */
    void start(Runnable worker) {
        Thread thread = requireNonNull(factory.newThread(worker), "the thread factory returned null");
        // Only the keeper decides whether work keeps the JVM alive.
        thread.setDaemon(true);
        thread.start();
        if (exhausted.get()) {
            exhausted.set(false);
        }
    }

    void report(Throwable failure) {
        if (!exhausted.getAndSet(true)) {
            Log.warning("could not start a worker thread for " + name, failure);
        }
    }

    /** Has it tried again before long. */
    void retrySoon() {
        if (retrying.compareAndSet(false, true)) {
            // Until then there is work, although perhaps nobody who does it.
            Keeper.enter();
            Keeper.retrySoon(this::tryAgain);
        }
    }

    private void tryAgain() {
        try {
            retrying.set(false);
            retry.run();
        } finally {
            Keeper.leave();
        }
    }
}
