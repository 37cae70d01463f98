// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the program HeapPerItem prints: an object of JSON in each line. Other lines are not for us. */
final class HeapFile {
    static final String SUITE = "HeapPerItem";
    private static final String MODE = "heap";
    private static final Result.Settings SETTINGS = new Result.Settings(MODE, 1, "", "median");

    private HeapFile() {}

    static List<Result> read(Path file, @Nullable Machine machine) throws IOException {
        List<Result> results = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("{")) {
                results.add(result(JsonMapper.shared().readTree(line), machine));
            }
        }
        return results;
    }

    private static Result result(JsonNode line, @Nullable Machine machine) {
        SequencedMap<String, String> params = new LinkedHashMap<>();
        params.put("n", line.required("n").asString());
        return new Result(
                new Case(SUITE, line.required("case").asString(), params, MODE),
                line.required("contestant").asString(),
                new Score(line.required("bytesPerItem").asDouble(), 0, Unit.BYTES),
                Map.of(),
                /* allocated= */ null,
                SETTINGS,
                machine);
    }
}
