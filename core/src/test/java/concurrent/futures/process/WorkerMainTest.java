// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.Task;
import concurrent.futures.codec.Codec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that no shell has started has its standard input and output as its pipes. */
class WorkerMainTest {
    private static final int LIMIT = 1 << 20;

    @TempDir
    private Path directory;

    private Process process;
    private Connection connection;
    private Path path;

    @BeforeEach
    void start() throws Exception {
        process = new ProcessBuilder(
                        Launched.tool("java"),
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerMain.class.getName(),
                        "bare")
                .start();
        connection = new Connection(process.getInputStream(), process.getOutputStream(), LIMIT);
        path = directory.resolve("mark");
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    private void greet() throws Exception {
        connection.send(Frame.Kind.MARK_FILE, 0, path.toString().getBytes(StandardCharsets.UTF_8));
        StartMark.create(MarkFile.at(path));
        connection.send(Frame.Kind.INIT, LIMIT, Frame.EMPTY);
        assertThat(next().kind()).isEqualTo(Frame.Kind.READY);
    }

    /** The next frame; if there is none, what the worker has to say. */
    private Frame next() throws Exception {
        Frame frame = connection.read();
        if (frame == null) {
            throw new AssertionError("the worker has ended: " + words());
        }
        return frame;
    }

    private String words() throws Exception {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void taskThatPrintsAndReads_doesNoHarm() throws Exception {
        greet();
        Task<Integer> task = () -> {
            System.out.println("printed");
            return System.in.read();
        };
        connection.send(Frame.Kind.TASK, 1, Codec.encodeTask(task, LIMIT, loader -> {}));
        Frame result = next();
        assertThat(result.kind()).isEqualTo(Frame.Kind.RESULT);
        assertThat(Codec.decode(result.bytes(), Codec.Source.own())).isEqualTo(-1);
        connection.send(Frame.Kind.SHUTDOWN, ProcessHandle.current().pid(), Frame.EMPTY);
        assertThat(next().kind()).isEqualTo(Frame.Kind.EXITING);
        assertThat(connection.read()).isNull();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void fileOfTheMark_isGone_whenTheWorkerIsReady() throws Exception {
        greet();
        assertThat(path).doesNotExist();
    }

    @Test
    void workerThatIsToldSomethingElseFirst_saysSo_andEnds() throws Exception {
        connection.send(Frame.Kind.SHUTDOWN, ProcessHandle.current().pid(), Frame.EMPTY);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(words()).contains("MARK_FILE was to come, but SHUTDOWN has");
    }

    /** The time that hooks have then is that of {@link WorkerMain}; one that ends in time is not cut short. */
    @Test
    void workerWhoseParentIsAnother_endsAllTheSame() throws Exception {
        greet();
        Task<?> task = () -> {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.err.println("hook")));
            return null;
        };
        connection.send(Frame.Kind.TASK, 1, Codec.encodeTask(task, LIMIT, loader -> {}));
        assertThat(next().kind()).isEqualTo(Frame.Kind.RESULT);
        connection.send(Frame.Kind.SHUTDOWN, 1, Frame.EMPTY);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(words()).contains("hook");
    }

    @Test
    void workerWhosePoolIsGoneBeforeItIsReady_removesTheFile() throws Exception {
        connection.send(Frame.Kind.MARK_FILE, 0, path.toString().getBytes(StandardCharsets.UTF_8));
        Files.createFile(path);
        connection.close();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(path).doesNotExist();
    }
}
