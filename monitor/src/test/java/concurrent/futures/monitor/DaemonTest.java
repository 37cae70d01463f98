// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.ThreadExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A monitor that nobody closes does not keep the JVM alive. */
class DaemonTest {
    static final class Forgetful {
        public static void main(String[] arguments) throws Exception {
            ThreadExecutor executor = new ThreadExecutor(1);
            Monitor monitor = Monitor.start(executor);
            System.out.print(executor.submit(() -> 42).result());
            var unused = Browser.in(monitor).lines("GET /events").readLine();
        }
    }

    @Test
    void aJvmEnds_whileAMonitorIsOpenAndAPageIsWatching() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Forgetful.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            assertThat(ended).as("the JVM has ended").isTrue();
            assertThat(process.inputReader().readLine()).isEqualTo("42");
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
