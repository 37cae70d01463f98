// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;

/** Makes plain threads and remembers them. */
final class CountingFactory implements ThreadFactory {
    final List<Thread> threads = new CopyOnWriteArrayList<>();

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "own-" + threads.size());
        threads.add(thread);
        return thread;
    }

    int made() {
        return threads.size();
    }
}
