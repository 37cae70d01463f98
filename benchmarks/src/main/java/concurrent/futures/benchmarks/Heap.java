// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

/** How much of the heap is in use. */
final class Heap {
    private static final int MOST_COLLECTIONS = 10;
    private static final int PAUSE_MILLIS = 20;

    private Heap() {}

    /** The bytes that are left when collecting garbage again frees no more. */
    static long used() throws InterruptedException {
        long used = collected();
        for (int i = 0; i < MOST_COLLECTIONS; i++) {
            long again = collected();
            if (again >= used) {
                return again;
            }
            used = again;
        }
        return used;
    }

    private static long collected() throws InterruptedException {
        System.gc();
        Thread.sleep(PAUSE_MILLIS); // for what is reclaimed by threads after a collection
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
