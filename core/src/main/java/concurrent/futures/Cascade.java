// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Steps that lead to further steps, from one future to the next, on one thread: along a chain of any length they take
 * no more than a fixed depth of stack.
 */
final class Cascade {
    /** So many steps run one inside the other; further ones wait until the outermost is back. */
    private static final int MOST_NESTED = 50;

    private static final ThreadLocal<@Nullable Cascade> CURRENT = new ThreadLocal<>();

    private final Queue<Runnable> postponed = new ArrayDeque<>();
    private int depth;

    private Cascade() {}

    /** Runs a step; all that it leads to has been run when the outermost call on this thread returns. */
    static void run(Runnable step) {
        Cascade current = CURRENT.get();
        if (current != null) {
            current.next(step);
            return;
        }
        Cascade outermost = new Cascade();
        CURRENT.set(outermost);
        try {
            outermost.runAll(step);
        } finally {
            CURRENT.remove();
        }
    }

    private void next(Runnable step) {
        if (depth >= MOST_NESTED) {
            postponed.add(step);
            return;
        }
        depth++;
        try {
            step.run();
        } finally {
            depth--;
        }
    }

    private void runAll(Runnable first) {
        Runnable step = first;
        while (step != null) {
            try {
                next(step);
            } catch (Throwable thrown) {
                // Those that wait behind have nothing to do with it.
                Log.error("failed to pass on the outcome of a future", thrown);
            }
            step = postponed.poll();
        }
    }
}
