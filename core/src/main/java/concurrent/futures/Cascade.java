// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Steps that lead to further steps, from one future to the next, on one thread: along a chain of any length they take
 * no more than a fixed depth of stack.
 */
final class Cascade {
    /*
     * Overview
     * --------
     * Steps run one inside the other up to a depth; those beyond wait until the outermost is back. Code of users that a
     * step runs may wait for what it sets going itself, so it has a cascade of its own, which is at its end before that
     * code goes on. If such code is nested too deep as well, what it sets going waits until the code is back or waits.
     */
    /** So many steps run one inside the other. */
    private static final int MOST_NESTED = 16;

    /** So many functions and callbacks of users, one inside the other, have a cascade of their own. */
    private static final int MOST_LEVELS = 50;

    private static final ThreadLocal<@Nullable Cascade> CURRENT = new ThreadLocal<>();

    private final Queue<Runnable> postponed = new ArrayDeque<>();
    private final int level;
    private int depth;

    /** Whether a step of this cascade is being run, and not code of users that has not set anything going. */
    private boolean active;

    private Cascade(int level, int depth) {
        this.level = level;
        this.depth = depth;
    }

    /**
     * Runs a step; all that it leads to has been run when the outermost call on this thread returns, or the outermost
     * one inside of the function that is being run.
     */
    static void run(Runnable step) {
        Cascade current = CURRENT.get();
        if (current == null) {
            Cascade outermost = new Cascade(0, 0);
            CURRENT.set(outermost);
            try {
                outermost.runAll(step);
            } finally {
                CURRENT.remove();
            }
        } else if (current.active) {
            current.next(step);
        } else {
            current.runAll(step);
        }
    }

    /** The current thread is about to run code of users; what was before is to be {@linkplain #resume resumed}. */
    static @Nullable Cascade suspend() {
        Cascade current = CURRENT.get();
        if (current == null || !current.active || current.level == MOST_LEVELS) {
            return null;
        }
        CURRENT.set(new Cascade(current.level + 1, current.depth));
        return current;
    }

    /** Runs code of users. */
    static <V extends @Nullable Object> V callOutside(Callable<V> code) throws Exception {
        Cascade suspended = suspend();
        try {
            return code.call();
        } finally {
            resume(suspended);
        }
    }

    static void resume(@Nullable Cascade suspended) {
        if (suspended != null) {
            CURRENT.set(suspended);
        }
    }

    /** The current thread is about to wait, perhaps for something that has been postponed: runs all of that. */
    static void runPostponed() {
        Cascade current = CURRENT.get();
        if (current != null) {
            current.drain();
        }
    }

    private void next(Runnable step) {
        if (depth >= MOST_NESTED) {
            postponed.add(step);
        } else {
            perform(step);
        }
    }

    private void runAll(Runnable first) {
        active = true;
        try {
            perform(first);
            drain();
        } finally {
            active = false;
        }
    }

    private void drain() {
        for (Runnable step = postponed.poll(); step != null; step = postponed.poll()) {
            perform(step);
        }
    }

    private void perform(Runnable step) {
        depth++;
        try {
            step.run();
        } catch (Throwable thrown) {
            // Those that wait behind have nothing to do with it.
            Log.error("failed to pass on the outcome of a future", thrown);
        } finally {
            depth--;
        }
    }
}
