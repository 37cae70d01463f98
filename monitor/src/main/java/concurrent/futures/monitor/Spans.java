// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tasks that are drawn: all of the latest, and of those before as many as there is room for. When that is full, half
 * of it goes: the shorter a task was, the sooner. So a run of hours is there from its beginning.
 */
final class Spans {
    private final int recentBound;
    private final int earlierBound;
    private final ArrayDeque<Span> recent = new ArrayDeque<>();
    private List<Span> earlier = new ArrayList<>();
    private double threshold;

    Spans(int recentBound, int earlierBound) {
        this.recentBound = recentBound;
        this.earlierBound = earlierBound;
    }

    void add(Span span) {
        recent.add(span);
        if (recent.size() > recentBound) {
            Span oldest = recent.remove();
            if (worth(oldest) >= threshold) {
                earlier.add(oldest);
            }
        }
        if (earlier.size() > earlierBound) {
            thinOut();
        }
    }

    int size() {
        return earlier.size() + recent.size();
    }

    /** All of them, in the order in which they ended. */
    List<Span> all() {
        List<Span> all = new ArrayList<>(earlier);
        all.addAll(recent);
        return all;
    }

    private void thinOut() {
        double[] worths = earlier.stream().mapToDouble(Spans::worth).toArray();
        Arrays.sort(worths);
        threshold = worths[worths.length / 2];
        List<Span> kept = new ArrayList<>(earlierBound + 1);
        for (Span span : earlier) {
            if (worth(span) > threshold) {
                kept.add(span);
            }
        }
        earlier = kept;
    }

    private static double worth(Span span) {
        return (span.run() + 1) / (Span.lot(span.id()) + 1e-9);
    }
}
