// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import org.jspecify.annotations.Nullable;

/** The frame of a work item that runs somewhere else, with what an executor wants to hear of it. */
final class RemoteFrame extends Frame {
    /** The submitted call, kept because the executor may not have sent it yet. */
    final @Nullable Object body;

    private final WorkItem.OnCancel onCancel;

    RemoteFrame(@Nullable Object body, WorkItem.OnCancel onCancel) {
        this.body = body;
        this.onCancel = onCancel;
    }

    @Override
    void cancel(boolean mayInterrupt) {
        onCancel.cancelled(mayInterrupt);
    }

    @Override
    public String toString() {
        return " elsewhere";
    }

    /** Tells the listeners of an item that ended elsewhere, on the current thread, as part of running that item. */
    static void tell(WorkItem<?> item, Open replaced, Engine engine) {
        ThreadFrame frame;
        try {
            frame = new ThreadFrame(engine, /* holdsPlace= */ true);
        } catch (OutOfMemoryError e) {
            item.tell(replaced);
            return;
        }
        frame.enter();
        try {
            item.tell(replaced);
        } finally {
            frame.exit();
        }
    }
}
