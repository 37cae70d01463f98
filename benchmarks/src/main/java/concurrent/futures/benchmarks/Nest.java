// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

/** Tasks that submit tasks and wait for them. */
interface Nest extends AutoCloseable {
    /** A Fibonacci number; each call submits one of the two it needs, computes the other, and waits. */
    int fibOneChild(int n) throws Exception;

    /** A Fibonacci number; each call submits the two it needs and waits for both. */
    int fibBothChildren(int n) throws Exception;

    /** Sorts by quicksort; each call submits one part, sorts the other, and waits. */
    void sort(int[] numbers) throws Exception;

    @Override
    void close();
}
