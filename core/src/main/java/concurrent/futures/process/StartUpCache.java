// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import concurrent.futures.Action;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** What a JVM has found out about the classes that workers need, in a file from which later ones start faster. */
final class StartUpCache {
    /*
     * Overview
     * --------
     * The file is the AOT cache of JDK 25 and newer, and an archive of classes before. A JVM writes it when it ends, for
     * which it takes seconds, and only if it ends by itself. A worker does not take that time: it ends when its pool
     * does, and may be killed. So the file is made by a worker that does nothing else; see Training.
     *
     * Whether a file fits a command is for its name to say, since the JVM does not always know: up to 25.0.3, it runs
     * the classes of an AOT cache even if they are not those of the class path any more (JDK-8377932). The name has a
     * digest of the command, and one of what that means at the moment: the version of the JVM, and the size and the time
     * of each jar, including those that a manifest names. So a file is never out of date, and replaces the one that was
     * made for the same command before. An empty file says that none can be made.
     *
     * What a JVM cannot use, because it is damaged, say, it does without, and says so on standard error.
     *
     * Classes in directories get nothing. For a class path with a directory that is not empty, the JVM makes no file at
     * all; for a module path, it makes one that has the classes of the JDK only.
     */
    private static final int FIRST_WITH_AOT = 25;

    /** From there on references have another size, with which the objects of the cache cannot be used. */
    private static final long LARGE_HEAP = 32L << 30;

    private static final int DIGITS = 16;

    /** With these, users choose a cache by themselves. */
    private static final List<String> OTHER_CACHES = List.of("-Xshare", "-XX:AOT", "-XX:SharedArchiveFile");

    private final Path directory;
    private final boolean aot;

    /** What the training does besides; null for nothing. */
    private final @Nullable Action training;

    /** The same in its serialized form. */
    private final byte[] serialized;

    /** Null before it is known. */
    private volatile @Nullable Path file;

    /** With an AOT cache or with an archive of classes. */
    StartUpCache(Path directory, @Nullable Action training, byte[] serialized, boolean aot) {
        this.directory = directory.toAbsolutePath();
        this.training = training;
        this.serialized = serialized;
        this.aot = aot;
    }

    /** Whether this JVM has AOT caches that it can make in one run. */
    static boolean isWithAot() {
        return Runtime.version().feature() >= FIRST_WITH_AOT;
    }

    @Nullable
    Action training() {
        return training;
    }

    /* ---------------- Options ---------------- */

    /** The options for a worker. */
    List<String> optionsFor(Command command) {
        try {
            Path found = fileFor(command);
            return found == null || !Files.exists(found) || Files.size(found) == 0 ? List.of() : List.of(using(found));
        } catch (IOException e) {
            return List.of();
        }
    }

    private String using(Path cache) {
        return (aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + cache;
    }

    /** The options for the JVM that makes a file when it ends. */
    List<String> making(Path made) {
        List<String> options = new ArrayList<>();
        options.add((aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + made);
        if (aot && training == null) {
            // What to compile can be learned from typical tasks. Learned from ours, it costs time and memory for
            // nothing.
            options.add("-XX:+IgnoreUnrecognizedVMOptions");
            options.add("-XX:+UnlockDiagnosticVMOptions");
            options.add("-XX:-AOTRecordTraining");
        }
        return options;
    }

    /** A program that succeeds only if a worker can use a file, and does nothing else. */
    List<String> probing(Command command, Path made) {
        return command.words(List.of(using(made), aot ? "-XX:AOTMode=on" : "-Xshare:on"));
    }

    /* ---------------- The name ---------------- */

    /** The file for a command; null if there cannot be one. */
    @Nullable
    Path fileFor(Command command) throws IOException {
        Path known = file;
        if (known == null && isPossible(command)) {
            known = directory.resolve(name(command));
            file = known;
        }
        return known;
    }

    private static boolean isPossible(Command command) throws IOException {
        for (String option : command.options()) {
            if (OTHER_CACHES.stream().anyMatch(option::startsWith)) {
                return false;
            }
        }
        for (String part : command.classPath()) {
            if (part.endsWith("*") || hasFiles(Path.of(part))) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasFiles(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            return files.iterator().hasNext();
        }
    }

    private String name(Command command) throws IOException {
        List<String> program = new ArrayList<>(command.words(List.of()));
        program.removeIf(word -> word.equals("-Xmx" + command.maxHeap()));
        program.add(command.maxHeap() < LARGE_HEAP ? "small" : "large");
        program.add(HexFormat.of().formatHex(serialized));
        List<String> version = new ArrayList<>(List.of(System.getProperty("java.vm.version")));
        for (Path each : files(command)) {
            version.add(each + " " + Files.size(each) + " " + Files.getLastModifiedTime(each));
        }
        return "concurrent-futures-" + digest(program) + "-" + digest(version) + (aot ? ".aot" : ".jsa");
    }

    private static String digest(List<String> words) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(String.join("\n", words).getBytes(UTF_8)))
                    .substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    /** All files that classes may come from. */
    private static Set<Path> files(Command command) throws IOException {
        Set<Path> found = new LinkedHashSet<>();
        Deque<Path> open = new ArrayDeque<>();
        command.classPath().forEach(part -> open.add(Path.of(part)));
        for (Path next = open.poll(); next != null; next = open.poll()) {
            if (Files.isRegularFile(next) && found.add(next)) {
                open.addAll(namedBy(next));
            }
        }
        for (String part : command.modulePath()) {
            addModules(Path.of(part), found);
        }
        return found;
    }

    /** The files that the manifest of a jar adds to the class path. */
    private static List<Path> namedBy(Path jar) throws IOException {
        List<Path> named = new ArrayList<>();
        try (JarFile opened = new JarFile(jar.toFile(), /* verify= */ false)) {
            Manifest manifest = opened.getManifest();
            String value =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            for (String each : value == null ? new String[0] : value.trim().split(" +")) {
                URI uri = jar.toUri().resolve(each);
                if ("file".equals(uri.getScheme())) {
                    named.add(Path.of(uri));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("in " + jar, e);
        }
        return named;
    }

    /** Adds a module, or those in a directory. */
    private static void addModules(Path path, Set<Path> found) throws IOException {
        if (Files.isRegularFile(path)) {
            found.add(path);
        } else if (Files.isDirectory(path)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(path, "*.jar")) {
                List<Path> sorted = new ArrayList<>();
                jars.forEach(sorted::add);
                sorted.sort(null);
                found.addAll(sorted);
            }
        }
    }
}
