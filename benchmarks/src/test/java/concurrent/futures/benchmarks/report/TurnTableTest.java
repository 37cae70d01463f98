// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnTableTest {
    private static final String LINES = """
            {"discipline":"trip","unit":"tasks/s","moreIsBetter":true,"ratio":4.0,"limit":0.0,"contestant":"concurrent-futures","values":[900.0,10.0,1000.0]}
            {"discipline":"trip","unit":"tasks/s","moreIsBetter":true,"ratio":4.0,"limit":0.0,"contestant":"CPython","values":[300.0]}
            {"discipline":"echo","unit":"ms","moreIsBetter":false,"ratio":2.0,"limit":0.0,"contestant":"concurrent-futures","values":[2.0]}
            {"discipline":"echo","unit":"ms","moreIsBetter":false,"ratio":2.0,"limit":0.0,"contestant":"PP4J","values":[1.0]}
            {"discipline":"death","unit":"ms","moreIsBetter":false,"ratio":0.0,"limit":100.0,"contestant":"CPython","values":[5.0,7.0]}
            """;

    @TempDir
    Path folder;

    private TurnTable table() throws Exception {
        return TurnTable.read(Files.writeString(folder.resolve("turns.jsonl"), LINES));
    }

    @Test
    void ratio_tellsHowManyTimesAsGoodWeAre() throws Exception {
        assertThat(table().ratios()).isEqualTo("""
                |      | unit    | concurrent-futures | CPython | ratio | PP4J | ratio |    goal |
                |------|---------|-------------------:|--------:|------:|-----:|------:|--------:|
                | trip | tasks/s |                900 |     300 | 3.00× |      |       | ≥ 4.00× |
                | echo | ms      |               2.00 |         |       | 1.00 | 0.50× | ≥ 2.00× |""");
    }

    @Test
    void limit_isForMostValues() throws Exception {
        assertThat(table().limits()).isEqualTo("""
                |           | contestant | 50 % | 99 % | most |  goal |
                |-----------|------------|-----:|-----:|-----:|------:|
                | death, ms | CPython    | 5.00 | 7.00 | 7.00 | ≤ 100 |""");
    }
}
