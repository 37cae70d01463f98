// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {
    private static final int DIGITS = 3;
    private static final int MOST_DECIMALS = 6;

    private Numbers() {}

    /** Three digits that mean something, or more where they stand before the point. */
    static String rounded(double value) {
        return fixed(value, decimals(value));
    }

    /** How many digits behind the point make three in all. */
    static int decimals(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return 0;
        }
        int places = DIGITS - 1 - (int) Math.floor(Math.log10(Math.abs(value)));
        return Math.clamp(places, 0, MOST_DECIMALS);
    }

    static String fixed(double value, int decimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + decimals + "f", value) : "?";
    }

    /** With one digit behind the point, if it is not a zero. */
    static String bytes(double value) {
        String number = fixed(value, 1);
        return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    }

    /** As short as it can be said, for the ticks of an axis: {@code 20k}, {@code 0.5}. */
    static String brief(double value) {
        double size = Math.abs(value);
        if (size >= 1e9) {
            return plain(value / 1e9) + "G";
        } else if (size >= 1e6) {
            return plain(value / 1e6) + "M";
        } else if (size >= 1e3) {
            return plain(value / 1e3) + "k";
        }
        return plain(value);
    }

    /** Without zeros at the end and without an exponent. */
    private static String plain(double value) {
        return new BigDecimal(value, new MathContext(DIGITS, RoundingMode.HALF_EVEN))
                .stripTrailingZeros()
                .toPlainString();
    }
}
