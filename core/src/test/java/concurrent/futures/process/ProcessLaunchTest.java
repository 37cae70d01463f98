// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static concurrent.futures.process.Launched.LIBRARY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers find the classes of a program, however it was launched. That they do under Surefire, all other tests show. */
class ProcessLaunchTest {
    private static final String IMPORTS = """
            import concurrent.futures.process.ProcessExecutor;
            import java.util.List;

            """;

    private static final String PROGRAM = IMPORTS + """
            public class Program {
                record Pair(int left, String right) implements java.io.Serializable {}

                public static void main(String[] arguments) throws Exception {
                    try (ProcessExecutor executor = ProcessExecutor.builder()
                            .maxWorkers(1).maxHeap(48L << 20).jvmOptions("-XX:TieredStopAtLevel=1").build()) {
                        Pair pair = executor.submit(() -> new Pair(2, Helping.text("a"))).result();
                        System.out.println("result " + pair);
                        System.out.println("mapped " + executor.map(i -> new Pair(i, "m"), List.of(1, 2)).toList());
                    }
                }
            }

            class Helping {
                static String text(String text) {
                    return new StringBuilder(text).append('!').toString();
                }
            }
            """;

    /** The same, line by line. */
    private static final String SESSION = IMPORTS + """
            record Pair(int left, String right) implements java.io.Serializable {}
            String helped(String text) { return new StringBuilder(text).append('!').toString(); }
            var executor = ProcessExecutor.builder().maxWorkers(1).maxHeap(48L << 20).build()
            System.out.println("result " + executor.submit(() -> new Pair(2, helped("a"))).result())
            System.out.println("mapped " + executor.map(i -> new Pair(i, "m"), List.of(1, 2)).toList())
            executor.close()
            /exit
            """;

    @TempDir
    Path directory;

    private Launched launched;

    @BeforeEach
    void prepare() {
        launched = new Launched(directory);
    }

    private Path source() throws Exception {
        return launched.source("Program.java", PROGRAM);
    }

    private Path classes() throws Exception {
        return launched.compiled("classes", "-cp", LIBRARY.toString(), source().toString());
    }

    /** A module of its own in a directory. */
    private Path module(String opening) throws Exception {
        Path module = launched.source("module-info.java", opening + " requires concurrent.futures; }");
        Path program = launched.source("app/Program.java", "package app;\n" + PROGRAM);
        return launched.compiled("module", "--module-path", LIBRARY.toString(), module.toString(), program.toString());
    }

    private static void works(Launched.Result result) {
        assertThat(result.out())
                .as(result.err())
                .contains("result Pair[left=2, right=a!]")
                .contains("mapped [Pair[left=1, right=m], Pair[left=2, right=m]]");
        assertThat(result.exit()).isZero();
        assertThat(result.err()).doesNotContain("WARNING").doesNotContain("Exception");
    }

    @Test
    void classPath() throws Exception {
        works(launched.java("-cp", LIBRARY + ":" + classes(), "Program"));
    }

    @Test
    void relativeClassPath_withWorkersInAnotherDirectory() throws Exception {
        Path program = launched.source(
                "Program.java",
                PROGRAM.replace(".build()", ".workingDirectory(" + "java.nio.file.Path.of(\"elsewhere\")).build()"));
        launched.compiled("classes", "-cp", LIBRARY.toString(), program.toString());
        Files.createDirectory(directory.resolve("elsewhere"));
        ProcessBuilder builder = new ProcessBuilder(Launched.tool("java"), "-cp", "classes:" + LIBRARY, "Program");
        works(launched.run(builder.directory(directory.toFile())));
    }

    @Test
    void fatJar() throws Exception {
        String jar = directory.resolve("program.jar").toString();
        String classes = classes().toString();
        Launched.run(
                "jar", "-c", "-f", jar, "-e", "Program", "-C", classes, ".", "-C", LIBRARY.toString(), "concurrent");
        works(launched.java("-jar", jar));
    }

    @Test
    void jarWhoseManifestNamesTheLibrary() throws Exception {
        Path manifest = launched.source("manifest", "Main-Class: Program\nClass-Path: library.jar\n");
        launched.jar("library.jar", LIBRARY);
        Path jar = directory.resolve("program.jar");
        Launched.run(
                "jar",
                "-c",
                "-f",
                jar.toString(),
                "-m",
                manifest.toString(),
                "-C",
                classes().toString(),
                ".");
        works(launched.java("-jar", jar.toString()));
    }

    /** Lambdas and records may have to be left to the JDK, which may look into every package. */
    @ParameterizedTest
    @ValueSource(strings = {"module app {", "open module app {", "module app { opens app to concurrent.futures;"})
    void modulePath(String opening) throws Exception {
        works(launched.java("--module-path", LIBRARY + ":" + module(opening), "-m", "app/app.Program"));
    }

    @Test
    void modulePathOfADirectoryOfJars() throws Exception {
        Path module = module("module app {");
        Path modules = Files.createDirectory(directory.resolve("modules"));
        launched.jar("modules/library.jar", LIBRARY);
        launched.jar("modules/app.jar", module);
        works(launched.java("--module-path", modules.toString(), "-m", "app/app.Program"));
    }

    @Test
    void sourceFile() throws Exception {
        works(launched.java("-cp", LIBRARY.toString(), source().toString()));
    }

    @Test
    void shell() throws Exception {
        Path session = launched.source("session.jsh", SESSION);
        ProcessBuilder builder = new ProcessBuilder(
                Launched.tool("jshell"), "-J-Xmx64m", "--class-path", LIBRARY.toString(), session.toString());
        works(launched.run(builder));
    }
}
