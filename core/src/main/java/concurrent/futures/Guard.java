// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.ref.Cleaner.Cleanable;

/** Closes the arrivals of an iteration that nobody can reach any more, unless it is dismissed before. */
final class Guard {
    private final Watch watch;
    private final Cleanable cleanable;

    private Guard(Watch watch, Cleanable cleanable) {
        this.watch = watch;
        this.cleanable = cleanable;
    }

    static Guard over(Object iteration, Arrivals<?> arrivals) {
        Watch watch = new Watch(arrivals);
        return new Guard(watch, Reclaim.register(iteration, watch));
    }

    /** Forgets the iteration at once, instead of when it is collected. */
    void dismiss() {
        watch.dismissed = true;
        cleanable.clean();
    }

    /** What the cleaner runs; does not refer to the iteration. */
    private static final class Watch implements Runnable {
        private final Arrivals<?> arrivals;
        private volatile boolean dismissed;

        Watch(Arrivals<?> arrivals) {
            this.arrivals = arrivals;
        }

        @Override
        public void run() {
            if (!dismissed) {
                arrivals.close();
            }
        }
    }
}
