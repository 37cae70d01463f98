// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/**
 * The two counters of a {@link Segment}, each on a cache line of its own: adders and pollers are on different cores,
 * and a line that both of them write to goes back and forth for each item. See {@link Padded}.
 */
@SuppressWarnings("unused") // The padding is there to be nowhere used.
final class SegmentEnds {
    private SegmentEnds() {}

    abstract static class Adding extends Padded {
        volatile int added;
    }

    abstract static class Between extends Adding {
        long b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15;
    }

    abstract static class PollingBare extends Between {
        volatile int polled;
    }

    abstract static class Polling extends PollingBare {
        long c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15;
    }
}
