// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names cases without their exact spelling.
 *
 * @param suite the suite they are of
 * @param words what each of them has in its method or its parameters: {@code one}, {@code workers=2}; alternatives are
 *     separated by a bar
 */
record Selector(String suite, List<String> words) {
    private static final String BETWEEN_WORDS = "[^a-z0-9]+";

    static Selector of(String suite, String... words) {
        return new Selector(suite, List.of(words));
    }

    boolean matches(Case candidate) {
        return candidate.suite().equals(suite) && words.stream().allMatch(word -> hasOne(candidate, word));
    }

    private static boolean hasOne(Case candidate, String alternatives) {
        Set<String> words = words(candidate);
        return List.of(alternatives.split("\\|", -1)).stream().anyMatch(words::contains);
    }

    private static Set<String> words(Case candidate) {
        Set<String> words = new HashSet<>(split(candidate.method()));
        candidate.params().forEach((name, value) -> {
            words.add(name + "=" + value);
            words.addAll(split(value));
        });
        return words;
    }

    private static List<String> split(String text) {
        return List.of(Case.words(text).toLowerCase(Locale.ROOT).split(BETWEEN_WORDS, -1));
    }
}
