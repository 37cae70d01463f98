// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import concurrent.futures.Task;
import concurrent.futures.codec.Codec;
import concurrent.futures.codec.Filters;
import concurrent.futures.codec.Loaders;
import java.io.IOException;

/** Does in a worker, while it waits for its pool, what its first task would have to wait for otherwise. */
final class Preparation extends Thread {
    private static final int LIMIT = 1 << 12;

    Preparation() {
        super("concurrent-futures-preparation");
        setDaemon(true);
    }

    /** Has the JVM load what it needs for a task that is a lambda, and for its result. */
    @Override
    public void run() {
        Task<Integer> task = () -> LIMIT;
        try {
            byte[] bytes = Codec.encodeTask(task, LIMIT, new Loaders("preparation"));
            Object decoded = Codec.decode(bytes, Codec.Source.own());
            Codec.encodeResult(decoded == null ? 0 : LIMIT, LIMIT);
            // The second task needs that, and the first one does not wait for it.
            Filters.prepare();
        } catch (IOException e) {
            // Then the first task takes longer.
        }
    }
}
