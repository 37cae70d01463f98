// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/**
 * A place in which a future is being run: a turn of a thread, a worker elsewhere, or nowhere in particular.
 *
 * <p>While a future runs, its frame is its state.
 */
abstract class Frame extends Open {
    /** The frame of a promise that was told it runs: nobody is there to be told of a cancellation. */
    static final Frame NOWHERE = new Frame() {
        @Override
        void cancel(boolean mayInterrupt) {}

        @Override
        public String toString() {
            return "";
        }
    };

    /**
     * Tells the place that the future it runs has been cancelled. An interrupt has been delivered, or has been
     * arranged for, when this returns.
     */
    abstract void cancel(boolean mayInterrupt);

    /** Whether whoever runs the future here waits for it himself. */
    boolean isAwaited() {
        return false;
    }

    /** Interrupts what is run here, and what that runs itself while it waits for it. */
    void interruptAll() {
        cancel(/* mayInterrupt= */ true);
    }

    /** The same for one of several, which are interrupted whatever goes wrong with it. */
    final void interruptOneOfSeveral() {
        try {
            interruptAll();
        } catch (Throwable thrown) {
            // The threads of users' factories may do anything.
            Log.error("failed to interrupt a task", thrown);
        }
    }
}
