// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The tasks that ran longest. Whether one is among them is asked by any thread; one thread adds. */
final class Slowest {
    static final int MOST = 20;
    private static final Comparator<Span> LONGEST_FIRST = Comparator.comparingLong((Span span) -> -span.run());

    private final List<Span> spans = new ArrayList<>();
    private volatile long least = -1; // what a task has to exceed

    boolean takes(long nanos) {
        return nanos > least;
    }

    /** Returns whether it is among them. */
    boolean add(Span span) {
        if (!takes(span.run())) {
            return false;
        }
        spans.add(span.withoutFailure());
        spans.sort(LONGEST_FIRST);
        if (spans.size() > MOST) {
            spans.removeLast();
        }
        if (spans.size() == MOST) {
            least = spans.getLast().run();
        }
        return true;
    }

    List<Span> spans() {
        return spans;
    }
}
