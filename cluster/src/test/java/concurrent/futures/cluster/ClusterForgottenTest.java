// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An executor that nobody closes does not keep its JVM alive, although Hazelcast's threads would. */
class ClusterForgottenTest {
    @TempDir
    Path directory;

    /** What forgets. */
    static final class Program {
        private Program() {}

        public static void main(String[] members) throws Exception {
            @SuppressWarnings("resource") // That is the point.
            ClusterExecutor executor =
                    members.length == 0 ? ClusterExecutor.embedded() : ClusterExecutor.connect(members[0]);
            for (int i = 1; i < members.length; i++) {
                @SuppressWarnings("resource") // So is this.
                ClusterExecutor another = ClusterExecutor.connect(members[i]);
                another.submit(() -> 1).result();
            }
            // This is still running when the main thread ends, and is run to its end.
            var unused = executor.submit(() -> {
                Thread.sleep(500);
                return 42;
            });
            unused.addDoneCallback(done -> System.out.println("result " + done.result()));
        }
    }

    private String outputOf(String... members) throws Exception {
        Path output = directory.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName()));
        command.addAll(List.of(members));
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(40, TimeUnit.SECONDS)).as("it ends").isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    @Test
    void embedded() throws Exception {
        assertThat(outputOf()).contains("result 42");
    }

    /** Each has threads of Hazelcast for which the JVM would stay. */
    @Test
    void several() throws Exception {
        try (Workers workers = Workers.start(directory, 1, 2)) {
            String address = workers.address();
            assertThat(outputOf(address, address, address)).contains("result 42");
        }
    }

    @Test
    void connected() throws Exception {
        try (Workers workers = Workers.start(directory, 1, 2)) {
            assertThat(outputOf(workers.address())).contains("result 42");
        }
    }
}
