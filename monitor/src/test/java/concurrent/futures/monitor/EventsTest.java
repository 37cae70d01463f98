// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.FutureExecutor;
import concurrent.futures.ThreadExecutor;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a page that is open hears. */
@Timeout(60)
class EventsTest {
    private static final String HOSTILE = "</script><script>alert(1)</script>\"'&\u2028\ud800";

    @Test
    void aPage_hearsFirstOfAllAndThenOfWhatIsNew() throws Exception {
        try (FutureExecutor executor = new ThreadExecutor(2);
                Monitor monitor = Monitor.start(executor);
                BufferedReader lines = Browser.in(monitor).lines("GET /events")) {
            Map<String, Object> first = next(lines, message -> true);
            assertThat(first).containsEntry("reset", true).containsEntry("live", true);
            assertThat(lanes(first)).hasSize(2);

            executor.withName("late").submit(() -> 1).result();
            Map<String, Object> later = next(
                    lines, message -> !JsonReader.array(message.get("spans")).isEmpty());

            assertThat(later).doesNotContainKey("reset");
            List<Object> span =
                    JsonReader.array(JsonReader.array(later.get("spans")).getFirst());
            List<Object> names = JsonReader.array(later.get("names"));
            assertThat(JsonReader.object(names.get(((Double) span.get(2)).intValue())))
                    .containsEntry("name", "late")
                    .containsEntry("done", 1.0);
        }
    }

    @Test
    void twoPages_hearTheSame() throws Exception {
        try (FutureExecutor executor = new ThreadExecutor(1);
                Monitor monitor = Monitor.start(executor);
                BufferedReader one = Browser.in(monitor).lines("GET /events");
                BufferedReader other = Browser.in(monitor).lines("GET /events")) {
            next(one, message -> true);
            next(other, message -> true);
            executor.submit(() -> 1).result();

            assertThat(next(one, EventsTest::hasSpans).get("spans"))
                    .isEqualTo(next(other, EventsTest::hasSpans).get("spans"));
        }
    }

    @Test
    void aHostileName_isNothingButText() throws Exception {
        try (FutureExecutor executor = new ThreadExecutor(1);
                Monitor monitor = Monitor.start(executor);
                BufferedReader lines = Browser.in(monitor).lines("GET /events")) {
            executor.withName(HOSTILE).submit(() -> 1).result();
            Map<String, Object> message = next(lines, EventsTest::hasSpans);

            assertThat(JsonReader.array(message.get("names")))
                    .anySatisfy(name -> assertThat(JsonReader.object(name)).containsEntry("name", HOSTILE));
            String report = Browser.in(monitor).ask("GET /report.html", "");
            assertThat(report).doesNotContain("<script>alert").contains("\\u003cscript\\u003ealert");
        }
    }

    private static boolean hasSpans(Map<String, Object> message) {
        return !JsonReader.array(message.get("spans")).isEmpty();
    }

    private static List<Object> lanes(Map<String, Object> message) {
        return JsonReader.array(
                JsonReader.object(JsonReader.array(message.get("executors")).getFirst())
                        .get("lanes"));
    }

    /** The next message that is as wanted. */
    private static Map<String, Object> next(BufferedReader lines, Predicate<Map<String, Object>> wanted)
            throws IOException {
        while (true) {
            String line = lines.readLine();
            assertThat(line).as("the stream goes on").isNotNull();
            if (line.startsWith("data: ")) {
                Map<String, Object> message = JsonReader.object(JsonReader.read(line.substring("data: ".length())));
                if (wanted.test(message)) {
                    return message;
                }
            }
        }
    }
}
