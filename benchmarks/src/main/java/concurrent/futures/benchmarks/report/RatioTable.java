// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How we compare with the peers, and nothing else. */
final class RatioTable {
    private static final String NOTHING = "";
    private static final String FAILED = "–";

    private RatioTable() {}

    /** A line for each case of a suite, a column for each peer. */
    static String ofSuite(List<Contest> contests) {
        Set<String> peers = new LinkedHashSet<>();
        contests.forEach(contest -> contest.peers().forEach(peer -> peers.add(peer.contestant())));
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(peers);
        Table table = new Table(head, /* textColumns= */ 1);
        for (Contest contest : contests) {
            List<String> line = new ArrayList<>(List.of(contest.label()));
            peers.forEach(peer -> line.add(ratio(contest, peer)));
            table.add(line);
        }
        return table.text();
    }

    private static String ratio(Contest contest, String name) {
        Optional<Result> peer = contest.bestOf(Set.of(name));
        return peer.flatMap(contest::ratioTo).map(Ratio::text).orElse(NOTHING);
    }

    /** A line for each peer in each case: what a quick run prints. */
    static String ofAll(Results results) {
        Table table = new Table(List.of("case", "peer", "ours", "theirs", "unit", "ratio"), /* textColumns= */ 2);
        for (Contest contest : results.contests()) {
            String ours = contest.ours()
                    .map(result -> result.score().text(contest.scale()))
                    .orElse(FAILED);
            for (Result peer : contest.peers()) {
                table.add(List.of(
                        contest.title(),
                        peer.contestant(),
                        ours,
                        peer.score().text(contest.scale()),
                        contest.scale().name(),
                        contest.ratioTo(peer).map(Ratio::text).orElse(FAILED)));
            }
        }
        return table.text();
    }
}
