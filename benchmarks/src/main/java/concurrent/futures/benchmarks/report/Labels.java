// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names for the cases of a suite. A name says what tells a case from the others; what they share is said once. */
final class Labels {
    private final Collection<Case> cases;
    private final boolean methodsDiffer;
    private final Set<String> differing = new LinkedHashSet<>();
    private final Set<String> shared = new LinkedHashSet<>();

    Labels(Collection<Case> cases) {
        this.cases = cases;
        this.methodsDiffer = cases.stream().map(Case::method).distinct().count() > 1;
        cases.forEach(one -> shared.addAll(one.params().keySet()));
        for (String param : shared) {
            if (values(param) > 1) {
                differing.add(param);
            }
        }
        shared.removeAll(differing);
    }

    /** Such as {@code submitters 1, workers 2}; empty for a case without others. */
    String label(Case one) {
        List<String> parts = new ArrayList<>();
        if (methodsDiffer) {
            parts.add(Case.words(one.method()));
        }
        parts.addAll(params(one, differing));
        return String.join(", ", parts);
    }

    /** The parameters that are the same in all cases; empty if there are none. */
    String common() {
        return String.join(", ", params(cases.iterator().next(), shared));
    }

    /** The parameters that have more than one value. */
    List<String> differing() {
        return List.copyOf(differing);
    }

    private long values(String param) {
        return cases.stream().map(one -> one.param(param)).distinct().count();
    }

    private static List<String> params(Case one, Set<String> names) {
        return one.params().keySet().stream()
                .filter(names::contains)
                .map(name -> Case.words(name) + " " + grouped(one.param(name)))
                .toList();
    }

    /** A large number with commas, anything else as it is. */
    private static String grouped(String value) {
        return value.matches("\\d{4,18}") ? String.format(Locale.ROOT, "%,d", Long.parseLong(value)) : value;
    }
}
