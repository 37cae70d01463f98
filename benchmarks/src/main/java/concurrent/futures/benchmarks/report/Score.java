// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

/**
 * What was measured: in operations per second, seconds per operation, or bytes.
 *
 * @param value the mean
 * @param error how far the 99.9 % interval goes to either side; {@code NaN} if one measurement was all there was
 * @param unit of both
 */
record Score(double value, double error, Unit unit) {
    double low() {
        return Math.max(0, value - error);
    }

    double high() {
        return value + error;
    }

    /** Whether there is an error to show. A heap that has been counted has none. */
    boolean hasError() {
        return error > 0;
    }

    /** In a table whose head names the scale. */
    String text(Unit.Scale scale) {
        double scaled = value / scale.factor();
        if (unit == Unit.BYTES) {
            return Numbers.bytes(scaled);
        }
        int decimals = Numbers.decimals(scaled);
        String number = Numbers.fixed(scaled, decimals);
        if (Double.isNaN(error)) {
            return number + " ± ?";
        }
        return hasError() ? number + " ± " + Numbers.fixed(error / scale.factor(), decimals) : number;
    }
}
