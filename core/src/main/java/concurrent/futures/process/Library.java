// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** Where this JVM has this library from. */
final class Library {
    /** What the names in a jar of this library alone begin with. */
    private static final List<String> OURS = List.of("META-INF/", "module-info.class", "concurrent/");

    /** Null if it is not a file. */
    private static final @Nullable Path FILE = file();

    private static final boolean ALONE = FILE != null && isAlone(FILE);

    private Library() {}

    private static @Nullable Path file() {
        CodeSource source = Library.class.getProtectionDomain().getCodeSource();
        try {
            Path file = source == null || !"file".equals(source.getLocation().getProtocol())
                    ? null
                    : Path.of(source.getLocation().toURI());
            return file != null && Files.exists(file) ? file : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static boolean isAlone(Path jar) {
        if (!Files.isRegularFile(jar)) {
            return false;
        }
        try (JarFile opened = new JarFile(jar.toFile(), /* verify= */ false)) {
            for (Enumeration<JarEntry> entries = opened.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                if (OURS.stream().noneMatch(name::startsWith)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Adds this library to a class path, if it is not there, at the beginning: a JVM that looks for a class opens all
     * jars before the one that has it. A jar with other classes stays where it is, as it may be meant to come later.
     */
    static void addTo(List<String> classPath) {
        if (FILE == null) {
            return;
        }
        String file = FILE.toString();
        if (ALONE) {
            classPath.remove(file);
            classPath.add(0, file);
        } else if (!classPath.contains(file)) {
            classPath.add(file);
        }
    }
}
