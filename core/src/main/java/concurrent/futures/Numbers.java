// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/** The checks of numbers given by callers. */
final class Numbers {
    private Numbers() {}

    /** Checks a number of workers; the message is the one that Python has. */
    static int maxWorkers(int maxWorkers) {
        if (maxWorkers <= 0) {
            throw new IllegalArgumentException("max_workers must be greater than 0");
        }
        return maxWorkers;
    }

    static int notNegative(int number, String name) {
        if (number < 0) {
            throw new IllegalArgumentException(name + " must not be negative: " + number);
        }
        return number;
    }

    static int positive(int number, String name) {
        if (number <= 0) {
            throw new IllegalArgumentException(name + " must be greater than 0: " + number);
        }
        return number;
    }
}
