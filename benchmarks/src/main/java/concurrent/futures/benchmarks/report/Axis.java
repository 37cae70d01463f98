// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Where values are in a drawing.
 *
 * @param isLog whether equal ratios, rather than equal differences, are equally far apart
 * @param from the place of the least value, in the drawing's units
 * @param to the place of the greatest
 */
record Axis(boolean isLog, double least, double greatest, double from, double to) {
    private static final double[] STEPS = {1, 2, 5};
    private static final int MOST_TICKS = 6;
    private static final double SLACK = 1e-9; // for what 10 to some power leaves unrounded

    static Axis linear(double greatest, double from, double to) {
        return new Axis(/* isLog= */ false, 0, greatest > 0 ? greatest : 1, from, to);
    }

    /** Both ends are widened to ticks. All values are greater than 0. */
    static Axis log(double least, double greatest, double from, double to) {
        double first = -1;
        double last = -1;
        for (double step : steps(least / 10, greatest * 10)) {
            first = step <= least * (1 + SLACK) ? step : first;
            last = last < 0 && step >= greatest * (1 - SLACK) && step > first ? step : last;
        }
        return new Axis(/* isLog= */ true, first, last, from, to);
    }

    /** The place of a value. What is beyond an end is put there. */
    double place(double value) {
        double within = Math.clamp(value, least, greatest);
        double share =
                isLog ? Math.log(within / least) / Math.log(greatest / least) : (within - least) / (greatest - least);
        return from + share * (to - from);
    }

    List<Double> ticks() {
        if (isLog) {
            List<Double> all = within(steps(least, greatest));
            return all.size() <= MOST_TICKS
                    ? all
                    : all.stream().filter(Axis::isPowerOfTen).toList();
        }
        double step = steps(greatest / MOST_TICKS, greatest).getFirst();
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i * step <= greatest * (1 + SLACK); i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private List<Double> within(List<Double> steps) {
        return steps.stream()
                .filter(step -> step >= least * (1 - SLACK) && step <= greatest * (1 + SLACK))
                .toList();
    }

    /** The numbers 1, 2 and 5 with zeros or points, from the first not below a value to the first not below another. */
    private static List<Double> steps(double least, double greatest) {
        List<Double> steps = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(least)); ; power++) {
            for (double step : STEPS) {
                double value = step * Math.pow(10, power);
                if (value >= least * (1 - SLACK)) {
                    steps.add(value);
                }
                if (value >= greatest) {
                    return steps;
                }
            }
        }
    }

    private static boolean isPowerOfTen(double value) {
        double power = Math.log10(value);
        return Math.abs(power - Math.rint(power)) < SLACK;
    }
}
