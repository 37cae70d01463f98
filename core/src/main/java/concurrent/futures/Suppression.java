// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/** Failures that come together. */
final class Suppression {
    private Suppression() {}

    /** Adds an exception to one that came first, unless one of the two has the other already. */
    static void add(Throwable first, Throwable further) {
        if (first != further && !has(first, further) && !has(further, first)) {
            first.addSuppressed(further);
        }
    }

    private static boolean has(Throwable thrown, Throwable suppressed) {
        for (Throwable each : thrown.getSuppressed()) {
            if (each == suppressed) {
                return true;
            }
        }
        return false;
    }
}
