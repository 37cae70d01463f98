// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.util.Random;

/**
 * Kills a worker at a random point of its conversation with the pool, if a test has asked for that: a signal from outside
 * hardly ever comes within the few microseconds that matter.
 */
final class Mishap {
    /** The system property of a worker that says how many points it survives on the average; absent for all. */
    static final String PROPERTY = "concurrent.futures.process.mishap";

    private static final int SURVIVED = Integer.getInteger(PROPERTY, 0);

    /** A class of its own, since nobody else should have to load it. */
    private static final class Dice {
        /** Seeded by the number of the process, so that each worker has another one. Used by several threads. */
        static final Random RANDOM = new Random(ProcessHandle.current().pid());
    }

    private Mishap() {}

    /** A point at which a worker may die. */
    static void perhaps() {
        if (SURVIVED > 0 && Dice.RANDOM.nextInt(SURVIVED) == 0) {
            WorkerMain.fall();
        }
    }
}
