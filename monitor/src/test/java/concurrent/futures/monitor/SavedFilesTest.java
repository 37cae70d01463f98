// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.ThreadExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report and the trace. */
class SavedFilesTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*)</script>\n<script>");
    private static final String HOSTILE = "\"quoted\\\" <b>\n\t\u0000";

    @TempDir
    Path folder;

    @Test
    void aTrace_isValidAndHasEachTaskOnItsLane() throws Exception {
        Path file = folder.resolve("trace.json");
        record(monitor -> monitor.trace(file));

        Map<String, Object> trace = JsonReader.object(JsonReader.read(Files.readString(file)));
        List<Map<String, Object>> events = JsonReader.array(trace.get("traceEvents")).stream()
                .map(JsonReader::object)
                .toList();
        assertThat(events).filteredOn("ph", "X").hasSize(20).allSatisfy(event -> {
            assertThat(event).containsEntry("name", HOSTILE).containsEntry("pid", 1.0);
            assertThat((Double) event.get("tid")).isBetween(1.0, 2.0);
            assertThat((Double) event.get("ts")).isPositive();
            assertThat((Double) event.get("dur")).isNotNegative();
        });
        assertThat(events)
                .filteredOn("name", "process_name")
                .singleElement()
                .satisfies(event ->
                        assertThat(JsonReader.object(event.get("args"))).containsEntry("name", "traced"));
        assertThat(events).filteredOn("name", "thread_name").isNotEmpty();
    }

    @Test
    void spansOfALane_nest() throws Exception {
        Path file = folder.resolve("trace.json");
        record(monitor -> monitor.trace(file));

        Map<String, Object> trace = JsonReader.object(JsonReader.read(Files.readString(file)));
        List<double[]> spans = new ArrayList<>();
        for (Object each : JsonReader.array(trace.get("traceEvents"))) {
            Map<String, Object> event = JsonReader.object(each);
            if ("X".equals(event.get("ph"))) {
                double start = (Double) event.get("ts");
                spans.add(new double[] {(Double) event.get("tid"), start, start + (Double) event.get("dur")});
            }
        }
        for (double[] one : spans) {
            for (double[] other : spans) {
                boolean cross = one[0] == other[0] && one[1] < other[1] && other[1] < one[2] && one[2] < other[2];
                assertThat(cross).as("%s crosses %s", one, other).isFalse();
            }
        }
    }

    @Test
    void aReport_isOneFileWithItsData() throws Exception {
        Path file = folder.resolve("report.html");
        record(monitor -> monitor.save(file));

        String report = Files.readString(file);
        assertThat(report).doesNotContain(" src=", "href=\"monitor.css\"", HOSTILE);
        assertThat(report).contains("script-src 'sha256-");
        Matcher data = DATA.matcher(report);
        assertThat(data.find()).isTrue();
        Map<String, Object> message = JsonReader.object(JsonReader.read(data.group(1)));
        assertThat(message).containsEntry("live", false).containsEntry("token", null);
        assertThat(JsonReader.array(message.get("spans"))).hasSize(20);
        assertThat(JsonReader.array(message.get("points"))).isNotEmpty();
        assertThat(JsonReader.array(message.get("failures"))).hasSize(10);
    }

    private interface Saver {
        void save(Monitor monitor) throws Exception;
    }

    /** Saves what is known of twenty tasks, half of which fail, when the monitor is closed. */
    private static void record(Saver saver) throws Exception {
        try (FutureExecutor executor = ThreadExecutor.builder()
                .maxWorkers(2)
                .threadNamePrefix("traced")
                .build()) {
            Monitor monitor = Monitor.record(executor);
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int number = i;
                futures.add(executor.withName(HOSTILE).submit(() -> {
                    if (number % 2 == 0) {
                        throw new IllegalStateException(HOSTILE + number);
                    }
                }));
            }
            for (Future<?> future : futures) {
                var unused = future.exception();
            }
            executor.close();
            monitor.close();
            saver.save(monitor);
        }
    }
}
