// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import org.jspecify.annotations.Nullable;

/** Tasks in the queue of an executor, all the same, to whose futures nobody holds on. */
final class PendingTasks implements Ballast {
    private final String contestant;
    private @Nullable Contestant executor;
    private @Nullable Blocker blocker;

    PendingTasks(String contestant) {
        this.contestant = contestant;
    }

    @Override
    public void prepare(int n) throws InterruptedException {
        executor = Contestants.open(contestant, 1);
        blocker = new Blocker(executor);
    }

    @Override
    public void load(int n) {
        Contestant executor = this.executor;
        for (int i = 0; i < n && executor != null; i++) {
            executor.submit(Work.NOTHING);
        }
    }

    @Override
    public void unload() throws Exception {
        if (blocker != null && executor != null) {
            blocker.release();
            executor.close();
        }
        blocker = null;
        executor = null;
    }
}
