// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The factories of threads. Threads are started by whoever happens to submit or to end a task, so they take nothing
 * from that one: no thread-locals, and the thread group and context class loader of whoever created the executor.
 */
final class WorkerThreads {
    private WorkerThreads() {}

    /** The factory of a pool: the user's, with its own names unless a prefix was asked for, or our own. */
    static ThreadFactory factory(@Nullable ThreadFactory custom, @Nullable String prefix, String name) {
        if (custom == null) {
            ThreadGroup group = Thread.currentThread().getThreadGroup();
            return withContext(numbered(name, task -> {
                Thread thread = new WorkerThread(group, task, name);
                thread.setPriority(Thread.NORM_PRIORITY);
                return thread;
            }));
        }
        return prefix == null ? custom : numbered(prefix, custom);
    }

    /** The factory of an executor on virtual threads. */
    static ThreadFactory virtual(String name) {
        return withContext(Thread.ofVirtual()
                .name(name + "_", 0)
                .inheritInheritableThreadLocals(false)
                .factory());
    }

    private static ThreadFactory numbered(String prefix, ThreadFactory factory) {
        AtomicLong number = new AtomicLong();
        return task -> {
            Thread thread = factory.newThread(task);
            if (thread != null) {
                thread.setName(prefix + "_" + number.getAndIncrement());
            }
            return thread;
        };
    }

    private static ThreadFactory withContext(ThreadFactory factory) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return task -> {
            Thread thread = factory.newThread(task);
            thread.setContextClassLoader(context);
            return thread;
        };
    }
}
