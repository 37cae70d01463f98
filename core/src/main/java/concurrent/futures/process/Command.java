// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import concurrent.futures.codec.Filters;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The command that starts a worker: the same Java with the same classes. */
final class Command {
    /** What a worker needs of the options of this JVM in order to do the same as it. */
    private static final List<String> INHERITED = List.of(
            "--add-opens",
            "--add-exports",
            "--add-reads",
            "--add-modules",
            "--enable-native-access",
            "--enable-preview");

    /** Those that have no value though they begin with two hyphens, and with which a program runs. */
    private static final Set<String> WITHOUT_VALUE =
            Set.of("--enable-preview", "--show-version", "--show-module-resolution", "--disable-@files");

    /** What would have each worker do what was meant for this process. */
    private static final List<String> FOR_THIS_PROCESS =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /**
     * Ignores the interrupt that a terminal sends to all processes of a command, and becomes the worker: it is for the
     * pool to decide what becomes of its tasks. Java has no way to ask for that.
     *
     * <p>The pipes of the connection get the numbers behind those of the standard streams, so that nobody else reads from
     * them, or writes to them: neither native code nor the JVM itself, whose standard output is the standard error from
     * here on, nor processes that the worker starts.
     */
    private static final List<String> SHELL =
            List.of("/bin/sh", "-c", "trap '' INT; exec \"$0\" \"$@\" 4<&0 0</dev/null 3>&1 1>&2");

    /** Where the worker finds what it reads from, what it writes to, and its standard error. */
    private static final List<String> STREAMS = List.of("/dev/fd/4", "/dev/fd/3", "/dev/fd/2");

    private final Settings settings;

    /** The options, without the size of the heap and those that say where classes are. */
    private final List<String> options = new ArrayList<>();

    /** Where classes are. */
    private final List<String> classPath;

    /** Where modules are; empty if this library is not one. */
    private final List<String> modulePath;

    Command(Settings settings) {
        this.settings = settings;
        addOptions();
        boolean modular = WorkerMain.class.getModule().isNamed();
        modulePath = modular ? absolute(System.getProperty("jdk.module.path")) : List.of();
        classPath = absolute(System.getProperty("java.class.path"));
        if (modulePath.isEmpty()) {
            Library.addTo(classPath);
        }
    }

    long maxHeap() {
        return settings.maxHeap();
    }

    List<String> options() {
        return options;
    }

    List<String> classPath() {
        return classPath;
    }

    List<String> modulePath() {
        return modulePath;
    }

    /** Starts a worker of that name. */
    Process start(String worker) throws IOException {
        boolean shell = Files.isExecutable(Path.of(SHELL.get(0)))
                && Files.exists(Path.of(STREAMS.get(0)).getParent());
        List<String> words = new ArrayList<>(shell ? SHELL : List.of());
        StartUpCache cache = settings.startUpCache();
        words.addAll(words(cache == null ? List.of() : cache.optionsFor(this)));
        words.add(worker);
        words.addAll(shell ? STREAMS : List.of());
        ProcessBuilder program = program(words);
        return (settings.silent() ? program.redirectError(ProcessBuilder.Redirect.DISCARD) : program).start();
    }

    /** A program that is started as workers are. */
    ProcessBuilder program(List<String> words) {
        ProcessBuilder program = new ProcessBuilder(words);
        Map<String, String> environment = program.environment();
        FOR_THIS_PROCESS.forEach(environment::remove);
        environment.putAll(settings.environment());
        Path where = settings.workingDirectory();
        if (where != null) {
            program.directory(where.toFile());
        }
        return program;
    }

    /** The program and its arguments, with some options more, up to the main class. */
    List<String> words(List<String> more) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-Xmx" + settings.maxHeap());
        words.addAll(options);
        if (!classPath.isEmpty()) {
            words.add("-cp");
            words.add(String.join(File.pathSeparator, classPath));
        }
        if (!modulePath.isEmpty()) {
            words.add("--module-path");
            words.add(String.join(File.pathSeparator, modulePath));
            words.add("--add-modules");
            words.add("ALL-MODULE-PATH");
        }
        words.addAll(more);
        String main = WorkerMain.class.getName();
        words.addAll(
                modulePath.isEmpty()
                        ? List.of(main)
                        : List.of("-m", WorkerMain.class.getModule().getName() + "/" + main));
        return words;
    }

    /* ---------------- Options ---------------- */

    private void addOptions() {
        if (settings.jvmOptions().stream().noneMatch(Command::isCollector)) {
            // Many small heaps on one machine: threads of collectors would compete with those of the tasks.
            options.add("-XX:+UseSerialGC");
        }
        // A file for tools that look at this JVM from outside, which one that is killed would leave behind.
        options.add("-XX:-UsePerfData");
        // What the JVM has to say is not what the user's program prints.
        options.add("-XX:+DisplayVMOutputToStderr");
        options.add("-Xlog:disable");
        options.add("-Xlog:all=warning:stderr");
        // A crash leaves no files; what the JVM prints of it is in the exception.
        options.add("-XX:-CreateCoredumpOnCrash");
        options.add("-XX:ErrorFile=" + (File.separatorChar == '/' ? "/dev/null" : "NUL"));
        options.add("-D" + WorkerMain.IN_WORKER + "=true");
        addProperty("java.io.tmpdir", System.getProperty("java.io.tmpdir"));
        for (String filter : List.of(Filters.FILTER, Filters.FACTORY)) {
            String value = System.getProperty(filter);
            addProperty(filter, value == null ? Security.getProperty(filter) : value);
        }
        addInherited();
        options.addAll(settings.jvmOptions());
    }

    private void addProperty(String name, @Nullable String value) {
        if (value != null) {
            options.add("-D" + name + "=" + value);
        }
    }

    /** Whether an option chooses a collector, of which there can be only one. */
    private static boolean isCollector(String option) {
        return option.startsWith("-XX:+Use") && option.endsWith("GC");
    }

    private void addInherited() {
        List<String> own = ownOptions();
        for (int i = 0; i < own.size() && own.get(i).startsWith("-"); i++) {
            String word = own.get(i);
            for (String option : INHERITED) {
                if (word.startsWith(option + "=")) {
                    options.add(word);
                } else if (word.equals(option)) {
                    options.addAll(own.subList(i, Math.min(own.size(), i + (hasValue(word) ? 2 : 1))));
                }
            }
            i += hasValue(word) ? 1 : 0;
        }
    }

    /**
     * The options of this JVM. The management of the JVM knows all, wherever they come from, but takes a while to load:
     * it is only asked if some are elsewhere than on the command line, or that is so long that the system does not tell
     * it.
     */
    private static List<String> ownOptions() {
        List<String> words = List.of(ProcessHandle.current().info().arguments().orElse(new String[0]));
        boolean some = words.isEmpty()
                || words.stream().anyMatch(word -> word.startsWith("@"))
                || FOR_THIS_PROCESS.stream().anyMatch(name -> System.getenv(name) != null);
        try {
            return some ? ManagementFactory.getRuntimeMXBean().getInputArguments() : words;
        } catch (LinkageError e) {
            // The runtime image has no such module.
            return words;
        }
    }

    /** Whether the word that follows belongs to this one. */
    private static boolean hasValue(String option) {
        return option.equals("-cp")
                || option.equals("-classpath")
                || option.equals("-p")
                || (option.startsWith("--") && !option.contains("=") && !WITHOUT_VALUE.contains(option));
    }

    /* ---------------- Paths ---------------- */

    /** The parts of a path, for whoever runs in another directory. */
    private static List<String> absolute(@Nullable String path) {
        List<String> parts = new ArrayList<>();
        if (path != null && !path.isEmpty()) {
            for (String part : path.split(File.pathSeparator, -1)) {
                boolean all = part.endsWith("*");
                Path file = Path.of(all ? part.substring(0, part.length() - 1) : part);
                parts.add(file.toAbsolutePath() + (all ? File.separator + "*" : ""));
            }
        }
        return parts;
    }
}
