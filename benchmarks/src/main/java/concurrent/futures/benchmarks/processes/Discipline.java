// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.processes;

import java.util.List;
import java.util.Set;

/**
 * What is measured.
 *
 * @param name for the table, and for the contestants to know what to do
 * @param unit of the values
 * @param moreIsBetter whether great values are the good ones
 * @param ratio how many times as good as CPython we want to be at least; 0 if that is not the question
 * @param limit the value that we want to have at most, 99 times out of 100; 0 if that is not the question
 * @param contestants who takes part
 */
record Discipline(String name, String unit, boolean moreIsBetter, double ratio, double limit, Set<String> contestants) {
    static final String OURS = "concurrent-futures";
    static final String CPYTHON = "CPython";
    static final String PP4J = "PP4J";

    private static final String TASKS = "tasks/s";
    private static final String ITEMS = "items/s";
    private static final String MILLIS = "ms";
    private static final String MEGABYTES = "MB";

    static final List<Discipline> ALL = List.of(
            more("round trip, stateless function, 1 worker", TASKS, 4).by(OURS, CPYTHON, PP4J),
            more("round trip, function of an int, 1 worker", TASKS, 4).by(OURS, CPYTHON, PP4J),
            more("submit 10,000 and ask, 1 worker", TASKS, 4).by(OURS, CPYTHON, PP4J),
            more("submit 10,000 and ask, 2 workers", TASKS, 4).by(OURS, CPYTHON, PP4J),
            more("map, chunks of 1, 1 worker", ITEMS, 4).by(OURS, CPYTHON),
            more("map, chunks of 1, 2 workers", ITEMS, 4).by(OURS, CPYTHON),
            more("map, chunks of 100, 1 worker", ITEMS, 1.5).by(OURS, CPYTHON),
            more("map, chunks of 100, 2 workers", ITEMS, 1.5).by(OURS, CPYTHON),
            more("map, chunks of 1000, 1 worker", ITEMS, 1.5).by(OURS, CPYTHON),
            more("map, chunks of 1000, 2 workers", ITEMS, 1.5).by(OURS, CPYTHON),
            less("echo of 1 MB of bytes", MILLIS, 2).by(OURS, CPYTHON, PP4J),
            less("echo of a list of 1000 ints", MILLIS, 2).by(OURS, CPYTHON, PP4J),
            less("first result of a cold worker", MILLIS, 1 / 1.5).by(OURS, CPYTHON, PP4J),
            less("first result of a cold worker, start-up cache", MILLIS, 1).by(OURS, CPYTHON),
            less("memory of an idle worker", MEGABYTES, 1 / 3.0).by(OURS, CPYTHON, PP4J),
            less("memory of an idle worker, start-up cache", MEGABYTES, 1 / 3.0).by(OURS, CPYTHON),
            atMost("from a deadline to the failed future", 20).by(OURS),
            atMost("from a deadline to a result of the replacement", 120).by(OURS),
            atMost("from the death of the parent to that of all children", 100).by(OURS, CPYTHON, PP4J));

    private static Discipline more(String name, String unit, double ratio) {
        return new Discipline(name, unit, /* moreIsBetter= */ true, ratio, /* limit= */ 0, Set.of());
    }

    private static Discipline less(String name, String unit, double ratio) {
        return new Discipline(name, unit, /* moreIsBetter= */ false, ratio, /* limit= */ 0, Set.of());
    }

    private static Discipline atMost(String name, double limit) {
        return new Discipline(name, MILLIS, /* moreIsBetter= */ false, /* ratio= */ 0, limit, Set.of());
    }

    private Discipline by(String... names) {
        return new Discipline(name, unit, moreIsBetter, ratio, limit, Set.of(names));
    }

    /** Whether it is not measured by asking a contestant, but by killing it. */
    boolean isFatal() {
        return name.startsWith("from the death");
    }
}
