// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The futures that a shutdown or a group cancels, whose listeners hear of it when all else has been done. */
final class Withdrawals {
    private final List<Runnable> cancelled = new ArrayList<>();
    private final List<Runnable> tellings = new ArrayList<>();

    /** Cancels an item unless it has started. */
    void withdraw(WorkItem<?> item) {
        if (cancel(item, CancelMode.IF_PENDING)) {
            cancelled.add(item);
        }
    }

    /** Cancels futures, first those that have not started, which would otherwise take the places of the others. */
    void cancelAll(Collection<? extends Future<?>> futures) {
        futures.forEach(future -> cancel(future, CancelMode.IF_PENDING));
        futures.forEach(future -> cancel(future, CancelMode.INTERRUPTING));
    }

    private boolean cancel(Future<?> future, CancelMode mode) {
        Open replaced = future.cancelSilently(mode);
        if (replaced != null) {
            tellings.add(() -> future.tell(replaced));
        }
        return replaced != null;
    }

    /** Cancels and removes all that is queued. */
    void withdrawAll(Backlog queue) {
        for (WorkItem<?> item = queue.poll(); item != null; item = queue.poll()) {
            withdraw(item);
            item.drop();
        }
    }

    void tellListeners() {
        tellings.forEach(Runnable::run);
    }

    /** What has been cancelled; running it does nothing. */
    List<Runnable> cancelled() {
        return cancelled;
    }
}
