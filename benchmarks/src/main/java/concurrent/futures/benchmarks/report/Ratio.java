// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

/**
 * How many times as good as a peer we are: more than 1 means that we are ahead, whatever is measured.
 *
 * @param value the ratio of the two means
 * @param low the least it may be if both means are anywhere in their intervals
 * @param high the most it may be
 */
record Ratio(double value, double low, double high) {
    /** Marks what the run does not decide. */
    static final String OVERLAP = "≈";

    private static final double LEAST_IN_FULL = 0.1;

    static Ratio of(Score ours, Score peer) {
        ensureSameUnit(ours, peer);
        return ours.unit().moreIsBetter() ? quotient(ours, peer) : quotient(peer, ours);
    }

    private static Ratio quotient(Score above, Score below) {
        return new Ratio(above.value() / below.value(), above.low() / below.high(), above.high() / below.low());
    }

    private static void ensureSameUnit(Score ours, Score peer) {
        if (ours.unit() != peer.unit()) {
            throw new IllegalArgumentException("cannot compare " + ours + " with " + peer);
        }
    }

    /** Whether the two intervals have a value in common, or one of them is not known. */
    boolean overlaps() {
        return mayBe(1);
    }

    /** Whether the intervals allow for this ratio. */
    boolean mayBe(double ratio) {
        return !(low > ratio || high < ratio);
    }

    boolean peerIsAhead() {
        return high < 1;
    }

    /** With the mark, such as {@code 1.04× ≈}. */
    String text() {
        return overlaps() ? times(value) + " " + OVERLAP : times(value);
    }

    static String times(double factor) {
        int decimals = Numbers.decimals(factor);
        return Numbers.fixed(factor, factor < LEAST_IN_FULL ? decimals : Math.min(2, decimals)) + "×";
    }
}
