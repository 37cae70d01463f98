// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What JMH writes with {@code -rf json}. */
final class JmhFile {
    private static final String ALLOCATED = "gc.alloc.rate.norm"; // older versions have a dot in front
    private static final List<String> PERCENTILES = List.of("50.0", "99.0");
    private static final String SAMPLED = "sample";

    private JmhFile() {}

    static List<Result> read(Path file, @Nullable Machine machine) {
        List<Result> results = new ArrayList<>();
        for (JsonNode entry : JsonMapper.shared().readTree(file)) {
            results.add(result(entry, machine));
        }
        return results;
    }

    private static Result result(JsonNode entry, @Nullable Machine machine) {
        JsonNode metric = entry.path("primaryMetric");
        String mode = entry.path("mode").asString();
        String unit = metric.path("scoreUnit").asString();
        double factor = Unit.jmhFactor(unit);
        Map<String, String> params = params(entry);
        return new Result(
                key(entry, params, mode),
                params.getOrDefault("contestant", Contestants.OURS),
                new Score(
                        number(metric.path("score")) * factor,
                        number(metric.path("scoreError")) * factor,
                        Unit.ofJmh(unit)),
                mode.equals(SAMPLED) ? percentiles(metric.path("scorePercentiles"), factor) : Map.of(),
                allocated(entry.path("secondaryMetrics")),
                settings(entry, mode),
                machine);
    }

    private static Case key(JsonNode entry, Map<String, String> params, String mode) {
        String[] names = entry.path("benchmark").asString().split("\\.", -1);
        if (names.length < 2) {
            throw new IllegalArgumentException("not a result of JMH: " + entry);
        }
        return new Case(names[names.length - 2], names[names.length - 1], Case.params(params), mode);
    }

    private static SequencedMap<String, String> params(JsonNode entry) {
        SequencedMap<String, String> params = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> param : entry.path("params").properties()) {
            params.put(param.getKey(), param.getValue().asString());
        }
        int threads = entry.path("threads").asInt(1);
        if (threads > 1) {
            params.put("threads", Integer.toString(threads));
        }
        return params;
    }

    private static Map<String, Double> percentiles(JsonNode all, double factor) {
        Map<String, Double> percentiles = new LinkedHashMap<>();
        for (String percent : PERCENTILES) {
            if (all.has(percent)) {
                percentiles.put(percent, number(all.path(percent)) * factor);
            }
        }
        return percentiles;
    }

    private static @Nullable Double allocated(JsonNode metrics) {
        for (Map.Entry<String, JsonNode> metric : metrics.properties()) {
            if (metric.getKey().endsWith(ALLOCATED)) {
                return number(metric.getValue().path("score"));
            }
        }
        return null;
    }

    private static Result.Settings settings(JsonNode entry, String mode) {
        return new Result.Settings(
                mode, entry.path("forks").asInt(0), iterations(entry, "warmup"), iterations(entry, "measurement"));
    }

    /** Single shots have a count but no time that means anything. Other programs than JMH do not tell either. */
    private static String iterations(JsonNode entry, String kind) {
        String count = entry.path(kind + "Iterations").asString("");
        boolean isTimed = !count.isEmpty() && !entry.path("mode").asString().equals("ss");
        return isTimed ? count + " × " + entry.path(kind + "Time").asString() : count;
    }

    /** JMH writes what is not a number as the text {@code "NaN"}. */
    private static double number(JsonNode node) {
        return node.isNumber() ? node.doubleValue() : Double.NaN;
    }
}
