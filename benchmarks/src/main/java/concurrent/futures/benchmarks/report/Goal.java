// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.util.List;

/**
 * What the design asks for: to be so many times as good as the best of some peers, or, without peers, to need at most
 * so many bytes.
 *
 * @param ours which of our contestants it is about, if it takes part
 */
record Goal(String what, Selector cases, String ours, Contestants.Group peers, double bound) {
    private static final String NOTHING = "–";

    static Goal times(double bound, Contestants.Group peers, String what, Selector cases) {
        return new Goal(what, cases, Contestants.OURS, peers, bound);
    }

    static Goal bytes(double bound, String what, Selector cases) {
        return new Goal(what, cases, Contestants.OURS, Contestants.NOBODY, bound);
    }

    Goal by(String contestant) {
        return new Goal(what, cases, contestant, peers, bound);
    }

    /** The lines of the table: one for each case that is meant and was measured, or one that says there is none. */
    List<List<String>> lines(Results results) {
        List<Contest> contests = results.contests(cases.suite()).stream()
                .filter(contest -> cases.matches(contest.of()) && isMeasured(contest))
                .toList();
        if (contests.isEmpty()) {
            return List.of(List.of(what, peers.text(), boundText(), NOTHING, "not measured"));
        }
        return contests.stream()
                .map(contest -> line(contest, contests.size() == 1 ? what : what + " (" + contest.label() + ")"))
                .toList();
    }

    private boolean isMeasured(Contest contest) {
        return contest.ours().isPresent()
                && (isAbsolute() || contest.bestOf(peers.names()).isPresent());
    }

    private List<String> line(Contest contest, String title) {
        Score score = contest.ours(ours).orElseThrow().score();
        if (isAbsolute()) {
            String measured = Numbers.bytes(score.value()) + " B";
            return List.of(title, peers.text(), boundText(), measured, verdict(score.value() <= bound));
        }
        Result peer = contest.bestOf(peers.names()).orElseThrow();
        Ratio ratio = Ratio.of(score, peer.score());
        String verdict = verdict(ratio.value() >= bound);
        return List.of(
                title,
                peers.text(peer.contestant(), contest),
                boundText(),
                Ratio.times(ratio.value()),
                ratio.mayBe(bound) ? verdict + " " + Ratio.OVERLAP : verdict);
    }

    private String boundText() {
        return isAbsolute() ? "at most " + Numbers.brief(bound) + " B" : Numbers.brief(bound) + "×";
    }

    private boolean isAbsolute() {
        return peers.names().isEmpty();
    }

    private static String verdict(boolean met) {
        return met ? "met" : "**missed**";
    }
}
