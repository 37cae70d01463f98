// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.util.List;

/** The goals of the design, in its order. A latency of at most one half is a ratio of at least 2. */
final class Goals {
    private static final String ONE = "submit to result, 1 submitter, 2 workers";
    private static final Selector ONE_SUBMITTER = Selector.of("Submit", "submitters=1", "workers=2");
    private static final Selector FOUR_SUBMITTERS = Selector.of("Submit", "submitters=4", "workers=2");
    private static final Selector BACK_TO_BACK = Selector.of("RoundTrip", "none");
    private static final Selector AFTER_IDLING = Selector.of("RoundTrip", "idle");
    private static final Selector ONE_CHILD = Selector.of("Nested", "one");
    private static final Selector BOTH_CHILDREN = Selector.of("Nested", "both");
    private static final Selector PENDING = Selector.of(HeapFile.SUITE, "pending", "n=1000000");
    private static final Selector MILLION_FUTURES = Selector.of("AsCompleted", "n=1000000");
    private static final Selector MILLION_ITEMS = Selector.of("MapMany", "ordered|input", "work=0|none");
    private static final Selector SLEEPERS = Selector.of("Sleepers");

    static final List<Goal> ALL = List.of(
            Goal.times(4, Contestants.THREAD_POOL, ONE, ONE_SUBMITTER),
            Goal.times(2.5, Contestants.ANY_FORK_JOIN, ONE, ONE_SUBMITTER),
            Goal.times(2, Contestants.COMPLETABLE_FUTURE, ONE, ONE_SUBMITTER),
            Goal.times(1.2, Contestants.BEST_OF_JDK, "the same, 4 submitters", FOUR_SUBMITTERS),
            Goal.times(2, Contestants.BEST_OF_JDK, "round trip, back to back", BACK_TO_BACK),
            Goal.times(1, Contestants.BEST_OF_JDK, "round trip, after 1 ms idle", AFTER_IDLING),
            Goal.times(1, Contestants.FORK_JOIN, "fib, one child submitted", ONE_CHILD),
            Goal.times(1, Contestants.FORK_JOIN, "fib, both children submitted", BOTH_CHILDREN),
            Goal.bytes(32, "heap per pending task", PENDING),
            Goal.times(3, Contestants.COMPLETION_SERVICE, "asCompleted, 1,000,000 futures", MILLION_FUTURES),
            Goal.times(10, Contestants.MAP_CONCURRENT, "map, 1,000,000 items", MILLION_ITEMS),
            Goal.times(1, Contestants.VIRTUAL_THREADS, "100,000 blocking tasks, 10,000 at a time", SLEEPERS)
                    .by(Contestants.OURS_VIRTUAL));

    private Goals() {}

    static String table(Results results) {
        Table table = new Table(List.of("goal", "peer", "at least", "measured", ""), /* textColumns= */ 2);
        for (Goal goal : ALL) {
            goal.lines(results).forEach(table::add);
        }
        return table.text();
    }
}
