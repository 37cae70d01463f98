// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What all contestants achieved in one case.
 *
 * @param label what tells the case from others of its suite
 */
record Contest(Case of, String label, Collection<Result> results) {
    /** With the suite in front. */
    String title() {
        return label.isEmpty() ? of.suite() : of.suite() + ", " + label;
    }

    /** Our result: that of our main contestant, if it takes part. */
    Optional<Result> ours() {
        return entries().stream().findFirst();
    }

    /** The result of this contestant of ours, or of our main one if it does not take part. */
    Optional<Result> ours(String preferred) {
        return entries().stream()
                .filter(result -> result.contestant().equals(preferred))
                .findFirst()
                .or(this::ours);
    }

    /** Our contestants, the main one first. */
    private List<Result> entries() {
        return results.stream()
                .filter(Contest::isOurs)
                .sorted(Comparator.comparing(result -> !result.contestant().equals(Contestants.OURS)))
                .toList();
    }

    /** All others, the best first. */
    List<Result> peers() {
        Comparator<Result> byValue =
                Comparator.comparingDouble(result -> result.score().value());
        return results.stream()
                .filter(result -> !isOurs(result))
                .sorted(unit().moreIsBetter() ? byValue.reversed() : byValue)
                .toList();
    }

    /** The best of these, as far as they took part. */
    Optional<Result> bestOf(Collection<String> names) {
        return peers().stream()
                .filter(peer -> names.contains(peer.contestant()))
                .findFirst();
    }

    /** Ours before the peers. */
    List<Result> ranking() {
        List<Result> ranking = new ArrayList<>(entries());
        ranking.addAll(peers());
        return ranking;
    }

    /** How our result compares with another, or nothing if there is none. */
    Optional<Ratio> ratioTo(Result peer) {
        return ours().map(ours -> Ratio.of(ours.score(), peer.score()));
    }

    Unit unit() {
        return results.iterator().next().score().unit();
    }

    /** The scale in which our score is easy to read. */
    Unit.Scale scale() {
        return unit().scaleFor(ranking().getFirst().score().value());
    }

    List<Machine> machines() {
        return results.stream()
                .map(Result::machine)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static boolean isOurs(Result result) {
        return Contestants.isOurs(result.contestant());
    }
}
