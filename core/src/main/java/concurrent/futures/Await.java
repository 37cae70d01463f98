// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One call of {@link Futures#await}: a waiter that the listeners on the unfinished futures open. */
final class Await {
    private final ReturnWhen returnWhen;
    private final Waiter waiter = new Waiter();

    /** How many of the futures are not done. Decremented by those who complete them. */
    private final AtomicInteger unfinished;

    private Await(ReturnWhen returnWhen, int unfinished) {
        this.returnWhen = returnWhen;
        this.unfinished = new AtomicInteger(unfinished);
    }

    static <T extends @Nullable Object> DoneAndNotDone<T> await(
            Iterable<? extends Future<? extends T>> fs, Deadline deadline, ReturnWhen returnWhen)
            throws InterruptedException {
        List<Future<T>> futures = Distinct.of(fs);
        List<Future<T>> pending = new ArrayList<>();
        boolean enough = false;
        for (Future<T> future : futures) {
            if (future.isDone()) {
                enough |= returnWhen == ReturnWhen.FIRST_COMPLETED
                        || (returnWhen == ReturnWhen.FIRST_EXCEPTION && hasFailed(future));
            } else {
                pending.add(future);
            }
        }
        if (returnWhen == ReturnWhen.ALL_COMPLETED && deadline.never()) {
            pending.forEach(ThreadFrame::help);
        }
        if (!enough && !pending.isEmpty() && !deadline.isOver()) {
            if (returnWhen == ReturnWhen.FIRST_EXCEPTION) {
                awaitFailure(pending, deadline);
            } else {
                new Await(returnWhen, pending.size()).await(pending, deadline);
            }
        }
        return split(futures);
    }

    /** Waits until all are done, and lets others run what is queued. */
    static void awaitWithoutHelping(List<? extends Future<?>> futures) throws InterruptedException {
        List<? extends Future<?>> pending =
                futures.stream().filter(future -> !future.isDone()).toList();
        if (!pending.isEmpty()) {
            new Await(ReturnWhen.ALL_COMPLETED, pending.size()).await(pending, Deadline.NEVER);
        }
    }

    private void await(List<? extends Future<?>> pending, Deadline deadline) throws InterruptedException {
        List<Ticket> tickets = new ArrayList<>(pending.size());
        try {
            for (Future<?> future : pending) {
                Ticket ticket = new Ticket();
                tickets.add(ticket);
                future.listen(ticket);
            }
            waiter.await(needed(pending), deadline);
        } finally {
            // In the opposite order, so that each is most likely on top of its future's listeners.
            for (int i = tickets.size() - 1; i >= 0; i--) {
                if (!pending.get(i).isDone()) {
                    pending.get(i).unlisten(tickets.get(i));
                }
            }
        }
    }

    private static boolean hasFailed(Future<?> future) {
        return future.word() instanceof Failed;
    }

    /** Waits for one future after the other: with each that ends well there are fewer ways out of a ring. */
    private static <T extends @Nullable Object> void awaitFailure(List<Future<T>> pending, Deadline deadline)
            throws InterruptedException {
        Arrivals<T> arrivals = new Arrivals<>(pending.size());
        try {
            pending.forEach(arrivals::addNew);
            Future<T> next = arrivals.next(deadline);
            while (next != null && !hasFailed(next)) {
                next = arrivals.next(deadline);
            }
        } finally {
            arrivals.close();
        }
    }

    /** What is waited for, out of the futures that were not done in the beginning. */
    private Awaited needed(List<? extends Future<?>> pending) {
        return new Awaited() {
            @Override
            public boolean needsAll() {
                return returnWhen == ReturnWhen.ALL_COMPLETED;
            }

            @Override
            public boolean allMatch(Predicate<? super Future<?>> predicate) {
                return pending.stream().allMatch(predicate);
            }
        };
    }

    private final class Ticket extends Listener {
        @Override
        void done(Future<?> future) {
            if (unfinished.decrementAndGet() == 0 || returnWhen == ReturnWhen.FIRST_COMPLETED) {
                waiter.open();
            }
        }
    }

    @SuppressWarnings("unchecked") // A future only gives out results, so one of a subtype is as good.
    static <T extends @Nullable Object> Future<T> covariant(Future<? extends T> future) {
        return (Future<T>) future;
    }

    private static <T extends @Nullable Object> DoneAndNotDone<T> split(List<Future<T>> futures) {
        Set<Future<T>> done = new LinkedHashSet<>();
        Set<Future<T>> notDone = new LinkedHashSet<>();
        for (Future<T> future : futures) {
            (future.isDone() ? done : notDone).add(future);
        }
        return new DoneAndNotDone<>(Collections.unmodifiableSet(done), Collections.unmodifiableSet(notDone));
    }
}
