// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

/** Something of which there may be many on the heap. */
interface Ballast {
    /** Makes what is there before: the executor, or the promises. */
    void prepare(int n) throws Exception;

    /** Loads the heap with {@code n} pieces. */
    void load(int n) throws Exception;

    /** Lets go of everything. */
    void unload() throws Exception;
}
