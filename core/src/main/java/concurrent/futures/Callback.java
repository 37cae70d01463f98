// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/** A user's callback as a listener. */
final class Callback extends Listener {
    private final DoneCallback<?> callback;

    Callback(DoneCallback<?> callback) {
        this.callback = callback;
    }

    @Override
    boolean runsUserCode() {
        return true;
    }

    @Override
    @SuppressWarnings("unchecked") // The future that it was added to accepts it.
    void done(Future<?> future) throws Exception {
        Cascade suspended = Cascade.suspend();
        Inheritance outer = Inheritance.suspend();
        try {
            ((DoneCallback<Object>) callback).done(future);
        } finally {
            Inheritance.resume(outer);
            Cascade.resume(suspended);
        }
    }
}
