// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A run that was made up, and what to make up others of. */
final class Fixture {
    private Fixture() {}

    /** A folder with results of JMH, of the heap, and a machine. */
    static Path folder() {
        try {
            return Path.of(Fixture.class.getResource("run").toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static Results results() throws IOException {
        return Results.read(List.of(folder()));
    }

    static Results resultsOf(Result... all) {
        Results results = new Results();
        List.of(all).forEach(results::add);
        return results;
    }

    /** In the suite Submit, with parameters as {@code name=value}. */
    static Result result(String contestant, double value, double error, Unit unit, String... params) {
        SequencedMap<String, String> named = new LinkedHashMap<>();
        for (String param : params) {
            String[] parts = param.split("=", -1);
            named.put(parts[0], parts[1]);
        }
        return new Result(
                new Case("Submit", "submit", named, "avgt"),
                contestant,
                new Score(value, error, unit),
                Map.of(),
                /* allocated= */ null,
                new Result.Settings("avgt", 1, "1 × 1 s", "1 × 1 s"),
                /* machine= */ null);
    }
}
