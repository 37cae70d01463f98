// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The parked workers of a pool, the last to park on top: it is woken first, with its caches warm, and the others grow
 * old enough to end.
 */
final class IdleStack {
    private static final VarHandle TOP = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "top", VarHandle.class, IdleStack.class, Worker.class);

    private volatile @Nullable Worker top;

    boolean isEmpty() {
        return top == null;
    }

    /** Pushes a worker; any thread may. */
    void push(Worker worker) {
        Worker seen = top;
        while (true) {
            worker.below = seen;
            Worker witness = (Worker) TOP.compareAndExchange(this, seen, worker);
            if (witness == seen) {
                return;
            }
            seen = witness;
        }
    }

    /**
     * Pops a worker; null if there is none. Only the holder of the pool's search token may: as nobody else pops, what
     * lies below a worker cannot change while it is on the stack.
     */
    @Nullable
    Worker pop() {
        Worker seen = top;
        while (seen != null) {
            Worker witness = (Worker) TOP.compareAndExchange(this, seen, seen.below);
            if (witness == seen) {
                seen.below = null;
                return seen;
            }
            seen = witness;
        }
        return null;
    }

    /** Has the topmost worker look whether it is still wanted. */
    void nudgeTop() {
        Worker seen = top;
        if (seen != null) {
            seen.nudge();
        }
    }

    /** Takes a worker out of the stack that is known to be in it. Only the holder of the search token may. */
    void remove(Worker worker) {
        Worker seen = top;
        while (seen == worker) {
            Worker witness = (Worker) TOP.compareAndExchange(this, seen, worker.below);
            if (witness == seen) {
                worker.below = null;
                return;
            }
            seen = witness;
        }
        Worker above = seen;
        while (above != null && above.below != worker) {
            above = above.below;
        }
        if (above != null) {
            above.below = worker.below;
            worker.below = null;
        }
    }
}
