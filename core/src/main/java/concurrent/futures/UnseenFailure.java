// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a task threw, as long as nobody has looked at it: reported when its future is collected. */
final class UnseenFailure implements Runnable {
    /*
     * Overview
     * --------
     * The cleaner runs this when the future cannot be reached any more. Until then it keeps the exception, and whatever
     * the exception refers to. If that leads back to the future, the future is never collected. So no more than a fixed
     * number are kept, and the oldest are forgotten without a word.
     */
    private static final int MOST_KEPT = 1_000;

    private static final Queue<UnseenFailure> KEPT = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger KEPT_COUNT = new AtomicInteger();

    /** Who hears of unseen failures; null for nobody. Written by the user. */
    private static volatile @Nullable BiConsumer<? super String, ? super Throwable> handler = Log::failureUnseen;

    private final String executor;
    private final int hash;

    /** Null once somebody has looked at it, or it is forgotten. */
    private volatile @Nullable Throwable exception;

    private UnseenFailure(String executor, int hash, Throwable exception) {
        this.executor = executor;
        this.hash = hash;
        this.exception = exception;
    }

    static void setHandler(@Nullable BiConsumer<? super String, ? super Throwable> handler) {
        UnseenFailure.handler = handler;
    }

    /** Watches over a future that is about to fail; called before anybody can see that it has. */
    static void watch(Future<?> future, String executor, Failed failed) {
        if (handler == null) {
            return;
        }
        UnseenFailure unseen = new UnseenFailure(executor, System.identityHashCode(future), failed.peek());
        failed.setUnseen(unseen);
        KEPT.add(unseen);
        if (KEPT_COUNT.incrementAndGet() > MOST_KEPT) {
            UnseenFailure oldest = KEPT.poll();
            KEPT_COUNT.decrementAndGet();
            if (oldest != null) {
                oldest.forget();
            }
        }
        Reclaim.register(future, unseen);
    }

    /** Watches over another future, which is about to fail because this one has. */
    Failed passedOnTo(Future<?> heir, Failed failed) {
        if (exception == null) {
            return failed;
        }
        forget();
        Failed next = Failed.of(failed.peek());
        watch(heir, executor, next);
        return next;
    }

    void forget() {
        exception = null;
    }

    @Override
    public void run() {
        Throwable unseen = exception;
        BiConsumer<? super String, ? super Throwable> hears = handler;
        forget();
        if (unseen == null || hears == null) {
            return;
        }
        try {
            hears.accept(Future.name(hash) + " in " + executor, unseen);
        } catch (Throwable thrown) {
            Log.error("the handler of unseen failures failed", thrown);
        }
    }
}
