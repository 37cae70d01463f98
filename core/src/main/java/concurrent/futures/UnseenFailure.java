// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a task threw, as long as nobody has looked at it: reported when its future has been collected, and all that became
 * of that.
 */
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

    /** What hears of this is told: the future, and where it was run. */
    private final String name;

    /** How many futures with this failure can still be reached. */
    private final AtomicInteger holders = new AtomicInteger();

    /** Null once somebody has looked at it, or it is forgotten. */
    private volatile @Nullable Throwable exception;

    private UnseenFailure(String name, Throwable exception) {
        this.name = name;
        this.exception = exception;
    }

    static void setHandler(@Nullable BiConsumer<? super String, ? super Throwable> handler) {
        UnseenFailure.handler = handler;
    }

    /** Watches over a future that is about to fail; called before anybody can see that it has. */
    static void watch(Future<?> future, String name, Failed failed) {
        if (handler == null || failed.isLastResort()) {
            return;
        }
        UnseenFailure unseen = new UnseenFailure(name, failed.peek());
        KEPT.add(unseen);
        if (KEPT_COUNT.incrementAndGet() > MOST_KEPT) {
            UnseenFailure oldest = KEPT.poll();
            KEPT_COUNT.decrementAndGet();
            if (oldest != null) {
                oldest.forget();
            }
        }
        unseen.watchOver(future, failed);
    }

    /** As {@link #watch}, for a future that has no task, and gives its state back. */
    static Failed watched(Future<?> future, Failed failed) {
        try {
            watch(future, future.name(), failed);
        } catch (Throwable e) {
            // For lack of memory, or of a thread that would report it. Then it is not reported.
        }
        return failed;
    }

    private void watchOver(Future<?> future, Failed failed) {
        holders.incrementAndGet();
        failed.setUnseen(this);
        Reclaim.register(future, this);
    }

    /** Watches over another future as well, which is about to fail because this one has. */
    Failed passedOnTo(Future<?> heir, Failed failed) {
        Failed next = failed.copy();
        if (exception == null || next.peek() != failed.peek()) {
            return next;
        }
        try {
            watchOver(heir, next);
        } catch (Throwable e) {
            // For the same reasons.
            holders.decrementAndGet();
        }
        return next;
    }

    void forget() {
        exception = null;
    }

    @Override
    public void run() {
        if (holders.decrementAndGet() > 0) {
            return;
        }
        Throwable unseen = exception;
        BiConsumer<? super String, ? super Throwable> hears = handler;
        forget();
        if (unseen == null || hears == null) {
            return;
        }
        try {
            hears.accept(name, unseen);
        } catch (Throwable thrown) {
            Log.error("the handler of unseen failures failed", thrown);
        }
    }
}
