// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.config.ClientConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program of a worker says what it does, and what is wrong with its options. */
class WorkerCommandTest {
    /** What a shell makes of a process that SIGTERM has ended. */
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path directory;

    private record Printed(int status, String out, String err) {}

    private static Printed run(String... words) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = WorkerCommand.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                words);
        return new Printed(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static void assertMisused(String reason, String... words) throws Exception {
        Printed printed = run(words);
        assertThat(printed.status()).isEqualTo(WorkerCommand.MISUSED).isEqualTo(64);
        assertThat(printed.out()).isEmpty();
        assertThat(printed.err().lines())
                .singleElement()
                .asString()
                .startsWith("concurrent-futures: ")
                .contains(reason)
                .endsWith("(see --help)");
    }

    @Test
    void help_tellsAllOptions() throws Exception {
        Printed printed = run("--threads", "2", "--help");
        assertThat(printed.status()).isZero();
        assertThat(printed.err()).isEmpty();
        assertThat(printed.out())
                .contains("--bind", "--port", "--join", "--threads", "--key-file", "--hazelcast", "--help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "abc", "", "5701.0", "99999999999"})
    void portThatIsNone(String port) throws Exception {
        assertMisused("--port wants a number from 0 to 65535, which " + port + " is not", "--port", port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "many"})
    void threadsThatAreNone(String threads) throws Exception {
        assertMisused("--threads wants a number from 1, which " + threads + " is not", "--threads=" + threads);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--bind", "--port", "--join", "--threads", "--key-file", "--hazelcast"})
    void valueThatIsMissing(String option) throws Exception {
        assertMisused(option + " wants a value", option);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--prot", "-p", "127.0.0.1", "--", "help"})
    void optionThatThereIsNot(String option) throws Exception {
        assertMisused("there is no option " + option, option, "5701");
    }

    @Test
    void addressesThatNeedAKey() throws Exception {
        assertMisused("10.0.0.* is not of this machine alone", "--bind", "10.0.0.*");
        assertMisused("10.0.0.5:5701 is not of this machine alone", "--join", "127.0.0.1:1", "--join", "10.0.0.5:5701");
    }

    @Test
    void keyThatIsNone() throws Exception {
        assertMisused(
                "the key cannot be read",
                "--key-file",
                directory.resolve("none").toString());
        Path shorter = Files.write(directory.resolve("short"), new byte[3]);
        assertMisused("a key has at least 16 bytes: 3", "--key-file", shorter.toString());
    }

    @Test
    void configurationThatIsNone() throws Exception {
        assertMisused(
                "the configuration cannot be read",
                "--hazelcast",
                directory.resolve("none.yaml").toString());
        Path bad = Files.writeString(directory.resolve("bad.yaml"), "hazelcast: [");
        assertMisused("the configuration cannot be read", "--hazelcast", bad.toString());
        Path good = Files.writeString(directory.resolve("good.yaml"), "hazelcast:\n  cluster-name: mine\n");
        assertMisused("a configuration of Hazelcast", "--hazelcast", good.toString());
        assertMisused("--port has no place beside --hazelcast", "--port", "1", "--hazelcast", good.toString());
    }

    @Test
    void valueBehindAnEqualsSign_isTheSame() {
        assertThat(WorkerCommand.parse(List.of("--port=0", "--threads", "3", "--join=127.0.0.1:5701"))
                        .isHelp())
                .isFalse();
        assertThatThrownBy(() -> WorkerCommand.parse(List.of("--port=", "1")))
                .isExactlyInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addressThatIsNotOfThisMachine_isToldInOneLine() throws Exception {
        Path key = Files.write(directory.resolve("key"), new byte[Seal.LEAST_KEY]);
        // An address of documentation, which no machine has.
        Printed printed = run("--bind", "192.0.2.1", "--key-file", key.toString());
        assertThat(printed.status()).isEqualTo(WorkerCommand.FAILED);
        assertThat(printed.out()).isEmpty();
        assertThat(printed.err().lines())
                .singleElement()
                .asString()
                .startsWith("concurrent-futures: the worker could not be started");
    }

    @Test
    void program_endsWithTheStatus() throws Exception {
        Workers.Worker program = Workers.launch(directory, List.of("--prot", "1"));
        assertThat(program.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(program.process().exitValue()).isEqualTo(64);
        assertThat(program.printed().lines()).singleElement().asString().contains("there is no option --prot");
    }

    /** The JVM itself has something to say of how Hazelcast is made, and Hazelcast warns of its options. */
    private static List<String> linesOfHazelcast(String printed) {
        return printed.lines().filter(line -> line.startsWith("INFO")).toList();
    }

    @Test
    void program_isQuiet_saysThatItIsReady_andEndsInOrder() throws Exception {
        try (Workers workers = Workers.start(directory, 2, 3)) {
            List<Workers.Worker> both = workers.alive();
            for (Workers.Worker worker : both) {
                assertThat(worker.printed().lines().filter(line -> line.startsWith("concurrent-futures: ")))
                        .singleElement()
                        .asString()
                        .matches("concurrent-futures: a worker with 3 threads at 127\\.0\\.0\\.1:\\d+");
                assertThat(linesOfHazelcast(worker.printed())).isEmpty();
            }
            try (ClusterExecutor executor = workers.connect()) {
                assertThat(executor.maxWorkers()).isEqualTo(6);
                both.get(0).process().destroy();
                assertThat(both.get(0).process().waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(both.get(0).process().exitValue()).isEqualTo(TERMINATED);
                Eventually.await("the driver notices").until(() -> executor.maxWorkers() == 3);
                assertThat(executor.submit(() -> ProcessHandle.current().pid()).result(Eventually.PATIENCE))
                        .isEqualTo(both.get(1).pid());
            }
            assertThat(both.get(0).printed()).doesNotContain("no member of the cluster any more");
        }
    }

    @Test
    void program_takesAConfigurationOfHazelcast() throws Exception {
        Path key = Files.write(directory.resolve("key"), new byte[Seal.LEAST_KEY]);
        Path config = Files.writeString(directory.resolve("hazelcast.yaml"), """
                hazelcast:
                  cluster-name: mine
                  network:
                    port: { port: 0 }
                    interfaces: { enabled: true, interfaces: [127.0.0.1] }
                    join: { auto-detection: { enabled: false }, tcp-ip: { enabled: true } }
                """);
        List<String> words = new ArrayList<>(List.of("--threads", "2", "--key-file", key.toString()));
        words.addAll(List.of("--hazelcast", config.toString()));
        Workers.Worker worker = Workers.launch(directory, words);
        try {
            Eventually.await("it is ready").until(() -> worker.printed().contains("a worker with 2 threads"));
            ClientConfig client = new ClientConfig();
            client.setClusterName("mine").getNetworkConfig().addAddress(worker.address());
            try (ClusterExecutor executor = ClusterExecutor.builder()
                    .key(Files.readAllBytes(key))
                    .hazelcast(client)
                    .build()) {
                assertThat(executor.submit(() -> 42).result(Eventually.PATIENCE))
                        .isEqualTo(42);
            }
        } finally {
            worker.kill();
        }
    }
}
