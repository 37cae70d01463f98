// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.ArrayList;
import java.util.List;

/** The items that a shutdown cancels, whose listeners hear of it when the shutdown has done all else. */
final class Withdrawals {
    private final List<Runnable> cancelled = new ArrayList<>();
    private final List<Runnable> tellings = new ArrayList<>();

    /** Cancels an item unless it has started. */
    void withdraw(WorkItem<?> item) {
        Open replaced = item.withdrawSilently();
        if (replaced != null) {
            cancelled.add(item);
            tellings.add(() -> item.tell(replaced));
        }
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
