// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Ends a task when its time is over, unless it is turned off before. */
final class Alarm implements Runnable {
    private final OptionedItem<?> item;

    /** What the task has not done in time. */
    private final String what;

    /** Written by whoever sets this. */
    private volatile @Nullable ScheduledFuture<?> pending;

    private final AtomicBoolean set = new AtomicBoolean();

    /** Written by whoever sees the end of the task. */
    private volatile boolean off;

    Alarm(OptionedItem<?> item, String what) {
        this.item = item;
        this.what = what;
    }

    /** Sets this, unless it has been set before. */
    void setTo(Deadline deadline) {
        if (!set.compareAndSet(false, true)) {
            return;
        }
        pending = Timers.schedule(this, deadline);
        // Either this sees that it is off, or whoever turns it off sees what is pending.
        if (off) {
            cancel();
        }
    }

    void turnOff() {
        off = true;
        cancel();
    }

    private void cancel() {
        ScheduledFuture<?> current = pending;
        if (current != null) {
            current.cancel(/* mayInterruptIfRunning= */ false);
        }
    }

    @Override
    public void run() {
        Timers.complete(item, () -> item.expire(what));
    }
}
