// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/** A kind of executor that the contract is run against. */
interface ExecutorSource {
    /** A new executor with the number of workers that this kind is tested with, which may be one. */
    FutureExecutor newExecutor();

    /** A new executor that runs that many tasks at a time. */
    FutureExecutor newExecutor(int maxWorkers);

    /** Whether tasks run on threads that the library knows to be those of the executor. */
    default boolean runsTasksItself() {
        return true;
    }

    /**
     * Whether tasks see the very objects that they capture, which may be any, and not copies in another process, of what
     * can be copied.
     */
    default boolean sharesMemory() {
        return true;
    }

    /** How often the tests of races try; fewer where each task is dear. */
    default int rounds() {
        return 150;
    }

    /** Closes an executor before the end of the block that would do so anyway. */
    static void end(FutureExecutor executor) {
        executor.close();
    }
}
