// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static concurrent.futures.process.Launched.LIBRARY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers start from a file that the first pool makes, and do as well without it. */
class StartUpCacheTest {
    /** Is in the package of the library, so that it can choose the kind of file. Prints one line and closes its pool. */
    private static final String PROGRAM = """
            package concurrent.futures.process;

            import java.nio.file.Path;

            public class Program {
                public static void main(String[] arguments) throws Exception {
                    String directory = arguments[0];
                    ProcessExecutor.Builder builder = ProcessExecutor.builder()
                            .maxWorkers(1)
                            .maxHeap(48L << 20)
                            .jvmOptions("-Xlog:class+load:file=" + directory + "/loaded-%p.txt")
                            .startUpCache(Path.of(directory, "cache"), () -> answer());
                    builder.aot &= !arguments[1].equals("archive");
                    ProcessExecutor executor = builder.build();
                    System.out.println(executor.submit(() -> answer()).result());
                    switch (arguments[1]) {
                        case "exit" -> System.exit(0);
                        case "kill" -> executor.killWorkers();
                        default -> executor.close();
                    }
                }

                private static int answer() {
                    return 42;
                }
            }
            """;

    @TempDir
    Path directory;

    private Path cache;
    private Launched launched;
    private Path library;
    private Path classes;
    private Path program;

    @BeforeEach
    void prepare() throws Exception {
        cache = directory.resolve("cache");
        launched = new Launched(directory);
        library = launched.jar("library.jar", LIBRARY);
        pack(PROGRAM);
    }

    private void pack(String text) throws Exception {
        Path source = launched.source("Program.java", text);
        classes = launched.compiled("classes", "-cp", LIBRARY.toString(), source.toString());
        program = launched.jar("program.jar", classes);
    }

    private Launched.Result run(Path where, String mode) throws Exception {
        for (Path each : files(directory, "loaded-")) {
            Files.delete(each);
        }
        String classPath = library + ":" + where;
        return launched.java("-cp", classPath, "concurrent.futures.process.Program", directory.toString(), mode);
    }

    private void works(Launched.Result result, String answer) {
        assertThat(result.out()).isEqualTo(answer + "\n");
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
    }

    private static List<Path> files(Path where, String prefix) throws IOException {
        if (!Files.exists(where)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(where)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    private Path theOnlyFile() throws Exception {
        List<Path> files = files(cache, "");
        assertThat(files).hasSize(1);
        assertThat(files.get(0)).isNotEmptyFile();
        return files.get(0);
    }

    /** Whether a class was loaded from the cache. */
    private boolean isFromCache(String type) throws Exception {
        StringBuilder loaded = new StringBuilder();
        for (Path each : files(directory, "loaded-")) {
            loaded.append(Files.readString(each));
        }
        assertThat(loaded).contains(" " + type + " source: ");
        return loaded.indexOf(" " + type + " source: shared objects file") >= 0;
    }

    @ParameterizedTest
    @ValueSource(strings = {"newest", "archive"})
    void workersLoadTheirClassesFromTheFile(String mode) throws Exception {
        works(run(program, mode), "42");
        Path file = theOnlyFile();
        assertThat(file.toString()).endsWith(mode.equals("archive") || !StartUpCache.isWithAot() ? ".jsa" : ".aot");

        works(run(program, mode), "42");
        assertThat(theOnlyFile()).isEqualTo(file);
        assertThat(isFromCache("concurrent.futures.process.WorkerMain")).isTrue();
        assertThat(isFromCache("concurrent.futures.process.Program")).isTrue();
    }

    @Test
    void modules_haveAFileAsWell() throws Exception {
        Path declaration = launched.source("app/module-info.java", "module app { requires concurrent.futures; }");
        String text = PROGRAM.replace("package concurrent.futures.process;", "package app;")
                .replace("import java", "import concurrent.futures.process.ProcessExecutor;\nimport java")
                .replaceFirst("builder.aot .*;", "");
        Path source = launched.source("app/app/Program.java", text);
        Path module = launched.compiled(
                "module", "--module-path", LIBRARY.toString(), declaration.toString(), source.toString());
        String path = library + ":" + launched.jar("app.jar", module);
        for (boolean cached : new boolean[] {false, true}) {
            for (Path each : files(directory, "loaded-")) {
                Files.delete(each);
            }
            String where = directory.toString();
            works(launched.java("--module-path", path, "-m", "app/app.Program", where, "newest"), "42");
            assertThat(theOnlyFile()).isNotEmptyFile();
            if (cached) {
                assertThat(isFromCache("concurrent.futures.process.WorkerMain")).isTrue();
                assertThat(isFromCache("app.Program")).isTrue();
            }
        }
    }

    @Test
    void changedClasses_areTheOnesThatRun_andGetAnotherFile() throws Exception {
        works(run(program, "newest"), "42");
        Path old = theOnlyFile();
        pack(PROGRAM.replace("return 42", "return 4711"));

        works(run(program, "newest"), "4711");
        assertThat(theOnlyFile()).as("instead of the other one").isNotEqualTo(old);

        works(run(program, "newest"), "4711");
        assertThat(isFromCache("concurrent.futures.process.Program")).isTrue();
    }

    @Test
    void damagedFile_isDoneWithout() throws Exception {
        works(run(program, "newest"), "42");
        Path file = theOnlyFile();
        byte[] bytes = Files.readAllBytes(file);
        for (byte[] damaged : new byte[][] {Arrays.copyOf(bytes, bytes.length / 2), "no cache".getBytes(), {}}) {
            Files.write(file, damaged);
            Launched.Result result = run(program, "newest");
            assertThat(result.out()).isEqualTo("42\n");
            assertThat(result.exit()).isZero();
            assertThat(file).hasBinaryContent(damaged);
        }
    }

    @Test
    void directoryOfClasses_getsNoFile_asTheLogSays() throws Exception {
        Launched.Result result = run(classes, "newest");
        assertThat(result.out()).isEqualTo("42\n");
        assertThat(result.err()).contains("no start-up cache for classes in directories");
        assertThat(files(cache, "")).isEmpty();
    }

    @Test
    void killedWorkers_includeTheOneThatMakesTheFile() throws Exception {
        works(run(program, "kill"), "42");
        assertThat(processesOfOurs()).isEmpty();
        assertThat(files(cache, "")).isEmpty();
    }

    @Test
    void programThatExitsBefore_leavesNothingThatTheNextOneDoesNotCareFor() throws Exception {
        works(run(program, "exit"), "42");
        Processes.await().untilAsserted(() -> assertThat(processesOfOurs()).isEmpty());
        works(run(program, "newest"), "42");
        theOnlyFile();
    }

    private List<String> processesOfOurs() {
        List<String> found = new ArrayList<>();
        ProcessHandle.allProcesses()
                .forEach(process -> process.info().commandLine().ifPresent(line -> {
                    if (line.contains(cache.toString())) {
                        found.add(process.pid() + " " + line);
                    }
                }));
        return found;
    }

    @Test
    void whatOthersCouldNotFinish_isTakenOverIfItIsGood() throws Exception {
        works(run(program, "newest"), "42");
        Path file = theOnlyFile();
        Path left = file.resolveSibling(file.getFileName() + "." + aDeadProcess() + ".tmp");
        Files.move(file, left);
        Files.writeString(left.resolveSibling(left.getFileName() + ".config"), "");
        Path bad = Files.writeString(file.resolveSibling(file.getFileName() + "." + aDeadProcess() + ".tmp"), "bad");
        FileTime time = Files.getLastModifiedTime(left);

        works(run(program, "newest"), "42");
        assertThat(theOnlyFile()).isEqualTo(file).hasSize(Files.size(file));
        assertThat(Files.getLastModifiedTime(file)).as("not made anew").isEqualTo(time);
        assertThat(bad).doesNotExist();
    }

    private static long aDeadProcess() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }
}
