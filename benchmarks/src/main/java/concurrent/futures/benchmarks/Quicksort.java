// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.Arrays;

/** The steps of a quicksort. Ranges include {@code from} and exclude {@code to}. */
final class Quicksort {
    private static final int SHORT = 1_000;

    private Quicksort() {}

    /** Whether a range is not worth a task. */
    static boolean isShort(int from, int to) {
        return to - from <= SHORT;
    }

    static void sortShort(int[] numbers, int from, int to) {
        Arrays.sort(numbers, from, to);
    }

    /** Moves what is less than some number before it and the rest behind it, and tells its place. */
    static int partition(int[] numbers, int from, int to) {
        int last = to - 1;
        swap(numbers, (from + to) >>> 1, last);
        int pivot = numbers[last];
        int place = from;
        for (int i = from; i < last; i++) {
            if (numbers[i] < pivot) {
                swap(numbers, i, place++);
            }
        }
        swap(numbers, place, last);
        return place;
    }

    private static void swap(int[] numbers, int i, int j) {
        int number = numbers[i];
        numbers[i] = numbers[j];
        numbers[j] = number;
    }
}
