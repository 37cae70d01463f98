// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What Flight Recorder is told. */
@Isolated("there is one recorder for all")
class FlightRecorderTest {
    private static final String TASK = "concurrent.futures.Task";
    private static final String WORKER = "concurrent.futures.Worker";
    private static final Path GUIDE = Path.of("../docs/guide/README.md");

    @TempDir
    Path directory;

    private List<RecordedEvent> events(Recording recording, String name) throws Exception {
        Path file = directory.resolve("recording.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(each -> each.getEventType().getName().equals(name))
                .toList();
    }

    private static RecordedEvent numbered(List<RecordedEvent> events, long number) {
        return events.stream()
                .filter(each -> each.getLong("number") == number)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tasks_areRecorded() throws Exception {
        try (Recording recording = new Recording()) {
            recording.enable(TASK);
            recording.start();
            ThreadExecutor executor = ThreadExecutor.builder()
                    .maxWorkers(1)
                    .threadNamePrefix("flown")
                    .build();
            Gate gate = new Gate();
            executor.withName("report").submit(gate::pass);
            gate.awaitArrivals(1);
            Future<?> cancelled = executor.submit(() -> {});
            Future<?> failing = executor.submit(FlightRecorderTest::fail);
            cancelled.cancel();
            gate.open();
            failing.exception();
            executor.close();
            recording.stop();

            List<RecordedEvent> tasks = events(recording, TASK);
            assertThat(tasks).hasSize(3);
            RecordedEvent first = numbered(tasks, 1);
            assertThat(first.getString("executor")).isEqualTo("flown");
            assertThat(first.getString("taskName")).isEqualTo("report");
            assertThat(first.getString("outcome")).isEqualTo("SUCCEEDED");
            assertThat(first.getString("worker")).isEqualTo("flown_0");
            assertThat(first.getInt("slot")).isZero();
            assertThat(first.getDuration()).isPositive();
            assertThat(first.getThread().getJavaName()).isEqualTo("flown_0");
            assertThat(first.getDuration("queueTime")).isPositive();
            RecordedEvent second = numbered(tasks, 2);
            assertThat(second.getString("outcome")).isEqualTo("CANCELLED");
            assertThat(second.getDuration()).isZero();
            RecordedEvent third = numbered(tasks, 3);
            assertThat(third.getString("outcome")).isEqualTo("FAILED");
            assertThat(third.getClass("exceptionClass").getName()).isEqualTo(IllegalStateException.class.getName());
        }
    }

    private static void fail() {
        throw new IllegalStateException("on purpose");
    }

    @Test
    void workers_areRecorded() throws Exception {
        try (Recording recording = new Recording()) {
            recording.enable(WORKER);
            recording.start();
            ThreadExecutor executor = ThreadExecutor.builder()
                    .maxWorkers(1)
                    .threadNamePrefix("crew")
                    .build();
            Future<?> future = executor.submit(() -> 1);
            // Tasks are not watched because workers are.
            assertThat(future.getClass()).isEqualTo(WorkItem.class);
            executor.close();
            recording.stop();
            List<RecordedEvent> workers = events(recording, WORKER);
            assertThat(workers).extracting(each -> each.getBoolean("started")).containsExactly(true, false);
            assertThat(workers).allMatch(each -> each.getString("worker").equals("crew_0"));
        }
    }

    @Test
    void defaultRecordings_haveNoneOfThat() throws Exception {
        try (Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
            recording.start();
            try (FutureExecutor executor = new ThreadExecutor(1)) {
                assertThat(executor.submit(() -> 1).getClass()).isEqualTo(WorkItem.class);
            }
            recording.stop();
            assertThat(events(recording, TASK)).isEmpty();
            assertThat(events(recording, WORKER)).isEmpty();
        }
    }

    @Test
    void configurationOfTheGuide_records() throws Exception {
        Matcher block =
                Pattern.compile("```xml\n(<\\?xml.*?)```", Pattern.DOTALL).matcher(Files.readString(GUIDE));
        assertThat(block.find()).isTrue();
        Configuration configuration = Configuration.create(new StringReader(block.group(1)));
        try (Recording recording = new Recording(configuration)) {
            recording.start();
            FutureExecutor executor = new ThreadExecutor(1);
            Gate gate = new Gate();
            executor.submit(() -> 1).result();
            executor.submit(gate::pass);
            gate.awaitArrivals(1);
            Future<?> slow = executor.submit(FlightRecorderTest::spinForLong);
            gate.open();
            slow.result();
            executor.close();
            recording.stop();
            // Short ones are below the threshold.
            List<RecordedEvent> tasks = events(recording, TASK);
            assertThat(tasks).anyMatch(each -> each.getLong("number") == 3);
            assertThat(tasks).allMatch(each -> each.getDuration().compareTo(Duration.ofMillis(10)) >= 0);
            assertThat(events(recording, WORKER)).hasSize(2);
        }
    }

    private static void spinForLong() {
        long end = System.nanoTime() + Duration.ofMillis(15).toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** A program in which a recording begins when the executor has been at work for a while. */
    static final class LateRecording {
        public static void main(String[] arguments) throws Exception {
            try (FutureExecutor executor = new ThreadExecutor(2)) {
                Gate gate = new Gate();
                executor.submit(gate::pass);
                gate.awaitArrivals(1);
                try (Recording recording = new Recording()) {
                    recording.enable(TASK);
                    recording.start();
                    Eventually.await().until(() -> {
                        Future<?> future = executor.submit(() -> 1);
                        future.result();
                        return future instanceof OptionedItem<?>;
                    });
                }
                gate.open();
            }
            System.out.println("recorded");
        }
    }

    @Test
    void recordingThatBeginsLater_isNoticed() throws Exception {
        ChildJvm.Result result = ChildJvm.of(LateRecording.class).run();
        assertThat(result.output()).contains("recorded");
        assertThat(result.exit()).isZero();
    }

    /** A program that watches an executor without Flight Recorder. */
    static final class Unrecorded {
        public static void main(String[] arguments) throws Exception {
            FutureExecutor executor = new ThreadExecutor(1);
            EventLog log = new EventLog();
            executor.addListener(log);
            executor.submit(() -> 1).result();
            executor.close();
            System.out.println(ModuleLayer.boot().findModule("jdk.jfr").isPresent() + " " + log.tasks());
        }
    }

    @Test
    void imageWithoutFlightRecorder_works() throws Exception {
        ChildJvm.Result result = ChildJvm.of(Unrecorded.class)
                .with("--limit-modules=java.base,java.logging")
                .run();
        assertThat(result.output()).contains("false [1 submitted, 1 started, 1 SUCCEEDED]");
        assertThat(result.exit()).isZero();
    }
}
