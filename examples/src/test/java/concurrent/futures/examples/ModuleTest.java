// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module that requires the library compiles and runs with nothing beside it: no JSpecify, no class path. */
class ModuleTest {
    private static final String MODULE = "module user { requires concurrent.futures; }";
    private static final String PROGRAM = """
            package user;

            import concurrent.futures.*;

            public class Program {
                public static void main(String[] arguments) throws Exception {
                    try (FutureExecutor executor = new ThreadExecutor()) {
                        System.out.print(Future.class.getModule() + " " + executor.submit(() -> 6 * 7).result());
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void module_isAllThatAModularUserNeeds() throws Exception {
        String library = Path.of(Future.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        String sources = Files.createDirectories(folder.resolve("src/user")).toString();
        String moduleInfo = Files.writeString(folder.resolve("src/module-info.java"), MODULE)
                .toString();
        String program =
                Files.writeString(Path.of(sources, "Program.java"), PROGRAM).toString();
        String classes = folder.resolve("classes").toString();

        assertThat(run("javac", "-Xlint:all", "-Werror", "-p", library, "-d", classes, moduleInfo, program))
                .isEmpty();
        assertThat(run("java", "-p", library + ":" + classes, "-m", "user/user.Program"))
                .isEqualTo("module concurrent.futures 42");
    }

    private static String run(String tool, String... arguments) throws Exception {
        String path = Path.of(System.getProperty("java.home"), "bin", tool).toString();
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of(path), Stream.of(arguments)).toList())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return output;
    }
}
