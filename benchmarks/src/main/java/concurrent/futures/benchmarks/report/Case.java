// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What every contestant has to do.
 *
 * @param suite the simple name of the class of benchmarks
 * @param method the benchmark in it
 * @param params all parameters but the contestant, in the order of their declaration
 * @param mode the short name that JMH gives to the way of measuring
 */
record Case(String suite, String method, SequencedMap<String, String> params, String mode) {
    private static final String CASE_CHANGE = "(?<=[a-z])(?=[A-Z])";

    /** The value of a parameter, or an empty text. */
    String param(String name) {
        return params.getOrDefault(name, "");
    }

    Case without(String param) {
        SequencedMap<String, String> others = new LinkedHashMap<>(params);
        others.remove(param);
        return new Case(suite, method, others, mode);
    }

    /** The name of a section or a file: {@code MapMany} is {@code map-many}. */
    static String slug(String name) {
        String hyphenated = name.replaceAll(CASE_CHANGE, "-").toLowerCase(Locale.ROOT);
        return hyphenated.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    /** {@code oneChild} is "one child". */
    static String words(String name) {
        return name.replaceAll(CASE_CHANGE, " ").replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    /** The parameters without the one that tells who takes part. */
    static SequencedMap<String, String> params(Map<String, String> all) {
        SequencedMap<String, String> params = new LinkedHashMap<>(all);
        params.remove("contestant");
        return params;
    }
}
