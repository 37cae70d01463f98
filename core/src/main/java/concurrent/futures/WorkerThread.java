// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import org.jspecify.annotations.Nullable;

/** A thread that knows its {@link Runner} without having to look it up. */
final class WorkerThread extends Thread {
    /** Used by this thread alone. */
    @Nullable
    Runner runner;

    WorkerThread(ThreadGroup group, Runnable task, String name) {
        super(group, task, name, /* stackSize= */ 0, /* inheritInheritableThreadLocals= */ false);
    }
}
