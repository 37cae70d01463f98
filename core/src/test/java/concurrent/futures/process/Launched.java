// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/** Programs that are compiled, packed and launched as those of users are. */
final class Launched {
    /** The classes of this library, which are not in a jar yet when tests run. */
    static final Path LIBRARY = Path.of("target", "classes").toAbsolutePath();

    private static final int SECONDS = 50;

    private final Path directory;

    Launched(Path directory) {
        this.directory = directory;
    }

    /** How a program has ended, and what it has printed. */
    record Result(int exit, String out, String err) {}

    Path source(String file, String text) throws Exception {
        Path source = directory.resolve(file);
        Files.createDirectories(source.getParent());
        return Files.writeString(source, text);
    }

    /** Compiles with options and sources into a directory. */
    Path compiled(String name, String... arguments) {
        Path classes = directory.resolve(name);
        List<String> all = new ArrayList<>(List.of("-d", classes.toString()));
        all.addAll(List.of(arguments));
        run("javac", all.toArray(String[]::new));
        return classes;
    }

    /** Packs directories of classes. */
    Path jar(String name, Path... classes) {
        Path jar = directory.resolve(name);
        List<String> arguments = new ArrayList<>(List.of("-c", "-f", jar.toString()));
        for (Path each : classes) {
            arguments.addAll(List.of("-C", each.toString(), "."));
        }
        run("jar", arguments.toArray(String[]::new));
        return jar;
    }

    static void run(String tool, String... arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        assertThat(ToolProvider.findFirst(tool).orElseThrow().run(out, out, arguments))
                .isZero();
    }

    /** Runs Java to its end, with options that make it small. */
    Result java(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(tool("java"), "-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of(arguments));
        return run(new ProcessBuilder(command));
    }

    /** The path of a program of the JDK. */
    static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    Result run(ProcessBuilder builder) throws Exception {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS))
                    .as(() -> "it ends, having printed " + read(out) + read(err))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Result(process.exitValue(), read(out), read(err));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
